"""Reader: takes frames from a source, no more and no faster than wanted."""

import threading
import time
from collections import deque
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from livemask.records import Frame

STILL_RATE = 10.0
"""Frames per second of a single picture that is kept in a window."""


LATEST = 30
"""Frames by which it is known how fast they come."""


class Readable(Protocol):
    """The part of a source that is read."""

    count: int | None
    live: bool

    def read(self) -> Frame | None:
        """Return the next frame, None at the end."""

    def close(self) -> None:
        """Let go of it."""


class Reader:
    """Reads a source up to a number of frames, in its own time where somebody watches.

    Parameters
    ----------
    source : Readable
    limit : int, optional
        Frames after which it ends.
    watched : bool
        Whether a film is shown at its own speed rather than as fast as can be, and a photo
        stays until the window is closed.
    """

    def __init__(
        self, source: Readable, limit: int | None = None, *, watched: bool = False
    ) -> None:
        self.read_frames = 0
        self.total = min((n for n in (source.count, limit) if n is not None), default=None)
        self._source, self._limit = source, limit
        self._paced = watched and not source.live
        self._still = self._paced and source.count == 1
        self._times: deque[float] = deque(maxlen=LATEST)
        self._awake, self._closed = threading.Event(), False
        self._awake.set()
        self._start: float | None = None
        self._last: Frame | None = None

    def __call__(self) -> Frame | None:
        """Return the next frame, None at the end."""
        if self._limit is not None and self.read_frames >= self._limit:
            return None
        frame = self._next()
        if frame is None and self._still and self._last is not None:
            later = self._last.time + 1.0 / STILL_RATE
            frame = replace(self._last, time=later, index=self._last.index + 1)
        if frame is None:
            return None
        self._last = frame
        self._times.append(frame.time)
        self.read_frames += 1
        if self._paced:
            self._wait_for(frame.time)
        return frame

    @property
    def interval(self) -> float | None:
        """How long it is from one frame to the next of late, s; None before there are some."""
        times = tuple(self._times)
        steps = sorted(b - a for a, b in pairwise(times))
        return steps[len(steps) // 2] if len(times) == LATEST and steps[0] > 0.0 else None

    def rest(self, on: bool) -> None:
        """Let a live source rest while nobody wants its pictures; from any thread."""
        if on and self._source.live and not self._closed:
            self._awake.clear()
        else:
            self._awake.set()

    def close(self) -> None:
        """Close the source, even while it rests. Closing twice does nothing."""
        self._closed = True
        self._awake.set()
        self._source.close()

    def _next(self) -> Frame | None:
        """Return the source's next frame; the newest one after a rest."""
        if self._awake.is_set():
            return self._source.read()
        rest = getattr(self._source, "rest", lambda _: None)
        rest(True)
        self._awake.wait()
        rest(False)
        return self._source.read()

    def _wait_for(self, moment: float) -> None:
        now = time.monotonic()
        if self._start is None:
            self._start = now - moment
        time.sleep(max(0.0, self._start + moment - now))
