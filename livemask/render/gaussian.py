"""Gaussian: a Gaussian filter for canvases of one size."""

from livemask.render.canvas import Canvas
from livemask.render.opengl import GL
from livemask.render.screen_pass import ScreenPass


class Gaussian:
    """Filters rows, then columns.

    Parameters
    ----------
    size : (int, int)
        Width and height of the canvases, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._pass = ScreenPass("gaussian")
        self._rows = Canvas(size)

    def smooth(self, canvas: Canvas, sigma: float) -> None:
        """Filter `canvas` in place; `sigma` in px."""
        GL.glDisable(GL.GL_BLEND)
        width, height = canvas.size
        self._rows.bind()
        canvas.texture.bind()
        self._pass.draw(direction=(1.0 / width, 0.0), sigma=sigma)
        canvas.bind()
        self._rows.texture.bind()
        self._pass.draw(direction=(0.0, 1.0 / height), sigma=sigma)

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self._pass.release()
        self._rows.release()
