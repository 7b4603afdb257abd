"""Cameras: the newest picture, whenever it is asked for."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2

from livemask.records import Array, Frame
from livemask.sources.keeper import Keeper
from livemask.sources.machine import THIS_MACHINE, Machine
from livemask.sources.pixels import resized, sealed
from livemask.sources.quiet import silence_opencv

SIZES = ((1280, 720), (640, 480))
"""What is asked for, in this order, if the user names no size; px."""

PATIENCE = 5.0
"""A camera that delivers nothing for so long has gone, s."""

CaptureFactory = Callable[..., Any]


def create(
    device: int | str = 0, size: tuple[int, int] | None = None, patience: float = PATIENCE
) -> "CameraSource":
    """Open a camera.

    Parameters
    ----------
    device : int or str
        Index, or device file.
    size : (int, int), optional
        What is asked of it, px; it gives what it has. By default 1280x720, or 640x480 where
        that is too slow.
    patience : float
        How long to wait for a picture, s.
    """
    return CameraSource(device, size, patience)


class CameraSource:
    """A camera as a source. If it is unplugged, `read` waits until it is there again.

    It is known again by its name, its serial number and its socket; another camera is never
    taken in its stead. All frames have the size of the first.

    Parameters
    ----------
    capture : callable
        Makes a `cv2.VideoCapture` from device and back end.
    machine : Machine
        Where cameras are looked for.

    Attributes
    ----------
    name : str
        What messages call it.

    Raises
    ------
    SourceError
        If the camera is missing, in use, not permitted or silent.
    """

    live = True
    count: int | None = None
    path: Path | None = None

    def __init__(
        self,
        device: int | str = 0,
        size: tuple[int, int] | None = None,
        patience: float = PATIENCE,
        capture: CaptureFactory = cv2.VideoCapture,
        *,
        machine: Machine = THIS_MACHINE,
    ) -> None:
        silence_opencv()
        self._keeper = Keeper(device, patience, replace(machine, capture=capture))
        self.name = self._keeper.name
        self._closed = False
        self._given = self._unread = 0
        self._start = self._last = 0.0
        self.size = self._keeper.start((size,) if size else SIZES)
        self.rate = self._keeper.rate

    @property
    def began(self) -> float:
        """When the first frame came, by `perf_counter`, s: time 0."""
        return self._start

    @property
    def dropped(self) -> int:
        """How many pictures were never read, from the first one that was."""
        return self._keeper.dropped - self._unread

    def read(self) -> Frame | None:
        """Return the newest picture that was not yet read, waiting for it if need be."""
        taken = None if self._closed else self._keeper.take()
        if taken is None:
            return None
        image, now = taken
        frame = Frame(sealed(resized(_rgb(image), self.size)), self._time(now), self._given)
        self._given += 1
        return frame

    def rest(self, on: bool) -> None:
        """Decode nothing while nobody wants pictures, or go on; in the thread that reads."""
        self._keeper.rest(on)

    def close(self) -> None:
        """Release the camera. Closing twice does nothing."""
        self._closed = True
        self._keeper.close()

    def _time(self, now: float) -> float:
        if self._given == 0:
            self._start, self._unread = now, self._keeper.dropped
        else:
            now = max(now, self._last + 1e-6)
        self._last = now
        return now - self._start


def _rgb(image: Array) -> Array:
    """Return what OpenCV delivers, BGR or the grey of an infrared camera, as RGB."""
    grey = image.ndim == 2 or image.shape[2] == 1
    return cv2.cvtColor(image, cv2.COLOR_GRAY2RGB if grey else cv2.COLOR_BGR2RGB)
