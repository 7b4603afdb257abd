"""Caption: a line of text at the foot of a window, for when there is no panel to say it."""

import cv2
import numpy as np

from livemask.records import UInt8
from livemask.render.canvas import Canvas
from livemask.render.opengl import GL
from livemask.render.screen_pass import ScreenPass

FONT, SCALE, THICK = cv2.FONT_HERSHEY_SIMPLEX, 0.6, 1
MARGIN = 12
"""px, around the text."""

GROUND, INK = (24, 20, 22, 255), (240, 236, 238, 255)


class Caption:
    """A plain strip with one line on it; belongs to the context that is current when it is made.

    Parameters
    ----------
    text : str
        Of ASCII letters, which are all that OpenCV draws.
    """

    def __init__(self, text: str) -> None:
        image = written(text)
        self._size = image.shape[1], image.shape[0]
        self._canvas, self._copy = Canvas(self._size), ScreenPass("copy")
        self._canvas.texture.upload(np.ascontiguousarray(image[::-1]))

    def draw(self, size: tuple[int, int]) -> None:
        """Draw it into the window's framebuffer of `size`, px."""
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
        GL.glDisable(GL.GL_SCISSOR_TEST)
        GL.glDisable(GL.GL_BLEND)
        GL.glViewport(max((size[0] - self._size[0]) // 2, 0), MARGIN, *self._size)
        self._canvas.texture.bind()
        self._copy.draw(picture=0)

    def release(self) -> None:
        """Free it. Releasing twice does nothing."""
        self._canvas.release()
        self._copy.release()


def written(text: str) -> UInt8:
    """Return `text` as a picture (h, w, 4) uint8 RGBA, the top row first."""
    (width, height), below = cv2.getTextSize(text, FONT, SCALE, THICK)
    image = np.full((height + below + 2 * MARGIN, width + 2 * MARGIN, 4), GROUND, np.uint8)
    cv2.putText(image, text, (MARGIN, MARGIN + height), FONT, SCALE, INK, THICK, cv2.LINE_AA)
    return image
