"""Canvas: a texture that can be drawn into."""

from livemask.render.gl import Framebuffer, Texture
from livemask.render.opengl import GL


class Canvas:
    """A texture with a framebuffer of its own.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    form : int
        `GL_RGBA8` or `GL_R8`.
    """

    def __init__(self, size: tuple[int, int], form: int = GL.GL_RGBA8) -> None:
        self.size = size
        self.texture = Texture(size, form)
        self.framebuffer = Framebuffer(self.texture)

    def bind(self) -> None:
        """Draw into it."""
        self.framebuffer.bind()
        GL.glViewport(0, 0, *self.size)

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self.framebuffer.release()
        self.texture.release()
