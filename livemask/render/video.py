"""Video: the source's picture on the GPU."""

import cv2
import numpy as np

from livemask.records import UInt8
from livemask.render.canvas import Canvas


class Video:
    """The frame under everything, to be copied into a picture or sampled by a mesh.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self.canvas = Canvas(size)
        self._held: UInt8 | None = None
        # Four channels: OpenGL takes five times as long to widen three by itself (llvmpipe).
        self._wide = np.empty((size[1], size[0], 4), np.uint8)

    def upload(self, image: UInt8) -> None:
        """Bring `image` (h, w, 3) uint8, unless it is the one that is there."""
        if image is self._held:
            return
        cv2.cvtColor(image, cv2.COLOR_RGB2RGBA, dst=self._wide)
        self.canvas.texture.upload(self._wide)
        self._held = image

    def release(self) -> None:
        """Free its memory. Releasing twice does nothing."""
        self.canvas.release()
        self._held = None
