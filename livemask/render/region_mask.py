"""RegionMask: a polygon of the image as a soft-edged mask."""

import numpy as np

from livemask.records import Float32
from livemask.render.canvas import Canvas
from livemask.render.gaussian import Gaussian
from livemask.render.gl import Buffer, Texture, VertexArray
from livemask.render.opengl import GL
from livemask.render.program import Program

_WIDTH = 160  # of the mask on its longer side, px: its soft edge needs no more
_SIGMA = 1.0 / 120.0  # of the edge, of the picture's longer side


class RegionMask:
    """Draws masks for pictures of one size.

    Parameters
    ----------
    size : (int, int)
        Width and height of the picture, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._size = size
        self._reduction = max(max(size) // _WIDTH, 1)
        reduced = max(size[0] // self._reduction, 1), max(size[1] // self._reduction, 1)
        self._sigma = _SIGMA * max(reduced)
        self._mask = Canvas(reduced, GL.GL_R8)
        self._gaussian = Gaussian(reduced, GL.GL_R8)
        self._program = Program("passes/polygon.vert", "passes/white.frag")
        self._corners = Buffer(GL.GL_ARRAY_BUFFER)
        self._fan = VertexArray()

    def draw(self, polygon: Float32) -> Texture:
        """Return the mask of `polygon` (n, 2) px: 1 well inside, a half on its edge.

        Each triangle of a fan turns over what it covers, and what was turned over an odd
        number of times is inside: right for any simple polygon, convex or not.
        """
        self._mask.bind()
        GL.glClearColor(0.0, 0.0, 0.0, 0.0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        GL.glDisable(GL.GL_DEPTH_TEST)
        GL.glDisable(GL.GL_CULL_FACE)
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendFunc(GL.GL_ONE_MINUS_DST_COLOR, GL.GL_ZERO)
        self._program.use()
        self._program.set("size", self._size)
        self._draw_fan(np.ascontiguousarray(polygon, np.float32))
        self._gaussian.smooth(self._mask, self._sigma)
        return self._mask.texture

    def box(self, polygon: Float32) -> tuple[int, int, int, int]:
        """Return left, top, width and height in px of all that its mask reaches."""
        margin = 3.0 * _SIGMA * max(self._size) + 2 * self._reduction
        least = np.clip(polygon.min(axis=0) - margin, 0, self._size).astype(int)
        most = np.clip(polygon.max(axis=0) + margin, 0, self._size).astype(int)
        width, height = most - least
        return int(least[0]), int(least[1]), int(width), int(height)

    def _draw_fan(self, corners: Float32) -> None:
        self._fan.bind()
        self._corners.upload(corners)
        self._fan.feed(0, 2)
        GL.glDrawArrays(GL.GL_TRIANGLE_FAN, 0, len(corners))

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        for part in (self._mask, self._gaussian, self._program, self._corners, self._fan):
            part.release()
