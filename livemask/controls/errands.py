"""Errands: what a person asked for and may take seconds, done in a thread of its own."""

import logging
import threading
from collections.abc import Callable

from livemask.errors import LivemaskError

LOG = logging.getLogger("livemask")

FAREWELL = 5.0
"""s for which the end of a run waits for what is being done."""


class Errands:
    """Does one thing after the other. What goes wrong is said, and the run goes on.

    Attributes
    ----------
    doing : str
        What is being done; empty when there is nothing.
    """

    def __init__(self) -> None:
        self.doing = ""
        self._waiting: dict[str, Callable[[], object]] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._thread: threading.Thread | None = None

    def do(self, what: str, function: Callable[[], object]) -> None:
        """Have `function` called. Of several that wait under one name only the last is."""
        with self._changed:
            if self._closed:
                return
            self._waiting[what] = function
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="errands", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def wait(self, seconds: float = FAREWELL) -> bool:
        """Wait until nothing is left to do; return whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting and not self.doing, seconds)

    def close(self) -> None:
        """Do no more. Closing twice does nothing."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(FAREWELL)

    def _work(self) -> None:
        while (function := self._next()) is not None:
            try:
                function()
            except LivemaskError as error:
                LOG.error("%s", error)
            except Exception:  # a mistake of ours must not end the film that is being recorded
                LOG.exception("%s went wrong; the run goes on.", self.doing)

    def _next(self) -> Callable[[], object] | None:
        with self._changed:
            self.doing = ""
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._waiting)
            if self._closed:
                return None
            self.doing = next(iter(self._waiting))
            return self._waiting.pop(self.doing)
