"""A long run at full speed with every cheap output on: `python -m benchmarks.endurance`.

The built-in performer plays without end: as a camera does, or with --film as fast as can be,
where every frame waits for the search. Told are how much the memory grows after the first
minute, how even the frames come, what was slow in the slowest of them, and what threads are
left at the end.
"""

import argparse
import gc
import math
import os
import signal
import tempfile
import threading
import time
from array import array
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import numpy as np

from benchmarks.table import Table
from livemask import app
from livemask.config import Config
from livemask.heap import keep_heap_small
from livemask.statistics import Statistics

SLOW = 100.0
"""ms between two frames beyond which it is told what took them."""

SHARE = 0.25
"""Of such a gap that a stage must have taken to be named."""

FIRST, EVERY, COURSE = 60.0, 10.0, 300.0
"""s before the memory counts, between two looks at it, and between two that are told."""


class Watch(Statistics):
    """Keeps how long each frame took, and what each stage took since the one before.

    So many `minutes` after the first frame it ends the run as SIGTERM does.
    """

    def __init__(self, minutes: float = math.inf) -> None:
        super().__init__()
        self._minutes = minutes
        self.threads = set(threading.enumerate())
        self.gaps = array("d")
        self.memory: list[tuple[float, float]] = []
        self.blame: Counter[str] = Counter()
        self.begun = self._last = time.perf_counter()
        self._stages: dict[str, float] = {}
        self._stolen = stolen()
        self._collecting = 0.0
        gc.callbacks.append(self._collected)

    def add(self, stage: str, ms: float) -> None:
        """Note what a stage took."""
        super().add(stage, ms)
        self._stages[stage] = max(self._stages.get(stage, 0.0), ms)

    def frame(self, fits: object) -> None:
        """Note that a frame has come through."""
        super().frame(fits)  # type: ignore[arg-type]
        now, last = time.perf_counter(), self._last
        self._last = now
        if self.frames == 1:
            self.begun = now
        else:
            self.gaps.append(1000.0 * (now - last))
            if self.gaps[-1] > SLOW and now - self.begun > FIRST:
                self._attribute(self.gaps[-1])
        self._stages = {}
        if now - self.begun > 60.0 * self._minutes:
            self._minutes = math.inf
            os.kill(os.getpid(), signal.SIGTERM)
        if not self.memory or now - self.begun - self.memory[-1][0] > EVERY:
            self.memory.append((now - self.begun, resident()))
            self._stolen = stolen()

    def _attribute(self, gap: float) -> None:
        """Blame what took a good part of a gap: stages, waiting for the processor, Python."""
        slow = [name for name, ms in self._stages.items() if ms > SHARE * gap]
        if stolen() > self._stolen:
            slow.append("another machine had the processor")
        self.blame.update(slow or ["nobody"])

    def _collected(self, phase: str, _: dict[str, int]) -> None:
        now = time.perf_counter()
        if phase == "start":
            self._collecting = now
        else:
            ms = 1000.0 * (now - self._collecting)
            self._stages["garbage collection"] = max(
                self._stages.get("garbage collection", 0.0), ms
            )


def resident() -> float:
    """Return the memory that this process holds now, MB; Linux only."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return float(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


def stolen() -> int:
    """Return for how long others had the processors of this virtual machine, in hundredths."""
    return int(Path("/proc/stat").read_text().split("\n")[0].split()[8])


def long_run(source: str, minutes: float, mask: str, size: tuple[int, int], folder: Path) -> Watch:
    """Run for so long and return what was seen; the outputs' files go into `folder`."""
    watch = Watch(minutes)
    config = Config(
        source=source,
        masks=(mask,),
        size=size,
        headless=True,
        csv=folder / "run.csv",
        livelink_csv=folder / "take.csv",
        vmc="",
        openseeface="",
        livelink="",
        opentrack="",
        stream=0,
        stats=folder / "stats.json",
    )
    try:
        with patch.object(app, "Statistics", lambda: watch):
            app.run(config)
    finally:
        gc.callbacks.remove(watch._collected)
    return watch


def tables(watch: Watch) -> list[Table]:
    """Return what a run has shown."""
    gaps = np.array(watch.gaps)
    later = [mb for at, mb in watch.memory if at >= FIRST] or [watch.memory[-1][1]]
    left = [t.name for t in threading.enumerate() if t not in watch.threads]
    p50, p99, p999 = np.percentile(gaps, [50, 99, 99.9])
    rows = [
        ["minutes", (watch.memory[-1][0]) / 60.0],
        ["frames", len(gaps) + 1],
        ["median of a frame, ms", p50],
        ["p99, ms", p99],
        ["p99.9, ms (goal: at most 100)", p999],
        ["greatest, ms", gaps.max()],
        [f"frames of over {SLOW:g} ms", int((gaps > SLOW).sum())],
        ["memory after the first minute, MB", later[0]],
        ["grown by the end, MB (goal: less than 20)", later[-1] - later[0]],
        ["most that it had grown, MB", max(later) - later[0]],
        ["threads left (goal: none)", ", ".join(left) or "none"],
    ]
    blamed = [[name, count] for name, count in watch.blame.most_common()]
    course = [[round(at / 60.0), mb] for at, mb in watch.memory[:: round(COURSE / EVERY)]]
    return [
        Table("A long run", ["what", "measured"], rows),
        Table("Its memory", ["minute", "MB"], course),
        Table(f"In frames of over {SLOW:g} ms", ["slow was", "frames"], blamed),
    ]


def main() -> None:
    """Run, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--mask", default="watermelon")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--film", action="store_true", help="every frame, as fast as can be")
    given = parser.parse_args()
    keep_heap_small()
    width, height = map(int, given.size.split("x"))
    with tempfile.TemporaryDirectory() as folder:
        source = "performer" if given.film else "performer,live=true"
        watch = long_run(source, given.minutes, given.mask, (width, height), Path(folder))
    for table in tables(watch):
        print(table.markdown())


if __name__ == "__main__":
    main()
