"""RateLimit: what is said for every frame, is written now and then."""

import logging
import re
import time
from collections.abc import Callable

_NUMBER = re.compile(r"\d+(\.\d+)?")
_MOST = 1000  # messages remembered at once

Key = tuple[str, int, str]


class RateLimit(logging.Filter):
    """Lets the same message of the same line of code through once in so many seconds.

    Messages that differ in their numbers alone are the same. The next one that is let
    through tells how many were kept back. Several handlers may share one: a record is then
    let through to all of them or to none.

    Parameters
    ----------
    seconds : float
        The least time between two, s.
    clock : callable
        Returns the time, s.
    """

    def __init__(self, seconds: float = 10.0, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._clock = clock
        self._said: dict[Key, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is written, and count those that were not in its message."""
        known = vars(record)
        if "is_due" not in known:
            known["is_due"] = self._is_due(record)
        return bool(known["is_due"])

    def _is_due(self, record: logging.LogRecord) -> bool:
        now, key = self._clock(), _key(record)
        last, kept_back = self._said.get(key, (now - self._seconds, 0))
        if now - last < self._seconds:
            self._said[key] = last, kept_back + 1
            return False
        self._forget(now)
        self._said[key] = now, 0
        if kept_back:
            record.msg = f"{record.msg} (and {kept_back} more like it)"
        return True

    def _forget(self, now: float) -> None:
        """Make room, if there are many, by what may be said again anyway."""
        if len(self._said) >= _MOST:
            waiting = self._said.items()
            self._said = {k: said for k, said in waiting if now - said[0] < self._seconds}


def _key(record: logging.LogRecord) -> Key:
    try:
        text = record.getMessage()
    except (TypeError, ValueError):  # the arguments do not fit; the handler will tell
        text = str(record.msg)
    return record.pathname, record.lineno, _NUMBER.sub("#", text)
