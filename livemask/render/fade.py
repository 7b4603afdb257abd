"""Fade: lets what lies over a mark show only in part, all of it together."""

from livemask.render.canvas import Canvas
from livemask.render.gl import copy
from livemask.render.opengl import GL
from livemask.render.screen_pass import ScreenPass
from livemask.render.target import Target


class Fade:
    """Remembers a picture and mixes it with a later one.

    Meshes that were each half transparent would show one another's insides.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._marked = Canvas(size)
        self._copy = ScreenPass("copy")

    def mark(self, target: Target) -> None:
        """Remember what was drawn so far."""
        target.resolve()
        copy(target.picture.framebuffer, target.size, self._marked.framebuffer)
        target.bind()

    def draw(self, target: Target, opacity: float) -> None:
        """Let what was drawn since the mark show by `opacity`, 0 to 1."""
        target.bind()
        self._marked.texture.bind()
        GL.glEnable(GL.GL_BLEND)
        GL.glBlendColor(0.0, 0.0, 0.0, 1.0 - min(max(opacity, 0.0), 1.0))
        GL.glBlendFunc(GL.GL_CONSTANT_ALPHA, GL.GL_ONE_MINUS_CONSTANT_ALPHA)
        self._copy.draw()

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self._marked.release()
        self._copy.release()
