"""How many labelled pictures are made a second: `python -m benchmarks.synthesis [--count N]`.

Studios take turns of a few pictures in one process; processor time is that of its thread, and the
least of all turns is what a quiet machine takes. `--workers N` counts whole pictures with their
files as the program makes them, from when each process has made its first eight.
"""

from livemask.cli import set_environment

set_environment()  # before numpy: one BLAS thread, as in the program

import argparse  # noqa: E402
import os  # noqa: E402
import tempfile  # noqa: E402
from pathlib import Path  # noqa: E402
from time import perf_counter, thread_time  # noqa: E402

import cv2  # noqa: E402

from benchmarks.table import Table  # noqa: E402
from livemask.models import head  # noqa: E402
from livemask.synthesis.order import Order  # noqa: E402
from livemask.synthesis.storing import store  # noqa: E402
from livemask.synthesis.studio import Studio  # noqa: E402
from livemask.synthesis.synthesize import synthesize  # noqa: E402

TURN = 20
"""Pictures of a turn: so many that cuts of hair and backgrounds are mixed."""

ORDERS = {
    "256 px, all labels": Order(),
    "256 px, points, pose and mask": Order(labels=("points", "pose", "mask")),
    "128 px, all labels": Order(size=128),
    "512 px, all labels": Order(size=512),
}


def processor(count: int) -> list[list[object]]:
    """Return for each order the least and the mean processor time of a picture, ms."""
    cv2.setNumThreads(1)
    model = head.create()
    times: dict[str, list[float]] = {name: [] for name in ORDERS}
    with tempfile.TemporaryDirectory() as folder:
        for name, order in ORDERS.items():
            studio = Studio(order, model)
            for index in range(60):  # what is worn is made when it is first worn
                studio.picture(index)
            for start in range(0, count, TURN):
                before = thread_time()
                for index in range(start, start + TURN):
                    store(Path(folder) / name, order, index, studio.picture(index))
                times[name].append(1e3 * (thread_time() - before) / TURN)
    return [
        [name, min(t), sum(t) / len(t), 1e3 / min(t), 2e3 / min(t)] for name, t in times.items()
    ]


def rate(count: int, workers: int) -> list[object]:
    """Return how many pictures a second processes make, once each has begun."""
    marks: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        synthesize(count, Path(folder), workers=workers,
                   told=lambda done, _all: marks.append((done, perf_counter())))  # fmt: skip
    (first, begun), (last, ended) = marks[min(60 * workers, len(marks) // 2)], marks[-1]
    return [workers, count, (last - first) / (ended - begun), os.getloadavg()[0]]


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--workers", type=int, nargs="*", default=[])
    options = parser.parse_args()
    heads = ("pictures", "ms least", "ms mean", "a second on one core", "on two")
    print(Table("Processor time", heads, processor(options.count)).markdown())
    rows = [rate(options.count, workers) for workers in options.workers]
    if rows:
        heads = ("workers", "pictures", "a second", "load of the machine")
        print(Table("Whole runs", heads, rows).markdown())


if __name__ == "__main__":
    main()
