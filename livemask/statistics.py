"""Statistics of a run: how long each stage took, how often a face was seen."""

import json
import os
import random
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from livemask.errors import SinkError
from livemask.records import Fit, State

RECENT = 120
"""Frames of which each stage's latest times are kept, and the frames' own."""

_KEPT = 4096  # samples per stage: the p95 is then good to about one percentile


class Statistics:
    """Counts and times of a run; any thread may add to it. Its memory does not grow.

    Parameters
    ----------
    clock : function, optional
        Returns the present time, s.

    Attributes
    ----------
    quality : str
        What is left out of the frames that come through now, see `quality.Level.name`.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._samples: dict[str, _Sample] = {}
        self._recent: dict[str, deque[float]] = {}
        self._moments: deque[float] = deque(maxlen=RECENT)
        self._frames: Counter[State] = Counter()
        self._qualities: Counter[str] = Counter()
        self.quality = ""
        self._dropped: Counter[str] = Counter()
        self._span: tuple[float, float] | None = None
        self._lock = threading.Lock()

    def add(self, stage: str, ms: float) -> None:
        """Note that a stage took `ms` milliseconds for one frame."""
        with self._lock:
            self._samples.setdefault(stage, _Sample()).add(ms)
            self._recent.setdefault(stage, deque(maxlen=RECENT)).append(ms)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the time that the `with` block takes."""
        started = self._clock()
        yield
        self.add(stage, 1000.0 * (self._clock() - started))

    def frame(self, fits: Iterable[Fit]) -> None:
        """Count a frame that has come through: tracked if any of its faces is, else held..."""
        states = {fit.state for fit in fits}
        state = next((s for s in (State.TRACKED, State.HELD) if s in states), State.LOST)
        now = self._clock()
        with self._lock:
            self._frames[state] += 1
            self._qualities[self.quality] += 1
            self._moments.append(now)
            self._span = (self._span[0] if self._span else now, now)

    @property
    def frames(self) -> int:
        """How many frames have come through."""
        with self._lock:
            return self._frames.total()

    @property
    def recent(self) -> dict[str, tuple[float, ...]]:
        """The latest times of each stage, ms, the newest last."""
        with self._lock:
            return {stage: tuple(times) for stage, times in self._recent.items()}

    @property
    def rate(self) -> float:
        """Frames per second that have come through of late."""
        with self._lock:
            moments = tuple(self._moments)[-30:]
        passed = moments[-1] - moments[0] if moments else 0.0
        return (len(moments) - 1) / passed if passed > 0.0 else 0.0

    def dropped(self, stage: str, frames: int) -> None:
        """Count frames that came too fast for a stage."""
        with self._lock:
            self._dropped[stage] += frames

    def summary(self) -> dict[str, Any]:
        """Return everything as it is written to the file."""
        with self._lock:
            return {
                "stages": {name: sample.summary() for name, sample in self._samples.items()},
                "fps": self._fps(),
                "frames": {
                    "total": self._frames.total(),
                    **{str(state): self._frames[state] for state in State},
                },
                "quality": {name or "everything": n for name, n in self._qualities.items()},
                "dropped": {"total": self._dropped.total(), **self._dropped},
                "peak_memory_mb": round(peak_memory() / 1e6, 1),
            }

    def write(self, file: Path) -> None:
        """Write `summary` to a JSON file: all of it or nothing.

        Raises
        ------
        SinkError
            If the file cannot be written.
        """
        partial = file.with_name(f".{file.name}.partial")
        try:
            partial.write_text(json.dumps(self.summary(), indent=2) + "\n", "utf-8")
            os.replace(partial, file)  # noqa: PTH105 - the same, spelt as what it does
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise SinkError(
                f"the statistics cannot be written to {file}: {error.strerror}. "
                "Name another file with --stats."
            ) from error

    def _fps(self) -> float | None:
        frames = self._frames.total()
        seconds = self._span[1] - self._span[0] if self._span else 0.0
        return round((frames - 1) / seconds, 2) if seconds > 0.0 else None


class _Sample:
    """A fair sample of a stream of numbers, of bounded size.

    References
    ----------
    Vitter, Random sampling with a reservoir, ACM TOMS 11(1), 1985, algorithm R.
    """

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[float] = []
        self._random = random.Random(0)  # noqa: S311 - which are kept is no secret

    def add(self, value: float) -> None:
        self.count += 1
        if len(self._kept) < _KEPT:
            self._kept.append(value)
        elif (place := self._random.randrange(self.count)) < _KEPT:
            self._kept[place] = value

    def summary(self) -> dict[str, float]:
        median, p95 = np.percentile(self._kept, [50, 95])
        return {
            "median_ms": round(float(median), 3),
            "p95_ms": round(float(p95), 3),
            "count": self.count,
        }


def peak_memory() -> int:
    """Return the most memory that this process has held so far, bytes."""
    if sys.platform == "win32":
        return _peak_memory_on_windows()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak  # Linux counts in KiB


def _peak_memory_on_windows() -> int:
    """Ask GetProcessMemoryInfo for PeakWorkingSetSize."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):  # PROCESS_MEMORY_COUNTERS of psapi.h
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            *((f"other{i}", ctypes.c_size_t) for i in range(7)),
        )

    counters = Counters(cb=ctypes.sizeof(Counters))
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    query = kernel.K32GetProcessMemoryInfo
    query.argtypes = (wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD)
    if not query(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb):
        raise ctypes.WinError()  # type: ignore[attr-defined]
    return int(counters.PeakWorkingSetSize)
