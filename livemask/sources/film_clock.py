"""The time of each frame of a film, from the times that its file gives."""

RESTART = 4
"""A step back by more frames than this is a new beginning; a smaller one is disorder."""

NUDGE = 1 / 16
"""How much later than the last, in frames, one is shown whose own time is over: so little
that the frames after it are at their own times again."""


class FilmClock:
    """Makes times that start at 0 and grow strictly, and else are the file's own.

    Parameters
    ----------
    period : float
        How long a frame lasts where the file does not tell, s.
    restarts : bool
        Whether the file may be several joined ones, of which each starts its own time, as
        a transport stream may be. In any other file, times that go back are mistakes.
    """

    def __init__(self, period: float, restarts: bool = False) -> None:
        self._period, self._restarts = period, restarts
        self._offset: float | None = None
        self._last = 0.0

    def time(self, stamp: float | None) -> float:
        """Return the time of the next frame, s, given the file's own time, s, or None."""
        if self._offset is None:
            self._offset = -(stamp or 0.0)
            return 0.0
        own = self._last + self._period if stamp is None else stamp + self._offset
        if stamp is not None and self._is_restart(own):
            own = self._last + self._period
            self._offset = own - stamp
        self._last = own if own > self._last else self._last + NUDGE * self._period
        return self._last

    def _is_restart(self, own: float) -> bool:
        return self._restarts and own < self._last - RESTART * self._period
