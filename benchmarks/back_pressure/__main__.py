"""What a slow output costs the others: `python -m benchmarks.back_pressure [--rounds N]`.

The whole program runs, headless: a camera, tracking, drawing, and four
outputs: a film, a table, packets by VMC and one that only notes when frames come. Runs without a
slow output, with one that sleeps 200 ms a frame and with one that hangs for 5 s take turns, so
that whatever else the machine does hits all of them. Rates are of the frames that an output was
handed after the first seconds.
"""

from livemask.cli import set_environment

set_environment()  # before numpy: one BLAS thread, as in the program

import argparse  # noqa: E402
import csv  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from itertools import pairwise  # noqa: E402
from pathlib import Path  # noqa: E402
from statistics import median  # noqa: E402
from unittest.mock import patch  # noqa: E402

import av  # noqa: E402
import numpy as np  # noqa: E402

from benchmarks.back_pressure import sinks  # noqa: E402
from benchmarks.back_pressure.camera import Camera, filmed  # noqa: E402
from benchmarks.table import Table  # noqa: E402
from livemask import app  # noqa: E402
from livemask.config import Config  # noqa: E402

SETTLING = 3.0
"""s at the start that are not counted."""

CASES = {"none": (), "sleeps 200 ms": ("sleeper",), "hangs 5 s": ("staller",)}
OUTPUTS = ("noting", "film", "table", "packets")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=15.0, help="of a run")
    parser.add_argument("--rate", type=float, default=30.0, help="frames a second of the camera")
    parser.add_argument("--mask", default="textured")
    parser.add_argument("--size", default="640x480")
    given = parser.parse_args()
    width, height = map(int, given.size.split("x"))
    frames = filmed((width, height), given.rate, 150)
    found: dict[str, list[dict[str, float]]] = {case: [] for case in CASES}
    with _installed():
        for _ in range(given.rounds):
            for case, slow in CASES.items():
                found[case].append(
                    _run(Camera(frames, given.rate), slow, given.seconds, given.mask)
                )
    title = f"What outputs get of {given.rate:g} frames a second, {given.size}, {given.mask} mask"
    heads = ("slow output", *OUTPUTS, "longest gap, ms", "of those without, noting", "film")
    rows = [_row(case, found) for case in CASES]
    print(Table(title, heads, rows, digits=3).markdown())


def _row(case: str, found: dict[str, list[dict[str, float]]]) -> tuple[object, ...]:
    rates = [median(run[name] for run in found[case]) for name in (*OUTPUTS, "gap")]
    pairs = [
        median(a[name] / b[name] for a, b in zip(found[case], found["none"], strict=True))
        for name in ("noting", "film")
    ]
    return (case, *rates, *pairs)


def _run(camera: Camera, slow: tuple[str, ...], seconds: float, mask: str) -> dict[str, float]:
    """Return the rates of one run, and the longest time between two frames, ms."""
    sinks.NOTED.clear()
    with tempfile.TemporaryDirectory() as folder, _listening() as heard:
        film, table = Path(folder, "a.mp4"), Path(folder, "a.csv")
        config = Config(
            masks=(mask,),
            record=film,
            csv=table,
            vmc=f"127.0.0.1:{heard.getsockname()[1]}",
            sinks=("noting", *slow),
            headless=True,
            frames=round(seconds * camera.rate),
        )
        with patch.object(app, "open_any_source", lambda _: camera):
            app.run(config)
        with av.open(str(film)) as container:
            shown = [float(f.time or 0.0) for f in container.decode(video=0)]
        told = {float(row["timestamp"]) for row in csv.DictReader(table.open())}
        packets = _packets(heard)
    times = sinks.NOTED
    late = [t for t in times if t > times[0] + SETTLING]
    gap = 1000.0 * max(b - a for a, b in pairwise(late))
    rates = map(_rate, (times, shown, sorted(told), packets))
    return dict(zip(OUTPUTS, rates, strict=True)) | {"gap": gap}


def _rate(times: list[float]) -> float:
    late = [t for t in times if t > times[0] + SETTLING]
    return (len(late) - 1) / (late[-1] - late[0])


def _packets(heard: socket.socket) -> list[float]:
    """Return the times in the packets that came, s."""
    times = []
    while True:
        try:
            data = heard.recv(65536)
        except BlockingIOError:
            return sorted(set(times))
        at = data.find(b"/VMC/Ext/T\0")
        if at >= 0:
            times.append(float(np.frombuffer(data, ">f4", 1, at + 16)[0]))


@contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 24)
        heard.bind(("127.0.0.1", 0))
        heard.setblocking(False)
        yield heard


@contextmanager
def _installed() -> Iterator[None]:
    """Let the outputs of this bench be found, as those of an installed package are."""
    with tempfile.TemporaryDirectory() as folder:
        about = Path(folder, "livemask_bench-1.dist-info")
        about.mkdir()
        (about / "METADATA").write_text("Metadata-Version: 2.1\nName: livemask-bench\nVersion: 1\n")
        points = f"[livemask.sinks]\nslow = {sinks.__name__}\n"
        (about / "entry_points.txt").write_text(points)
        with patch.object(sys, "path", [*sys.path, folder]):
            yield


if __name__ == "__main__":
    main()
