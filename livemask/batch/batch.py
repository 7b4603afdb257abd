"""Batch: works through films and photos, and goes on where it was interrupted.

Everything is written below a hidden folder of the outputs' folder first, and put in its place
when it is whole.
"""

import json
import logging
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livemask.batch import cluster, pool
from livemask.batch.hold import hold
from livemask.batch.inputs import Input, gather
from livemask.batch.job import Job, Outcome
from livemask.batch.ledger import Ledger
from livemask.batch.naming import stems
from livemask.errors import LivemaskError, SinkError, UsageError
from livemask.signals import stop_on_signals
from livemask.sinks.files import reason

LOG = logging.getLogger("livemask")

HIDDEN = ".livemask-batch"
TABLES = {"csv": ".csv", "livelink_csv": ".livelink.csv"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a batch is asked to do.

    Attributes
    ----------
    inputs : sequence of Path
        Films, photos and folders.
    out : Path
    kinds : mapping of str
        `record`, `csv`, `livelink_csv` -> the ending of the files.
    options : mapping
        Of `Config`.
    processes : int
    scheduler : str or None
        Of a Dask cluster, instead of processes here.
    overwrite : bool
        Whether all is done again, and files that are in the way may be replaced.
    """

    inputs: Sequence[Path]
    out: Path
    kinds: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)
    processes: int = 1
    scheduler: str | None = None
    overwrite: bool = False


class Watch:
    """Is told how a batch goes on; this one says nothing."""

    def begin(self, jobs: int, before: int) -> None:
        """Take note that so many jobs are to be done, and so many were done before."""

    def frames(self, job: Job, done: int, total: int | None) -> None:
        """Take note of how many frames of a film have been read."""

    def end(self, source: str, outcome: Outcome) -> None:
        """Take note that a job is done, or has failed."""


@dataclass
class Report:
    """What came of a batch.

    Attributes
    ----------
    done, before : int
        Jobs that were done now, and those that had been done before.
    failed : dict of str
        Why, by source.
    left : int
        Jobs that were not done, for it was stopped.
    """

    done: int = 0
    before: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    left: int = 0


def run_batch(asked: Asked, watch: Watch | None = None) -> Report:
    """Do what is asked; return what came of it. Ctrl-C ends it, without traces of what ran.

    Raises
    ------
    LivemaskError
        If nothing of it can be done.
    """
    watch = watch or Watch()
    inputs = gather(asked.inputs, asked.out)
    hidden = asked.out.resolve() / HIDDEN
    with hold(hidden):
        partial = hidden / "partial"
        _remove(partial)
        try:
            return _Batch(asked, inputs, partial, watch).go()
        finally:
            _remove(partial)


def jobs_of(asked: Asked, inputs: Sequence[Input], partial: Path) -> list[Job]:
    """Return a job for each input."""
    options = json.loads(json.dumps(dict(asked.options), default=str))
    return [
        Job(str(item.file), str(partial / str(i)), _outputs(asked, item, stem), options)
        for i, (item, stem) in enumerate(zip(inputs, stems(inputs), strict=True))
    ]


def _outputs(asked: Asked, item: Input, stem: str) -> dict[str, str]:
    endings = dict(asked.kinds)
    if item.is_photo and "record" in endings:
        endings["record"] = ".png"
    return {kind: stem + ending for kind, ending in endings.items()}


class _Batch:
    """One batch."""

    def __init__(self, asked: Asked, inputs: Sequence[Input], partial: Path, watch: Watch) -> None:
        self._asked, self._partial, self._watch = asked, partial, watch
        self._out = asked.out.resolve()
        self._ledger = Ledger(partial.with_name("ledger.jsonl"), self._out)
        self._jobs = jobs_of(asked, inputs, partial)
        self._report = Report()
        self._stopped = threading.Event()
        _ = self._jobs[0].config  # refuses options that cannot be

    def go(self) -> Report:
        """Do all jobs that are left."""
        report = self._report
        left = [job for job in self._jobs if self._asked.overwrite or not self._ledger.has(job)]
        report.before = len(self._jobs) - len(left)
        self._watch.begin(len(left), report.before)
        with stop_on_signals(self._stopped.set):
            for job, outcome in self._work(list(self._free(left))):
                self._end(job, outcome)
        report.left = len(left) - report.done - len(report.failed)
        return report

    def _free(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """Yield the jobs whose outputs are not in the way of anything, ready to be begun."""
        for job in jobs:
            try:
                for name in job.outputs.values():
                    self._refuse_others(job, name)
                Path(job.folder).mkdir(parents=True)
            except (LivemaskError, OSError) as error:
                self._end(job, Outcome(error=reason(error)))
            else:
                yield job

    def _refuse_others(self, job: Job, name: str) -> None:
        file = self._out / name
        if file.resolve() == Path(job.source):
            raise UsageError(f"{file} is the input itself; name another --out.")
        if file.exists() and not (self._asked.overwrite or self._ledger.owns(name)):
            raise UsageError(f"{file} is there and not of this batch; move it, or add --overwrite.")

    def _work(self, jobs: list[Job]) -> Iterator[tuple[Job, Outcome]]:
        stopped: Callable[[], bool] = self._stopped.is_set
        if self._asked.scheduler is not None:
            return cluster.work(jobs, self._asked.scheduler, stopped)
        return pool.work(jobs, self._asked.processes, stopped, self._watch.frames)

    def _end(self, job: Job, outcome: Outcome) -> None:
        if not outcome.error:
            outcome = self._put_in_place(job, outcome)
        if outcome.trace:  # the log file only
            LOG.error("%s: %s", job.source, outcome.trace, extra={"elsewhere": True})
        if outcome.error:
            self._report.failed[job.source] = outcome.error
        else:
            self._report.done += 1
        _remove(Path(job.folder))
        self._watch.end(job.source, outcome)

    def _put_in_place(self, job: Job, outcome: Outcome) -> Outcome:
        """Move whole outputs to where they belong, and note them; return what came of it."""
        try:
            if outcome.frames == 0:
                raise SinkError("it has no frames.")
            for kind, name in job.outputs.items():
                place = self._out / name
                place.parent.mkdir(parents=True, exist_ok=True)
                job.partial(kind).replace(place)
            self._ledger.add(job)
        except (LivemaskError, OSError) as error:
            return Outcome(error=reason(error))
        return outcome


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
