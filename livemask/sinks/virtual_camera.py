"""Shows the picture as a camera that other programs can choose: 1280x720 at 30 Hz unless told."""

from dataclasses import replace
from functools import partial

import cv2
import numpy as np

from livemask.records import Output, UInt8
from livemask.sinks.letterbox import letterbox
from livemask.sinks.virtual.opening import Wish, opened, opened_again, takes_opacity
from livemask.sinks.virtual.supply import Supply

SIZE = (1280, 720)
RATE = 30.0


def create(
    device: str | None = None,
    backend: str | None = None,
    width: int = SIZE[0],
    height: int = SIZE[1],
    rate: float = RATE,
    mirror: bool = False,
    alpha: bool = False,
) -> "VirtualCamera":
    """Return a virtual camera that is already there, and black until the first picture.

    Parameters
    ----------
    device : str, optional
        Which one, as the system names it: `/dev/video10`. The first one if left out.
    backend : str, optional
        The way to make one, as pyvirtualcam names it. Any that works if left out.
    width, height : int
        Of its pictures, px, even.
    rate : float
        Pictures in a second.
    mirror : bool
        Whether left and right are exchanged.
    alpha : bool
        Whether it is transparent where the picture is, if a device takes that.

    Raises
    ------
    SinkError
        If there is none.
    UsageError
        If the backend is unknown, or the size or rate cannot be.
    """
    wish = Wish(device, backend, (width, height), rate)
    camera = opened(wish, alpha)
    clear = takes_opacity(camera)
    again = replace(wish, device=camera.device, backend=camera.backend)
    blank: UInt8 = np.zeros((height, width, 4 if clear else 3), np.uint8)
    supply = Supply(camera, partial(opened_again, again, camera.fmt), blank)
    return VirtualCamera(supply, (width, height), mirror=mirror, alpha=clear)


class VirtualCamera:
    """Hands each picture on to a device in the device's own size."""

    capacity = 1
    wants_pixels = True

    def __init__(self, supply: Supply, size: tuple[int, int], *, mirror: bool, alpha: bool) -> None:
        self.takes_alpha = alpha
        self._supply, self._size, self._mirror = supply, size, mirror

    @property
    def device(self) -> str:
        """What the system calls it."""
        return self._supply.device

    def send(self, output: Output) -> None:
        """Show a picture, within bars if its shape is another one."""
        if output.image is None:
            raise ValueError("a virtual camera needs a picture")
        image = output.image if self.takes_alpha else output.image[..., :3]
        if self.takes_alpha and image.shape[2] == 3:
            image = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2RGBA), np.uint8)
        image = letterbox(image, self._size)
        if self._mirror:
            image = np.asarray(cv2.flip(image, 1), np.uint8)
        self._supply.show(image)

    def close(self) -> None:
        """Take the camera away. Closing twice does nothing."""
        self._supply.close()
