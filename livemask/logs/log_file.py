"""LogFile: the log in the user's log folder, which never grows beyond a few megabytes."""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from livemask.folders import made
from livemask.logs.plain import Plain

_SIZE, _OLD = 1_000_000, 3
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class LogFile(RotatingFileHandler):
    """Writes records to a file; when it is full, it becomes `FILE.1`, and that one `FILE.2`.

    Several processes may write to the same file: their lines stay whole. The one that finds it
    full moves it; the others go on writing to the moved one until they find that full.
    Windows does not move a file that another process holds open: it then grows until one is
    alone with it.

    Parameters
    ----------
    file : Path
        Made, with its folder, at the first record.
    complain : callable
        Told once why the file cannot be written.
    """

    def __init__(self, file: Path, complain: Callable[[str], object]) -> None:
        super().__init__(file, "a", _SIZE, _OLD, "utf-8", delay=True, errors="backslashreplace")
        self._complain: Callable[[str], object] | None = complain
        self.file = file
        self.setFormatter(Plain(_FORMAT))

    def _open(self) -> TextIOWrapper:
        made(self.file.parent)
        return super()._open()

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        """Begin a new file, unless another process holds the full one or has just moved it."""
        with suppress(OSError):
            super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's
        """Say once why the file cannot be written: no work stops for want of a log."""
        complain, self._complain = self._complain, None
        if complain is not None:
            complain(f"no log can be written to {self.file}: {sys.exc_info()[1]}")
