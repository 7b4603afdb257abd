"""Target: the framebuffer that a picture is drawn into, and from there read."""

from livemask.records import UInt8
from livemask.render.canvas import Canvas
from livemask.render.gl import Framebuffer, Renderbuffer, copy
from livemask.render.opengl import GL


class Target:
    """RGBA with depth, the image's top row first, with or without several samples a pixel.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    samples : int
        A pixel; 0 is one, without the cost of averaging.

    Attributes
    ----------
    picture : Canvas
        With one sample a pixel; right after `resolve`.
    """

    def __init__(self, size: tuple[int, int], samples: int) -> None:
        self.size, self.samples = size, samples
        self.picture = Canvas(size)
        self._depth = Renderbuffer(size, GL.GL_DEPTH_COMPONENT24, samples)
        self._samples = Renderbuffer(size, GL.GL_RGBA8, samples) if samples else None
        self._drawn = Framebuffer(self._samples or self.picture.texture, self._depth)

    def start(self, video: Framebuffer | None) -> None:
        """Start a picture: with the video, copied exactly, or transparent. Stays bound."""
        if video is not None:
            copy(video, self.size, self._drawn)
        self.bind()
        if video is None:
            GL.glClearColor(0.0, 0.0, 0.0, 0.0)
            GL.glClear(GL.GL_COLOR_BUFFER_BIT)

    def bind(self) -> None:
        """Draw into it."""
        self._drawn.bind()
        GL.glViewport(0, 0, *self.size)

    def resolve(self) -> None:
        """Bring `picture` up to date: the average of the samples."""
        if self._samples:
            copy(self._drawn, self.size, self.picture.framebuffer)

    def read(self, image: UInt8) -> None:
        """Copy the resolved RGBA picture to `image` (h, w, 4) uint8."""
        self.picture.framebuffer.read(image, self.size)

    def show(self, box: tuple[int, int, int, int]) -> None:
        """Stretch the resolved picture to a box of the window: left, bottom, right, top, px.

        Left and right exchanged mirror it.
        """
        left, bottom, right, top = box
        self.picture.framebuffer.bind(GL.GL_READ_FRAMEBUFFER)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, 0)
        # The picture's first row is its top; the window's is its bottom.
        GL.glBlitFramebuffer(
            0, 0, *self.size, left, top, right, bottom, GL.GL_COLOR_BUFFER_BIT, GL.GL_LINEAR
        )

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        for part in (self._drawn, self.picture, self._depth, self._samples):
            if part:
                part.release()
