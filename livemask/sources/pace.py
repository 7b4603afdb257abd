"""Whether a camera is as fast as it promised, over the last few seconds."""

from collections import deque

WINDOW = 4.0
"""Over how long it is measured, s."""

_TOO_SLOW = 0.45  # of what was promised: clearly less than half
_FAST_AGAIN = 0.75


class Pace:
    """Measures the rate of a camera and notices when it begins to be too slow.

    Parameters
    ----------
    promised : float
        Pictures per second.
    """

    def __init__(self, promised: float) -> None:
        self._promised = promised
        self._seen: deque[tuple[float, int]] = deque()
        self._slow = False

    def begin_anew(self) -> None:
        """Forget the pictures so far: there was none for a while, for another reason."""
        self._seen.clear()

    def slowed_to(self, now: float, arrived: int) -> float | None:
        """Return the rate when it has become too slow, once until it has recovered.

        Parameters
        ----------
        now : float
            When the newest picture came, s.
        arrived : int
            How many have come, also those that nobody read.
        """
        self._seen.append((now, arrived))
        while len(self._seen) > 2 and self._seen[1][0] <= now - WINDOW:
            self._seen.popleft()
        since, before = self._seen[0]
        if now - since < WINDOW:
            return None
        rate = (arrived - before) / (now - since)
        self._slow, was_slow = self._is_slow(rate), self._slow
        return rate if self._slow and not was_slow else None

    def _is_slow(self, rate: float) -> bool:
        return rate < self._promised * (_FAST_AGAIN if self._slow else _TOO_SLOW)
