"""Does one job, in whatever process it is called."""

import logging
import socket
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from livemask.batch.job import Job, Outcome
from livemask.errors import LivemaskError

LOG = logging.getLogger("livemask")

PACE = 0.25
"""s between two looks at whether it is still wanted."""

Tell = Callable[[int, int | None], object]

_ONE = threading.Lock()


class UnwantedError(LivemaskError):
    """Its folder is gone: whoever asked for it has stopped."""


def do(text: str, tell: Tell = lambda _done, _all: None) -> str:
    """Do a job; return its outcome, both as text. One at a time in a process.

    It ends early when its folder vanishes, so that it can be stopped from other machines.

    Parameters
    ----------
    text : str
        As `Job.text` writes it.
    tell : function
        Is told now and then how many frames have been read, of how many.
    """
    job, started = Job.read(text), time.monotonic()
    with _ONE, _notes() as notes:
        try:
            frames, tracked = _run(job, tell)
        except LivemaskError as error:
            outcome = Outcome(error=str(error), notes=tuple(notes))
        except Exception as error:  # another film may fare better
            why = f"unexpected {type(error).__name__}: {error}"
            outcome = Outcome(error=why, trace=traceback.format_exc())
        else:
            seconds = time.monotonic() - started
            outcome = Outcome(frames, tracked, round(seconds, 2), "", tuple(notes))
    return outcome.text


def _run(job: Job, tell: Tell) -> tuple[int, int]:
    folder, looked = Path(job.folder), 0.0
    if not folder.is_dir():
        raise UnwantedError(
            f"{folder} is not there on {socket.gethostname()}; films and outputs must lie where "
            "every machine finds them by the same path."
        )

    def watch(done: int, total: int | None, _doing: str) -> None:
        nonlocal looked
        if time.monotonic() < looked + PACE:
            return
        looked = time.monotonic()
        if not folder.is_dir():
            raise UnwantedError("stopped.")
        tell(done, total)

    from livemask.app import run

    summary = run(job.config, watch)
    return summary.frames, summary.tracked


@contextmanager
def _notes() -> Iterator[list[str]]:
    """Collect what is warned of."""
    notes: list[str] = []
    handler = _Notes(notes)
    LOG.addHandler(handler)
    try:
        yield notes
    finally:
        LOG.removeHandler(handler)


class _Notes(logging.Handler):
    def __init__(self, notes: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._notes = notes

    def emit(self, record: logging.LogRecord) -> None:
        if not hasattr(record, "elsewhere"):
            self._notes.append(record.getMessage())
