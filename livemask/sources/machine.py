"""What cameras are opened and looked for with: one seam, so that tests can bring their own."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2

from livemask.sources import listing
from livemask.sources.camera_info import CameraInfo

_BACKENDS = {
    "linux": (cv2.CAP_V4L2,),
    "darwin": (cv2.CAP_AVFOUNDATION,),
    "win32": (cv2.CAP_DSHOW, cv2.CAP_MSMF),  # the first opens in a moment, the second sees more
}
_MJPG = cv2.VideoWriter.fourcc(*"MJPG")
_RATE = 30.0

# With one buffer the driver has none to fill while a picture is decoded and drops every
# second one. As they are emptied at once, two add no delay.
_BUFFERS = 2


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine with cameras.

    Attributes
    ----------
    capture : function(device, back end)
        Makes a `cv2.VideoCapture`.
    present : function
        Returns who is there, fast.
    known : function
        Returns the cameras with all that they tell, for explanations.
    interval : float
        How often a camera that has gone is looked for, s.
    clock : function
        The time, s.
    system : str
        As `sys.platform`.
    """

    capture: Callable[..., Any] = cv2.VideoCapture
    present: Callable[[], Sequence[CameraInfo]] = listing.present
    known: Callable[[], Sequence[CameraInfo]] = listing.cameras
    interval: float = 0.5
    clock: Callable[[], float] = time.monotonic
    system: str = sys.platform

    def counts_as_listed(self, *, several: bool) -> bool:
        """Return whether a number opens the camera that is listed under it.

        On macOS OpenCV sorts several cameras by an identifier that FFmpeg does not tell.
        """
        return not (several and self.system == "darwin")

    def opened(self, device: int | str, *, several: bool) -> Any:
        """Return a capture of a device, or None if it does not open.

        A number means another camera to each back end: where there are several, only the
        first is asked, whose numbers are those of `livemask cameras`.
        """
        backends = _BACKENDS.get(self.system, (cv2.CAP_ANY,))
        for backend in backends[:1] if several else backends:
            capture = self.capture(device, backend)
            if capture.isOpened():
                return capture
            capture.release()
        return None


THIS_MACHINE = Machine()


def ask(capture: Any, size: tuple[int, int]) -> float | None:
    """Ask for a size, compressed, and return the rate that the driver then promises."""
    capture.set(cv2.CAP_PROP_FOURCC, _MJPG)  # first: the format limits the sizes and rates
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    capture.set(cv2.CAP_PROP_FPS, _RATE)
    capture.set(cv2.CAP_PROP_BUFFERSIZE, _BUFFERS)
    rate = float(capture.get(cv2.CAP_PROP_FPS))
    return rate if rate > 0 else None
