"""Guard: what fails while a camera is shown leaves a blurred picture, not a bare or a black one."""

import logging
from collections.abc import Callable
from typing import TypeVar

from livemask.errors import LivemaskError

LOG = logging.getLogger("livemask")

T = TypeVar("T")

KINDS = 8
"""Different failures that are said."""

BLURRED = "The picture is blurred until it works again."


class Guard:
    """Lets a run go on whose masks, tracking or drawing fail, and says so once.

    Attributes
    ----------
    live : bool
        Whether it goes on at all. The run of a film ends with its first error: it can be
        started again, and a blurred film is of no use.
    """

    def __init__(self, *, live: bool = False) -> None:
        self.live = live
        self._said: set[str] = set()
        self._blurred = 0
        self._first: Exception | None = None

    def attempt(
        self,
        what: str,
        make: Callable[[], T],
        instead: Callable[[], T],
        meanwhile: str = BLURRED,
    ) -> T:
        """Return what `make` returns; if it fails, what `instead` returns.

        `meanwhile` is said of what is done until it works again.

        Raises
        ------
        Exception
            What went wrong, unless the run is live.
        """
        try:
            return make()
        except Exception as error:
            if not self.live:
                raise
            said = f"{what} failed: {type(error).__name__}: {error}"
            if said not in self._said and len(self._said) < KINDS:
                self._said.add(said)
                _say(f"{said}. {meanwhile}", what, error)
            if meanwhile == BLURRED:
                self._first, self._blurred = self._first or error, self._blurred + 1
            return instead()

    def complain(self) -> None:
        """Raise that something has failed while the run went on.

        Raises
        ------
        LivemaskError
        """
        if self._first is not None:
            frames = "one picture was" if self._blurred == 1 else f"{self._blurred} pictures were"
            raise LivemaskError(
                f"{frames} blurred because something failed on the way, as was said then."
            ) from self._first


def fulfil(what: str, wish: Callable[[], object]) -> None:
    """Do what somebody has asked for while it runs; over that no run ends, live or not."""
    try:
        wish()
    except Exception as error:
        _say(f"{what} failed: {type(error).__name__}: {error}. All else goes on.", what, error)


def _say(line: str, what: str, error: Exception) -> None:
    LOG.error("%s", line)
    LOG.error("%s", what, exc_info=error, extra={"elsewhere": True})  # the log file only
