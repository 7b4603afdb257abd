"""RegionMask: a polygon of the image as a soft-edged mask."""

import cv2
import numpy as np

from livemask.records import Float32
from livemask.render.gl import Texture
from livemask.render.opengl import GL

_WIDTH = 160  # of the mask on its longer side, px: its soft edge needs no more
_SIGMA = 1.0 / 120.0  # of the edge, of the picture's longer side
_FINE = 6  # bits of a corner's place below a pixel
_FARTHEST = 1e5  # px of a mask, beyond which a corner is not told from one that far away
_SIDES = 8  # of what stands for a disc


class RegionMask:
    """Draws masks for pictures of one size.

    It does so on the CPU: for so few pixels that is ten times as quick as a software OpenGL, and
    as quick as any other.

    Parameters
    ----------
    size : (int, int)
        Width and height of the picture, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._reduction = max(max(size) // _WIDTH, 1)
        width, height = (max(side // self._reduction, 1) for side in size)
        self._sigma = _SIGMA * max(width, height)
        self._texture = Texture((width, height), GL.GL_RGBA8)
        self._drawn = np.zeros((height, width), np.uint8)
        self._wide = np.zeros((height, width, 4), np.uint8)

    def draw(self, polygon: Float32) -> Texture:
        """Return the mask of `polygon` (n, 2) px: 1 well inside, a half on its edge.

        What is surrounded an odd number of times is inside: right for any simple polygon,
        convex or not.
        """
        scale = np.array(self._drawn.shape[::-1]) / self._size
        corners = (np.asarray(polygon, np.float64) + 0.5) * scale - 0.5
        fixed = np.rint(np.clip(corners, -_FARTHEST, _FARTHEST) * 2**_FINE).astype(np.int32)
        self._drawn[:] = 0
        cv2.fillPoly(self._drawn, [fixed], 255, cv2.LINE_AA, _FINE)
        cv2.GaussianBlur(self._drawn, (0, 0), self._sigma, dst=self._drawn)
        self._wide[..., 0] = self._drawn
        self._texture.upload(self._wide)
        return self._texture

    def hull(self, polygon: Float32) -> Float32:
        """Return a convex polygon (n, 2) px around all that its mask reaches."""
        turn = 2.0 * np.pi * np.arange(_SIDES) / _SIDES
        disc = np.stack([np.cos(turn), np.sin(turn)], 1) / np.cos(np.pi / _SIDES)
        grown = np.asarray(polygon, np.float64)[:, None] + self._margin() * disc
        return np.asarray(cv2.convexHull(grown.reshape(-1, 2).astype(np.float32)))[:, 0]

    def box(self, polygon: Float32) -> tuple[int, int, int, int]:
        """Return left, top, width and height in px of all that its mask reaches."""
        margin = self._margin()
        least = np.clip(polygon.min(axis=0) - margin, 0, self._size).astype(int)
        most = np.clip(polygon.max(axis=0) + margin, 0, self._size).astype(int)
        width, height = most - least
        return int(least[0]), int(least[1]), int(width), int(height)

    def _margin(self) -> float:
        """Return how far beyond a polygon its mask reaches, px."""
        return 3.0 * _SIGMA * max(self._size) + 2 * self._reduction

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self._texture.release()
