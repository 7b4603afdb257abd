"""Guard: what fails while a camera is shown leaves a blurred picture, not a bare or a black one."""

import logging
from collections.abc import Callable
from typing import TypeVar

from livemask.errors import LivemaskError

LOG = logging.getLogger("livemask")

T = TypeVar("T")

KINDS = 8
"""Different failures that are said."""


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
        self._failures: dict[str, int] = {}
        self._first: Exception | None = None

    def attempt(self, what: str, make: Callable[[], T], instead: Callable[[], T]) -> T:
        """Return what `make` returns; if it fails, what `instead` returns.

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
            self._note(what, error)
            return instead()

    def complain(self) -> None:
        """Raise that something has failed while the run went on.

        Raises
        ------
        LivemaskError
        """
        if self._first is not None:
            count = sum(self._failures.values())
            frames = "one picture was" if count == 1 else f"{count} pictures were"
            raise LivemaskError(
                f"{frames} blurred because something failed on the way, as was said then."
            ) from self._first

    def _note(self, what: str, error: Exception) -> None:
        said = f"{what} failed: {type(error).__name__}: {error}"
        if said not in self._failures and len(self._failures) < KINDS:
            LOG.error("%s. The picture is blurred until it works again.", said)
            LOG.error("%s", what, exc_info=error, extra={"elsewhere": True})  # the log file only
        self._failures[said] = self._failures.get(said, 0) + 1
        self._first = self._first or error
