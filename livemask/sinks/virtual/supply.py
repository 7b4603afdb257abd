"""Keeps a virtual camera supplied at a steady rate, and opens it again when it has gone."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from livemask.records import UInt8

LOG = logging.getLogger("livemask")

FIRST_PAUSE, LAST_PAUSE = 0.5, 8.0
"""s before a device that has gone is tried again: twice as long each time, up to the last."""

_FAREWELL = 2.0  # s to wait for a driver that does not answer


class Supply:
    """Sends the newest picture again and again, in a thread of its own.

    Programs that show it expect pictures at a steady rate, whatever the real camera does. A
    device that takes no more is closed, waited for and opened again. Nobody waits for it.

    Parameters
    ----------
    camera : pyvirtualcam.Camera
        Open; it is closed here.
    reopen : function
        Opens the same device again, or raises.
    blank : (h, w, 3 or 4) uint8
        Shown before the first picture.
    pause : float
        How long it waits before the first try to open it again, s.
    """

    def __init__(
        self, camera: Any, reopen: Callable[[], Any], blank: UInt8, pause: float = FIRST_PAUSE
    ) -> None:
        self.device: str = camera.device
        self._reopen, self._first_pause = reopen, pause
        self._gap = 1.0 / camera.fps
        self._image = blank
        self._gone, self._pause = False, pause
        self._closing = threading.Event()
        run = (camera,)
        self._thread = threading.Thread(
            target=self._run, args=run, name="virtual camera", daemon=True
        )
        self._thread.start()

    def show(self, image: UInt8) -> None:
        """Send `image` from now on, of the same shape as the first."""
        self._image = image

    def close(self) -> None:
        """Take the camera away. Closing twice does nothing."""
        first = not self._closing.is_set()
        self._closing.set()
        self._thread.join(_FAREWELL)
        if first and self._thread.is_alive():
            LOG.warning("the virtual camera %s does not answer and was left alone.", self.device)

    def _run(self, camera: Any) -> None:
        while camera is not None:
            try:
                with camera:
                    self._send_steadily(camera)
                return
            except Exception as error:  # whatever a backend raises
                self._note_loss(error)
            camera = self._opened_again()

    def _send_steadily(self, camera: Any) -> None:
        due = time.monotonic()
        sent = 0
        while not self._closing.wait(max(0.0, due - time.monotonic())):
            if sent * self._gap >= 1.0:  # once a second
                self._note_return()
                self._look()
                sent = 0
            camera.send(self._image)
            sent += 1
            due = max(due + self._gap, time.monotonic())  # a missed beat is not made up for

    def _look(self) -> None:
        """Raise if the device file has gone: on Linux sending to it does not tell."""
        if self.device.startswith("/") and not Path(self.device).exists():
            raise OSError("its device file is gone")

    def _note_loss(self, error: Exception) -> None:
        if not self._gone:
            text = "the virtual camera %s has gone (%s); waiting for it."
            LOG.warning(text, self.device, error)
        self._gone = True

    def _note_return(self) -> None:
        """Say that it is back when it has taken pictures for a second: it may be loose."""
        if self._gone:
            LOG.warning("the virtual camera %s is back.", self.device)
        self._gone, self._pause = False, self._first_pause

    def _opened_again(self) -> Any:
        """Return the device as soon as it can be opened; None at the end."""
        while not self._closing.wait(self._pause):
            self._pause = min(2.0 * self._pause, LAST_PAUSE)
            try:
                return self._reopen()
            except Exception:  # noqa: S112 - not yet: the loss has been told
                continue
        return None
