"""How far a run is, on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)

from livemask.commands.console import ERRORS


@contextmanager
def progress() -> Iterator[Callable[[int, int | None, str], None]]:
    """Show on a terminal that it gets ready, then how many frames have been read."""
    if not ERRORS.is_terminal:
        yield lambda _done, _total, _doing: None
        return
    columns = (TextColumn("frames"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = Progress(*columns, console=ERRORS, transient=True)
    task = shown.add_task("frames", total=None)
    ready = ERRORS.status("getting ready...", spinner="line")

    def watch(done: int, total: int | None, doing: str) -> None:
        if doing:
            ready.update(f"{doing}...")
            return
        ready.stop()
        shown.start()
        shown.update(task, completed=done, total=total)

    ready.start()
    try:
        yield watch
    finally:
        ready.stop()
        shown.stop()


class Steps:
    """A bar on a terminal: what is being done, and how much of it."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}", markup=False), BarColumn())
        rest = (MofNCompleteColumn(), TimeRemainingColumn())
        # What is printed meanwhile may go to a file: it must not be led through the bar.
        self._bar = Progress(
            *columns, *rest, console=ERRORS, transient=True, redirect_stdout=False,
            disable=not ERRORS.is_terminal,
        )  # fmt: skip
        self._task: TaskID | None = None
        self._what = ""

    def watch(self, what: str, done: int, total: int | None) -> None:
        """Show how far it is; `total` is None where nobody knows."""
        if self._task is None or what != self._what:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task, self._what = self._bar.add_task(what, total=total), what
            self._bar.start()
        self._bar.update(self._task, completed=done, total=total)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something else is written."""
        self._bar.stop()
        yield
        if self._task is not None:
            self._bar.start()

    def close(self) -> None:
        """Take the bar away."""
        self._bar.stop()


@contextmanager
def steps() -> Iterator[Steps]:
    """Show on a terminal what is being done, one thing after the other."""
    bar = Steps()
    try:
        yield bar
    finally:
        bar.close()
