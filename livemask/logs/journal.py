"""Journal: where this process's log goes, and how much of it."""

import logging
import platform
import shlex
import threading
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.logging import RichHandler

from livemask import __version__
from livemask.folders import log_folder
from livemask.logs.log_file import LogFile
from livemask.logs.plain import Plain
from livemask.logs.rate_limit import RateLimit

LOG = logging.getLogger("livemask")
LEVELS = (logging.ERROR, logging.WARNING, logging.INFO, logging.DEBUG)
"""What the terminal shows: quiet, usual, with -v, with -vv."""
USUAL = 1
_ELSEWHERE = {"elsewhere": True}  # marks what the terminal says in another form


class Journal:
    """The log of a process: a file, and in short the terminal.

    Parameters
    ----------
    console : Console
        Standard error.

    Attributes
    ----------
    file : Path
        The log file. It is there from the first record on.
    """

    def __init__(self, console: Console) -> None:
        self.file: Path = log_folder() / "livemask.log"
        self._terminal = RichHandler(console=console, show_time=False, show_path=False)
        self._terminal.setFormatter(Plain("%(message)s"))
        self._terminal.addFilter(self._is_for_the_terminal)
        self._file = LogFile(self.file, lambda why: LOG.warning("%s", why))

    def start(self) -> None:
        """Take the log of the whole process: livemask's, other packages' warnings, threads' ends.

        Other packages are heard from WARNING on: numba, at DEBUG, writes books.
        """
        root, limit = logging.getLogger(), RateLimit()
        for handler in (self._terminal, self._file):
            handler.addFilter(limit)
            root.addHandler(handler)
        self.show(USUAL)
        logging.captureWarnings(True)
        threading.excepthook = self._note_thread

    def show(self, loudness: int) -> None:
        """Set how much is shown: an index of `LEVELS`. The file gets INFO, and DEBUG if shown."""
        level = LEVELS[min(max(loudness, 0), len(LEVELS) - 1)]
        self._terminal.setLevel(level)
        self._file.setLevel(min(level, logging.INFO))
        LOG.setLevel(self._file.level)

    def note_start(self, command: Sequence[str]) -> None:
        """Write down what runs, where."""
        python = platform.python_version()
        system = platform.platform()
        LOG.info("%s, Python %s, %s: %s", __version__, python, system, shlex.join(command))

    def note_error(self, error: BaseException) -> None:
        """Write an error with its traceback to the file; the terminal is told in a line."""
        LOG.error("%s", type(error).__name__, exc_info=error, extra=_ELSEWHERE)

    def _note_thread(self, ended: threading.ExceptHookArgs) -> None:
        """Write down that a thread ended by an exception that nobody took."""
        if ended.exc_value is not None:
            name = ended.thread.name if ended.thread else "?"
            LOG.error("the thread %s has broken down: %s", name, ended.exc_value)
            self.note_error(ended.exc_value)

    def _is_for_the_terminal(self, record: logging.LogRecord) -> bool:
        """Keep back what is said otherwise, and what only a programmer can use."""
        if record.name == "py.warnings":
            return self._terminal.level <= logging.INFO
        return not hasattr(record, "elsewhere")
