"""Reads a source that may make one wait, in a thread of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from livemask.errors import SourceError
from livemask.pipeline import Slot
from livemask.records import Frame
from livemask.sources.contract import Source

_AHEAD = 2  # frames of a film that wait

Make = Callable[[threading.Event], Source]
"""Makes a source, in the thread that reads it; the event is set when nobody wants it any more."""


class ReadAhead:
    """Another source, whose `close` returns at once even while a network or pipe is silent.

    Of a live one only the newest frame is kept.

    Parameters
    ----------
    make : Make
        The thread alone uses what it makes, and closes it.
    name : object
        What messages call it.
    patience : float, optional
        How long making may take, s.

    Attributes
    ----------
    dropped : int
        How many frames of a live source nobody read.

    Raises
    ------
    SourceError
        What making raises, or if it takes too long.
    """

    path: Path | None = None

    def __init__(self, make: Make, name: str, patience: float | None = None) -> None:
        self._end = threading.Event()
        self._slot: Slot[Frame] = Slot(_AHEAD, blocking=True)
        self._error: Exception | None = None
        self._given, self._start = 0, 0.0
        made: Future[Source] = Future()
        # A daemon: what hangs keeps only this thread, not the program.
        threading.Thread(target=self._run, args=(make, made), name=name, daemon=True).start()
        try:
            source = made.result(patience)
        except TimeoutError:
            self.close()
            raise SourceError(f"{name} does not answer; nothing came for {patience:g} s.") from None
        except BaseException:
            self.close()
            raise
        self.size, self.rate, self.count = source.size, source.rate, source.count
        self.live: bool = source.live

    @property
    def dropped(self) -> int:
        """How many frames of a live source nobody read."""
        return self._slot.dropped

    def read(self) -> Frame | None:
        """Return the next frame, or the newest, as soon as there is one."""
        frame = self._slot.get()
        if self._end.is_set():
            return None
        if frame is None:
            if self._error is not None:
                raise self._error
            return None
        if self._given == 0:
            self._start = frame.time
        self._given += 1
        return replace(frame, time=frame.time - self._start, index=self._given - 1)

    def close(self) -> None:
        """Read no more; the thread ends as soon as it can. Closing twice does nothing."""
        self._end.set()
        self._slot.abort()

    def _run(self, make: Make, made: Future[Source]) -> None:
        try:
            source = make(self._end)
        except BaseException as error:  # raised again where it is waited for
            made.set_exception(error)
            return
        with closing(source):
            if source.live:
                self._slot.capacity, self._slot.blocking = 1, False
            made.set_result(source)
            try:
                while (frame := source.read()) is not None and self._slot.put(frame):
                    pass
            except Exception as error:  # raised again by `read`
                self._error = error
            self._slot.close()
