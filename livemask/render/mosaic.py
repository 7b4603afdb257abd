"""Mosaic: the effect that makes a region of a picture a few large squares."""

from contextlib import ExitStack

import numpy as np

from livemask.records import Float32, Float64
from livemask.render.canvas import Canvas
from livemask.render.opengl import GL
from livemask.render.region_mask import RegionMask
from livemask.render.screen_pass import ScreenPass
from livemask.render.target import Target

MOST = 14
"""Squares on the longer side of a region, however small they are asked for. Of the outline of a
head the face is less than half, so it has 6 across at most; familiar faces of 7 across are known
half of the time (Sinha et al. 2006, "Face recognition by humans", result 1)."""

_GRID = 32  # squares that there is room for, on either side


class Mosaic:
    """Draws mosaics into pictures of one size: each square has the mean of what it covers.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._means = Canvas((_GRID, _GRID))
        self._region = RegionMask(size)
        self._average, self._squares = ScreenPass("average"), ScreenPass("mosaic")
        self._owned = ExitStack()
        for part in (self._means, self._region, self._average, self._squares):
            self._owned.callback(part.release)

    def draw(self, target: Target, polygon: Float32 | None, side: float) -> None:
        """Lay squares of `side` px over the region `polygon` (n, 2) px; over all of it if None.

        They lie around the middle of the region, and those that it touches are drawn whole.
        A region that is none (fewer than three corners, or not finite) is taken for the whole
        picture, and squares that are too small are made larger.
        """
        if polygon is None or len(polygon) < 3 or not np.isfinite(polygon).all():
            width, height = target.size
            polygon = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        side = coarse(polygon, side)
        low = np.clip(polygon.min(axis=0) - 2.0 * side, 0.0, target.size)
        middle = polygon.mean(axis=0, dtype=np.float64)
        corner = middle + side * np.floor((low - middle) / side)
        self._measure(target, polygon, corner, side)
        self._lay(target, polygon, corner, side)

    def _measure(self, target: Target, polygon: Float32, corner: Float64, side: float) -> None:
        """Fill `_means` with the mean of each square, the first at `corner` (2,) px."""
        target.resolve()
        mask = self._region.draw(polygon)
        GL.glDisable(GL.GL_BLEND)
        self._means.bind()
        mask.bind(unit=1)
        target.picture.texture.bind(unit=0)
        self._average.draw(mask=1, corner=corner, side=side)

    def _lay(self, target: Target, polygon: Float32, corner: Float64, side: float) -> None:
        target.bind()
        self._means.texture.bind()
        left, top = np.clip(polygon.min(axis=0) - 1.5 * side, 0, target.size).astype(int)
        right, bottom = np.clip(polygon.max(axis=0) + 1.5 * side, 0, target.size).astype(int)
        GL.glEnable(GL.GL_SCISSOR_TEST)
        GL.glScissor(int(left), int(top), int(right - left), int(bottom - top))
        self._squares.draw(corner=corner, side=side)
        GL.glDisable(GL.GL_SCISSOR_TEST)

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self._owned.close()


def coarse(polygon: Float32, side: float) -> float:
    """Return `side` px, or more if a region `polygon` (n, 2) px had over `MOST` squares then."""
    least = max(float(np.ptp(polygon, axis=0).max()) / MOST, 1.0)
    return max(side, least) if np.isfinite(side) else max(4.0 * least, 1.0)
