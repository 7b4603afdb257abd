"""A head of a few large squares, hair and ears too, so that nobody can tell whose it is."""

import numpy as np

from livemask.errors import UsageError
from livemask.hiding import WIDTH
from livemask.masks.hidden.region import HeadRegion
from livemask.morphable_model import MorphableModel
from livemask.records import Effect, Fit, Frame, Layer, Light

FEWEST, MOST = 3, 10
"""Squares across a head."""

STEP = 0.08
"""Share by which a square's size changes at once: squares that swell all the time shimmer."""


class Mosaic:
    """Large squares.

    Parameters
    ----------
    cells : int
        Squares across the head.
    region : HeadRegion
    """

    hides = True

    def __init__(self, cells: int, region: HeadRegion) -> None:
        if not FEWEST <= cells <= MOST:
            raise UsageError(
                f"cells={cells} must be {FEWEST} to {MOST}: a head of more squares may be known."
            )
        self._cells, self._region, self._side = cells, region, 0.0

    def layers(
        self,
        model: MorphableModel,  # noqa: ARG002 - the contract's
        fit: Fit,
        frame: Frame,  # noqa: ARG002
        light: Light,  # noqa: ARG002
        time: float,
    ) -> tuple[Layer, ...]:
        """Return the effect, squares as large as the distance of the head asks for."""
        depth = max(-float(fit.camera_from_head[2, 3]), 1.0)
        side = 2.0 * WIDTH / self._cells * fit.camera.focal / depth
        if not np.exp(-STEP) < side / max(self._side, 1e-6) < np.exp(STEP):
            self._side = side
        return (Effect("mosaic", self._region.of(fit, time), self._side),)


def create(cells: int = 7, margin: float = 1.1, shape: str = "head") -> Mosaic:
    """Make the mask.

    Parameters
    ----------
    cells : int
        Squares across the head, 3 to 10.
    margin : float
        How much around the head is covered, 1 to 3: more for long or wide hair.
    shape : str
        `head`, or `box`.
    """
    return Mosaic(cells, HeadRegion(margin, shape))
