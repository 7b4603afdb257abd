"""Leaving: a run that records is not ended by one touch of a key."""

import logging
import time
from collections.abc import Callable

LOG = logging.getLogger("livemask")

PATIENCE = 8.0
"""s within which it must be asked for again."""

ASKED = {"question": True}
"""Marks what is said in words where no question is shown."""


class Leaving:
    """Ends a run when it is asked to; while it records, when it is asked twice.

    Parameters
    ----------
    is_recording : function
    quit_run : function
    """

    def __init__(self, is_recording: Callable[[], bool], quit_run: Callable[[], object]) -> None:
        self._is_recording, self._quit = is_recording, quit_run
        self._asked = -PATIENCE

    def __call__(self) -> None:
        """Ask for it."""
        now = time.monotonic()
        if self._is_recording() and now - self._asked >= PATIENCE:
            self._asked = now
            LOG.warning("it is recording. Ask again to end the film and quit.", extra=ASKED)
        else:
            self._quit()

    @property
    def left(self) -> float:
        """For how long the question still stands, s; 0 if there is none."""
        return max(self._asked + PATIENCE - time.monotonic(), 0.0) if self._is_recording() else 0.0

    def stay(self) -> None:
        """Take the question back."""
        self._asked = -PATIENCE
