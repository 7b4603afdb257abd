"""How far a run is, on a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

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
