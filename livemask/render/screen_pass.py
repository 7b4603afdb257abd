"""ScreenPass: a fragment shader run on every pixel of the bound framebuffer."""

from typing import Any

from livemask.render.gl import VertexArray
from livemask.render.opengl import GL
from livemask.render.program import Program


class ScreenPass:
    """`shaders/passes/NAME.frag` behind `screen.vert`.

    Parameters
    ----------
    name : str
    **defines : int
        Constants of the preprocessor.
    """

    def __init__(self, name: str, **defines: int) -> None:
        self._program = Program("passes/screen.vert", f"passes/{name}.frag", **defines)
        self._nothing = VertexArray()  # core OpenGL draws nothing without one

    def draw(self, *, behind: bool = False, **uniforms: Any) -> None:
        """Run it; textures are bound by the caller. Leaves blending as it is.

        `behind` leaves out pixels that something with a depth is drawn on.
        """
        (GL.glEnable if behind else GL.glDisable)(GL.GL_DEPTH_TEST)
        GL.glDepthFunc(GL.GL_LEQUAL)
        GL.glDisable(GL.GL_CULL_FACE)
        self._program.use()
        for name, value in uniforms.items():
            self._program.set(name, value)
        self._nothing.bind()
        GL.glDrawArrays(GL.GL_TRIANGLES, 0, 3)

    def release(self) -> None:
        """Free it. Releasing twice does nothing."""
        self._program.release()
        self._nothing.release()
