"""Empties a camera in a thread of its own and keeps the newest picture only."""

import threading
from time import perf_counter
from typing import Any

from livemask.records import Array

_PAUSE = 0.01  # between two tries of a device that fails, s
_FAREWELL = 2.0  # how long to wait for a device that does not answer, s


class Grabber:
    """A thread and a slot of one. It owns the capture, and releases it.

    Parameters
    ----------
    capture : cv2.VideoCapture
        Opened. No one else may use it from now on.

    Attributes
    ----------
    dropped : int
        How many pictures were replaced before anyone took them.
    """

    def __init__(self, capture: Any) -> None:
        self._capture = capture
        self._changed = threading.Condition()
        self._newest: tuple[Array, float] | None = None
        self._error: Exception | None = None
        self._end = threading.Event()
        self.dropped = 0
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self._thread.start()

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

    def stop(self) -> None:
        """End the thread, which releases the capture. Stopping twice does nothing."""
        self._end.set()
        with self._changed:
            self._changed.notify_all()
        self._thread.join(_FAREWELL)  # a hanging driver keeps only this thread, not the program

    def _is_over(self) -> bool:
        return self._newest is not None or self._error is not None or self._end.is_set()

    def _run(self) -> None:
        try:
            while not self._end.is_set():
                self._grab()
        except Exception as error:  # raised again in the reader's thread
            with self._changed:
                self._error = error
                self._changed.notify_all()
        finally:
            self._capture.release()

    def _grab(self) -> None:
        if not self._capture.grab():
            self._end.wait(_PAUSE)
            return
        # On Linux this is time.monotonic; on Windows that one only ticks each 16 ms.
        now = perf_counter()
        whole, image = self._capture.retrieve()
        if whole:
            self._put(image, now)

    def _put(self, image: Array, now: float) -> None:
        with self._changed:
            self.dropped += self._newest is not None
            self._newest = image, now
            self._changed.notify_all()
