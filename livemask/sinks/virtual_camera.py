"""Shows the picture as a camera that other programs can choose: 1280x720 at 30 Hz."""

import sys
import threading
import time
from types import ModuleType
from typing import Any

import numpy as np

from livemask.errors import SinkError, UsageError
from livemask.records import Output, UInt8
from livemask.sinks.letterbox import letterbox

SIZE = (1280, 720)
RATE = 30.0

_CURES = {
    "linux": (
        "sudo apt install v4l2loopback-dkms linux-headers-$(uname -r)\n"
        "sudo modprobe v4l2loopback devices=1 exclusive_caps=1 card_label=livemask"
    ),
    "darwin": (
        "brew install --cask obs\n"
        "open -a OBS   # once: allow its extension, Start Virtual Camera, Stop, quit"
    ),
    "win32": (
        "winget install OBSProject.OBSStudio\n"
        "then start OBS once: Start Virtual Camera, Stop Virtual Camera, quit"
    ),
}


def create(device: str | None = None, backend: str | None = None) -> "VirtualCamera":
    """Return a virtual camera that is already there, and black until the first picture.

    Parameters
    ----------
    device : str, optional
        Which one, as the system names it: `/dev/video10`. The first one if left out.
    backend : str, optional
        The way to make one, as pyvirtualcam names it. Any that works if left out.

    Raises
    ------
    SinkError
        If there is none.
    UsageError
        If the backend is unknown.
    """
    module = _pyvirtualcam()
    known = module.camera.BACKENDS
    if backend is not None and backend not in known:
        raise UsageError(f"there is no virtual camera backend {backend!r}; known: {list(known)}.")
    try:
        camera = module.Camera(*SIZE, RATE, device=device, backend=backend)
    except RuntimeError as error:
        wanted = f"virtual camera {device}" if device else "virtual camera"
        raise SinkError(
            f"no {wanted} can be opened: {error}\n"
            f"Install one:\n{_CURES.get(sys.platform, _CURES['linux'])}\n"
            "or run without --virtual-camera."
        ) from error
    return VirtualCamera(camera)


def _pyvirtualcam() -> ModuleType:
    try:
        import pyvirtualcam
        import pyvirtualcam.camera
    except ImportError as error:
        raise SinkError(
            "the virtual camera needs the package pyvirtualcam, which is not installed "
            '(GPLv2, hence an extra). Type: pip install "livemask[virtual-camera]"'
        ) from error
    return pyvirtualcam


class VirtualCamera:
    """Keeps an open `pyvirtualcam.Camera` supplied, in a thread of its own.

    Programs that show it expect pictures at a steady rate: the last one is sent again until
    there is a newer one, whatever the real camera does.
    """

    capacity = 1
    wants_pixels = True

    def __init__(self, camera: Any) -> None:
        self.device: str = camera.device
        self._camera = camera
        self._image: UInt8 = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
        self._error: Exception | None = None
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="virtual camera", daemon=True)
        self._thread.start()

    def send(self, output: Output) -> None:
        """Show a picture, within black bars if its shape is another one.

        Raises
        ------
        SinkError
            If the virtual camera has broken down.
        """
        if output.image is None:
            raise ValueError("a virtual camera needs a picture")
        self._report()
        self._image = letterbox(output.image, SIZE)

    def close(self) -> None:
        """Take the camera away. Closing twice does nothing.

        Raises
        ------
        SinkError
            If it has broken down and no `send` has told so.
        """
        self._closing.set()
        self._thread.join()
        self._report()

    def _report(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise SinkError(
                f"the virtual camera {self.device} takes no more pictures: {error}. "
                "Start livemask again, or run without --virtual-camera."
            ) from error

    def _run(self) -> None:
        try:
            with self._camera:
                self._send_steadily()
        except Exception as error:  # whatever a backend raises: `_report` raises it again
            self._error = error

    def _send_steadily(self) -> None:
        due = time.monotonic()
        while not self._closing.wait(max(0.0, due - time.monotonic())):
            self._camera.send(self._image)
            due = max(due + 1.0 / RATE, time.monotonic())  # a missed beat is not made up for
