"""A stream that comes as it happens, and comes back when it has broken off."""

import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from livemask.errors import SourceError
from livemask.records import Frame
from livemask.sources.film import Film
from livemask.sources.outages import Outages
from livemask.sources.pixels import fitted, sealed

_PAUSE = 1.0  # between two tries to reach a stream again, s
_JUMP = 10.0  # a stream whose own time is so far from the clock has begun anew, s


class Broadcast:
    """A live stream as a source. Its times are those at which the frames came.

    Parameters
    ----------
    film : Film
        What has been opened.
    again : function() -> Film or None
        Opens it anew; None if it is now known to be over.
    name : str
        What messages call it.
    end : threading.Event
        Set when nobody wants it any more.
    paced : bool
        Whether it comes in pieces of some seconds, which are to be shown at their own speed.
    """

    live = True
    count: int | None = None
    path: Path | None = None

    def __init__(
        self,
        film: Film,
        again: Callable[[], Film | None],
        name: str,
        end: threading.Event,
        paced: bool = False,
    ) -> None:
        self._film: Film | None = film
        self._again, self._end, self._paced = again, end, paced
        self._outages = Outages(name, perf_counter, "is the network weak?")
        self.size, self.rate = film.size, film.rate
        self._given, self._start, self._last = 0, perf_counter(), -1.0
        self._ahead: float | None = None

    def read(self) -> Frame | None:
        """Return the next frame; while the stream is broken off, wait until it is back."""
        while self._film is not None and not self._end.is_set():
            frame = self._film.read()
            if frame is not None:
                self._wait_for(frame.time)
                return self._now(frame)
            self._film.close()
            self._film = self._reached_again()
        return None

    def close(self) -> None:
        """Let go of the stream. Closing twice does nothing."""
        self._end.set()
        if self._film is not None:
            self._film.close()

    def _now(self, frame: Frame) -> Frame:
        self._last = max(perf_counter() - self._start, self._last + 1e-6)
        self._given += 1
        return Frame(sealed(fitted(frame.image, self.size)), self._last, self._given - 1)

    def _wait_for(self, own: float) -> None:
        """Wait until a frame is due by the stream's own time, s."""
        if not self._paced:
            return
        now = perf_counter()
        if self._ahead is None or abs(own - now - self._ahead) > _JUMP:
            self._ahead = own - now
        self._end.wait(max(0.0, own - now - self._ahead))

    def _reached_again(self) -> Film | None:
        self._outages.begin("has broken off")
        while not self._end.wait(_PAUSE):
            try:
                film = self._again()
            except SourceError as error:
                self._outages.refuse(str(error).removesuffix(" Is the address right?"))
                continue
            if film is not None:
                self._outages.end()
            self._ahead = None
            return film
        return None
