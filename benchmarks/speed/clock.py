"""Times: of the clock on the wall and of the processor, contenders in turns."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from livemask.records import Frame
from livemask.statistics import Statistics

SETTLING = 0.25
"""Share of the frames at the start that are not counted: compiling, caches, a new identity."""

TURN = 10
"""Frames that a contender does in a row, so that it finds its own things in the caches."""


@dataclass
class Times:
    """Times of one thing, ms.

    Attributes
    ----------
    wall, cpu : list of float
        By the clock, which other programs make longer, and of the processor alone.
    """

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def percentile(self, q: float, *, cpu: bool = True) -> float:
        """Return a percentile, ms; nan of nothing."""
        values = self.cpu if cpu else self.wall
        return float(np.percentile(values, q)) if values else float("nan")

    @property
    def median(self) -> float:
        """Of the processor's times, ms."""
        return self.percentile(50)

    @property
    def mean(self) -> float:
        """Mean of the processor's times, ms."""
        return float(np.mean(self.cpu)) if self.cpu else float("nan")

    def summary(self) -> dict[str, float]:
        """Return what is written to the file."""
        told = {f"cpu_p{q}_ms": round(self.percentile(q), 4) for q in (10, 50, 95, 99)}
        told |= {f"wall_p{q}_ms": round(self.percentile(q, cpu=False), 4) for q in (50, 95, 99)}
        return {**told, "count": len(self.cpu)}


class Stopwatch(Statistics):
    """Statistics that keep all times of the stages, those of the thread's processor too."""

    def __init__(self) -> None:
        super().__init__()
        self.times: dict[str, Times] = {}

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the `with` block takes."""
        wall, cpu = time.perf_counter(), time.thread_time()
        yield
        times = self.times.setdefault(stage, Times())
        times.cpu.append(1000.0 * (time.thread_time() - cpu))
        times.wall.append(1000.0 * (time.perf_counter() - wall))


def side_by_side(
    contenders: dict[str, Callable[[Frame], Any]], frames: Sequence[Frame]
) -> dict[str, Times]:
    """Let each contender do every frame, in turns of `TURN`, and return their times.

    Who comes first changes. The processor's time is that of the whole process: some have
    threads of their own.
    """
    times = {name: Times() for name in contenders}
    names = list(contenders)
    for turn, start in enumerate(range(0, len(frames), TURN)):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            for number, frame in enumerate(frames[start : start + TURN], start):
                wall, cpu = time.perf_counter(), time.process_time()
                contenders[name](frame)
                if number >= SETTLING * len(frames):
                    times[name].cpu.append(1000.0 * (time.process_time() - cpu))
                    times[name].wall.append(1000.0 * (time.perf_counter() - wall))
    return times
