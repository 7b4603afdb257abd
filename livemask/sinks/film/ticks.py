"""Ticks: the times of pictures on the clock of a film."""

import statistics
from collections import deque

CLOCK = 90_000
"""Ticks in a second, as in MPEG: whole for 24, 25, 30, 50 and 60 Hz."""


class Ticks:
    """Turns the times of pictures into ticks of 1 / CLOCK s that always rise.

    Parameters
    ----------
    rate : float
        About how many pictures come in a second.

    Attributes
    ----------
    start : float or None
        The time of the first picture, s.
    last : int
        When the last one was shown, counted from the first.
    """

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.last = -1
        self.start: float | None = None
        self._intervals: deque[int] = deque(maxlen=31)

    def of(self, time: float) -> int:
        """Return when a picture of `time` s is shown, counted from the first."""
        if self.start is None:
            self.start = time
        ticks = max(round((time - self.start) * CLOCK), self.last + 1)
        if ticks > 0:
            self._intervals.append(ticks - self.last)
        self.last = ticks
        return ticks

    @property
    def end(self) -> int:
        """When the last one ends, if it is shown as long as one of late has usually been."""
        usual = statistics.median(self._intervals or [round(CLOCK / self.rate)])
        return self.last + int(usual)
