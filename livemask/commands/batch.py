"""`livemask batch`: many films and photos, one after the other or several at once."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rich_click as click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from livemask.batch.batch import TABLES, Asked, Report, Watch, run_batch
from livemask.batch.job import Job, Outcome
from livemask.commands.console import ERRORS, say
from livemask.commands.options.people import people_options
from livemask.commands.options.picture import picture_options
from livemask.commands.types import FOLDER
from livemask.errors import LivemaskError


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="IN...")
@click.option("--out", type=FOLDER, required=True, help="The folder of all outputs.")
@people_options
@picture_options
@click.option(
    "--record",
    type=click.Choice(["mp4", "mov", "mkv", "none"]),
    default="mp4",
    show_default=True,
    help="What films are written as; of photos a PNG. `none`: no pictures, tables alone.",
)
@click.option("--csv", is_flag=True, help="Write pose, points and expressions as tables.")
@click.option("--livelink-csv", is_flag=True, help="Write tables like the takes of Live Link Face.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=max(1, (os.cpu_count() or 2) // 2),
    metavar="N",
    help="How many at once, each in a process; half the processor's cores unless told.",
)
@click.option(
    "--scheduler",
    metavar="HOST:PORT",
    help="Let the workers of a Dask cluster do it, which see all files by the same paths.",
)
@click.option("--overwrite", is_flag=True, help="Do all anew, and replace files in the way.")
def batch(inputs: tuple[Path, ...], **options: Any) -> None:
    """Work through films, photos and folders of both; the same command goes on where it ended.

    What is done already, of the same film with the same options, is left as it is. Failures are
    told at the end, and cost no other film.
    """
    asked = _asked(inputs, options)
    with _shown() as watch:
        report = run_batch(asked, watch)
    _tell(report, asked)


def _asked(inputs: tuple[Path, ...], options: dict[str, Any]) -> Asked:
    ending = options.pop("record")
    kinds = {} if ending == "none" else {"record": f".{ending}"}
    kinds |= {kind: TABLES[kind] for kind in TABLES if options.pop(kind)}
    own = {key: options.pop(key) for key in ("out", "scheduler", "overwrite")}
    return Asked(inputs, kinds=kinds, processes=options.pop("jobs"), options=options, **own)


class _Bar(Watch):
    """Shows on a terminal how many are done; tells of each that is."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._all = bar.add_task("all", total=None)
        self._reading: dict[str, Any] = {}

    def begin(self, jobs: int, before: int) -> None:
        """Show how many there are."""
        self._bar.update(self._all, total=jobs)
        if before:
            ERRORS.print(f"{before} done before", markup=False)

    def frames(self, job: Job, done: int, total: int | None) -> None:
        """Show how far a film is."""
        if job.source not in self._reading:
            name = Path(job.source).name
            self._reading[job.source] = self._bar.add_task(name, total=total)
        self._bar.update(self._reading[job.source], completed=done, total=total)

    def end(self, source: str, outcome: Outcome) -> None:
        """Tell of one that is done."""
        if source in self._reading:
            self._bar.remove_task(self._reading.pop(source))
        self._bar.advance(self._all)
        for note in outcome.notes:
            ERRORS.print(f"{source}: {note}", markup=False, soft_wrap=True)
        if not outcome.error:
            frames = "1 frame" if outcome.frames == 1 else f"{outcome.frames} frames"
            told = f"{source}: {frames} in {outcome.seconds:.1f} s"
            ERRORS.print(told, markup=False, soft_wrap=True)


@contextmanager
def _shown() -> Iterator[Watch]:
    columns = (
        TextColumn("{task.description}", markup=False),
        *(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()),
    )
    disabled = not ERRORS.is_terminal
    with Progress(*columns, console=ERRORS, transient=True, disable=disabled) as bar:
        yield _Bar(bar)


def _tell(report: Report, asked: Asked) -> None:
    """Tell what came of it.

    Raises
    ------
    LivemaskError
        If any has failed.
    """
    for source, why in report.failed.items():
        ERRORS.print(f"{source} failed: {why}", markup=False, soft_wrap=True)
    say(
        f"{report.done} done, {report.before} done before, {len(report.failed)} failed"
        + (f", {report.left} left" if report.left else "")
        + f": {asked.out}"
    )
    if report.left:
        raise click.Abort
    if report.failed:
        raise LivemaskError(
            f"{len(report.failed)} of {report.done + len(report.failed)} failed, as told above. "
            "The same command tries them again."
        )
