"""Cameras: the newest picture, whenever it is asked for."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2

from livemask.errors import SourceError
from livemask.records import Array, Frame
from livemask.sources.grabber import Grabber
from livemask.sources.listing import cameras
from livemask.sources.pixels import resized, sealed
from livemask.sources.quiet import silence_opencv
from livemask.sources.trouble import explain

SIZES = ((1280, 720), (640, 480))
"""What is asked for, in this order, if the user names no size; px."""

PATIENCE = 5.0
"""A camera that delivers nothing for so long has gone, s."""

_MJPG = cv2.VideoWriter.fourcc(*"MJPG")
_RATE = 30.0
_TOO_SLOW = 20.0  # uncompressed 1280x720 fills USB 2 at 10 frames/s: then rather a smaller picture

# With one buffer the driver has none to fill while a picture is decoded and drops every
# second one. As they are emptied at once, two add no delay.
_BUFFERS = 2

_BACKENDS = {
    "linux": (cv2.CAP_V4L2,),
    "darwin": (cv2.CAP_AVFOUNDATION,),
    "win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF),  # the first opens in a moment, the second sees more
}

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
    """A camera as a source.

    Parameters
    ----------
    capture : callable
        Makes a `cv2.VideoCapture` from device and back end.

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
    ) -> None:
        silence_opencv()
        self._device, self._patience, self._capture = device, patience, capture
        self._closed = False
        self._given = self._unread = 0
        self._start = self._last = 0.0
        self._grabber, self.size, self.rate = self._start_one_of((size,) if size else SIZES)

    @property
    def dropped(self) -> int:
        """How many pictures were never read, from the first one that was."""
        return self._grabber.dropped - self._unread

    def read(self) -> Frame | None:
        """Return the newest picture that was not yet read, waiting for it if need be."""
        taken = None if self._closed else self._take(self._grabber)
        if self._closed:
            return None
        if taken is None:
            raise SourceError(
                f"camera {self._device} has delivered nothing for {self._patience:g} s. "
                "Is it still plugged in, and awake?"
            )
        image, now = taken
        frame = Frame(sealed(resized(_rgb(image), self.size)), self._time(now), self._given)
        self._given += 1
        return frame

    def close(self) -> None:
        """Release the camera. Closing twice does nothing."""
        self._closed = True
        self._grabber.stop()

    def _take(self, grabber: Grabber) -> tuple[Array, float] | None:
        try:
            return grabber.take(self._patience)
        except cv2.error as error:
            raise SourceError(f"camera {self._device} fails: {error.err}. Try it again.") from error

    def _time(self, now: float) -> float:
        if self._given == 0:
            self._start, self._unread = now, self._grabber.dropped
        else:
            now = max(now, self._last + 1e-6)
        self._last = now
        return now - self._start

    def _start_one_of(
        self, sizes: tuple[tuple[int, int], ...]
    ) -> tuple[Grabber, tuple[int, int], float | None]:
        """Open the camera at the first size that works and is fast enough, or at the last."""
        for size in sizes:
            capture = self._opened()
            rate = _ask(capture, size)
            if rate is not None and rate < _TOO_SLOW and size != sizes[-1]:
                capture.release()
                continue
            grabber = Grabber(capture)
            first = self._take(grabber)
            if first is not None:
                height, width = first[0].shape[:2]
                return grabber, (width, height), rate
            grabber.stop()
        raise SourceError(explain(self._device, cameras()))

    def _opened(self) -> Any:
        for backend in _BACKENDS.get(sys.platform, (cv2.CAP_ANY,)):
            capture = self._capture(self._device, backend)
            if capture.isOpened():
                return capture
            capture.release()
        raise SourceError(explain(self._device, cameras()))


def _ask(capture: Any, size: tuple[int, int]) -> float | None:
    """Ask for a size, compressed, and return the rate that the driver then promises."""
    capture.set(cv2.CAP_PROP_FOURCC, _MJPG)  # first: the format limits the sizes and rates
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    capture.set(cv2.CAP_PROP_FPS, _RATE)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, _BUFFERS)
    rate = float(capture.get(cv2.CAP_PROP_FPS))
    return rate if rate > 0 else None


def _rgb(image: Array) -> Array:
    """Return what OpenCV delivers, BGR or the grey of an infrared camera, as RGB."""
    grey = image.ndim == 2 or image.shape[2] == 1
    return cv2.cvtColor(image, cv2.COLOR_GRAY2RGB if grey else cv2.COLOR_BGR2RGB)
