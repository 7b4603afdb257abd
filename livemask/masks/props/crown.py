"""Crown: where a hat sits on a head, and bodies turned about it."""

import numpy as np

from livemask import landmarks as ibug
from livemask.masks.props.wearer import Wearer
from livemask.records import Array, Float64

FRONT, BACK = 0.44, 0.06
"""Where a hat crosses forehead and nape: shares of the way from the brows up to the crown."""

SIDES, ABOVE, BEFORE, BEHIND = 13.0, 15.0, 6.0, 14.0
"""mm between skin and hat: room for hair."""

LONG = 1.3
"""Length of a head over its width, for models without a back."""

SLICE = 7.0
"""mm to either side of a line within which the head is measured."""


class Crown:
    """The line about a head on which a hat sits.

    Parameters
    ----------
    wearer : Wearer
    room : float
        Times as much room for hair as usual.

    Attributes
    ----------
    centre : (3,) float64
        mm, head frame.
    along, up : (3,) float64
        Unit vectors of the hat, forward and upward; across is the head's x.
    half : (float, float)
        Half its inner width and length, mm.
    height : float
        mm from the line up to over the hair.
    """

    def __init__(self, wearer: Wearer, room: float = 1.0) -> None:
        skin = wearer.skin.astype(np.float64)
        brow = float(wearer.points[ibug.RIGHT_BROW, 1].max())
        tall = max(float(skin[:, 1].max()) - brow, 20.0)
        high, low = brow + FRONT * tall, brow + BACK * tall
        front = float(skin[_near(skin[:, 1], high), 2].max())
        wide = float(np.abs(skin[_near(skin[:, 1], high), 0]).max())
        back = min(float(skin[_near(skin[:, 1], low), 2].min()), front - 2.0 * LONG * wide)
        ends = np.array([[0.0, high, front], [0.0, low, back]])
        self.along = (ends[0] - ends[1]) / np.linalg.norm(ends[0] - ends[1])
        self.up = np.cross(self.along, (1.0, 0.0, 0.0))
        ends += np.outer((room * BEFORE, -room * BEHIND), self.along)
        self.centre = ends.mean(0)
        above = (skin - self.centre) @ self.up
        wide = float(np.abs(skin[_near(above, 0.0), 0]).max())
        self.half = wide + room * SIDES, 0.5 * float(np.linalg.norm(ends[0] - ends[1]))
        self.height = float(above.max()) + room * ABOVE

    def place(self, turn: Array, out: Array, height: Array, share: Array) -> Float64:
        """Return points (..., 3) about the head.

        At angles `turn` from the front to the subject's left, `out` mm beyond `share` times the
        line of the hat, `height` mm above it; arrays of one shape, or that broadcast.
        """
        across = (self.half[0] * share + out) * np.sin(turn)
        along = (self.half[1] * share + out) * np.cos(turn)
        made = along[..., None] * self.along + np.asarray(height)[..., None] * self.up
        made[..., 0] += across
        return np.asarray(self.centre + made)


def _near(value: Array, wanted: float) -> Array:
    """Return which of `value` (n,) are within `SLICE` of `wanted`, or those that come nearest."""
    apart = np.abs(value - wanted)
    return np.asarray(apart <= max(SLICE, 1.001 * float(apart.min())))


def angles(around: int) -> Float64:
    """Return (around,) angles, the first of them the front."""
    return 2.0 * np.pi * np.arange(around) / around
