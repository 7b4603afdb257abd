"""Empties a camera in a thread of its own and keeps the newest picture only."""

import threading
from collections.abc import Callable
from time import perf_counter
from typing import Any

import cv2

from livemask.records import Array

_PAUSE = 0.01  # between two tries of a device that fails, s
_FAREWELL = 2.0  # how long to wait for a device that does not answer, s


class Grabber:
    """A thread and a slot of one. It owns the capture, and releases it.

    Parameters
    ----------
    open_ : function
        Returns an opened `cv2.VideoCapture`, which no one else may use; it is called in the
        thread, as drivers may take their time.

    Attributes
    ----------
    opened : threading.Event
        Set when the device has been opened.
    arrived : int
        How many pictures have come.
    dropped : int
        How many were replaced before anyone took them.
    fault : str
        What OpenCV complained of last; a camera may get over it.
    """

    def __init__(self, open_: Callable[[], Any]) -> None:
        self._open = open_
        self.opened = threading.Event()
        self._changed = threading.Condition()
        self._newest: tuple[Array, float] | None = None
        self._error: Exception | None = None
        self._end = threading.Event()
        self._resting = False
        self.arrived = self.dropped = 0
        self.fault = ""
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

    @property
    def hangs(self) -> bool:
        """Whether the thread still holds the device."""
        return self._thread.is_alive()

    def take(self, patience: float) -> tuple[Array, float] | None:
        """Return the newest picture that nobody has taken, and when it came, s.

        Waits for one for up to `patience` s; None if there is none, or at the end. What
        went wrong in the thread is raised here.
        """
        with self._changed:
            self._changed.wait_for(self._is_over, patience)
            if self._error is not None:
                raise self._error
            taken, self._newest = self._newest, None
            return taken

    def rest(self, on: bool) -> None:
        """Empty the camera without decoding what it gives, or go on; what came before is gone."""
        with self._changed:
            self._resting, self._newest = on, None

    def stop(self, patience: float = _FAREWELL) -> None:
        """End the thread, which releases the capture. Stopping twice does nothing.

        A driver that hangs for more than `patience` s keeps only this thread, not the program.
        """
        self._end.set()
        with self._changed:
            self._changed.notify_all()
        self._thread.join(patience)

    def _is_over(self) -> bool:
        return self._newest is not None or self._error is not None or self._end.is_set()

    def _run(self) -> None:
        try:
            capture = self._open()
            self.opened.set()
            try:
                while not self._end.is_set():
                    self._grab(capture)
            finally:
                capture.release()
        except Exception as error:  # raised again in the reader's thread
            with self._changed:
                self._error = error
                self._changed.notify_all()

    def _grab(self, capture: Any) -> None:
        try:
            if self._resting and capture.grab():
                self.arrived += 1
                return
            picture = None if self._resting else _picture(capture)
        except cv2.error as error:  # a damaged picture, or a camera that is gone: silence will tell
            self.fault = error.err or str(error)
            picture = None
        if picture is None:
            self._end.wait(_PAUSE)
        else:
            self._put(*picture)

    def _put(self, image: Array, now: float) -> None:
        with self._changed:
            self.arrived += 1
            self.dropped += self._newest is not None
            self._newest = image, now
            self._changed.notify_all()


def _picture(capture: Any) -> tuple[Array, float] | None:
    """Return the next picture and when it came, s; None if there is none or it is damaged."""
    if not capture.grab():
        return None
    # On Linux this is time.monotonic; on Windows that one only ticks each 16 ms.
    now = perf_counter()
    whole, image = capture.retrieve()
    return (image, now) if whole and image is not None and image.size else None
