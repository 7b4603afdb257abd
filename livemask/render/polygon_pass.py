"""PolygonPass: a fragment shader run on the pixels of a convex polygon."""

import numpy as np

from livemask.records import Float32
from livemask.render.gl import Buffer, VertexArray
from livemask.render.opengl import GL
from livemask.render.program import Program


class PolygonPass:
    """`shaders/passes/NAME.frag` behind `polygon.vert`.

    Parameters
    ----------
    name : str
    size : (int, int)
        Width and height of the image, px.
    """

    def __init__(self, name: str, size: tuple[int, int]) -> None:
        self._size = size
        self._program = Program("passes/polygon.vert", f"passes/{name}.frag")
        self._corners = Buffer(GL.GL_ARRAY_BUFFER)
        self._fan = VertexArray()

    def draw(self, polygon: Float32, *, behind: bool = False) -> None:
        """Run it on `polygon` (n, 2) px; textures are bound by the caller.

        `behind` leaves out pixels that something with a depth is drawn on.
        """
        (GL.glEnable if behind else GL.glDisable)(GL.GL_DEPTH_TEST)
        GL.glDepthFunc(GL.GL_LEQUAL)
        GL.glDisable(GL.GL_CULL_FACE)
        self._program.use()
        self._program.set("size", self._size)
        self._fan.bind()
        self._corners.upload(np.ascontiguousarray(polygon, np.float32))
        self._fan.feed(0, 2)
        GL.glDrawArrays(GL.GL_TRIANGLE_FAN, 0, len(polygon))

    def release(self) -> None:
        """Free it. Releasing twice does nothing."""
        for part in (self._program, self._corners, self._fan):
            part.release()
