"""What a slow output costs the others: `python -m benchmarks.back_pressure [--pairs N]`.

The whole program runs, headless: a camera, tracking, drawing, and four outputs: a film, a table,
packets by VMC and one that only notes when frames come. While it runs, a slow output is switched on
and off again and again; the frames of each while it is on are compared with those just before and
after, so that whatever else the machine does hits both.
"""

from livemask.cli import set_environment

set_environment()  # before numpy: one BLAS thread, as in the program

import argparse  # noqa: E402
import csv  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from contextlib import contextmanager  # noqa: E402
from functools import partial  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402
from unittest.mock import patch  # noqa: E402

import av  # noqa: E402
import numpy as np  # noqa: E402

from benchmarks.back_pressure import sinks  # noqa: E402
from benchmarks.back_pressure.camera import Camera, filmed  # noqa: E402
from benchmarks.table import Table  # noqa: E402
from livemask import app  # noqa: E402
from livemask.config import Config  # noqa: E402
from livemask.outputs import Condition, Outputs  # noqa: E402

SETTLING = 5.0
"""s at the start that are not counted."""

TURN = 3.0
"""s for which a slow output is on, and off."""

CASES = {"sleeps 200 ms": "sleeper", "hangs 5 s": "staller"}
OUTPUTS = ("noting", "film", "table", "packets")
Windows = list[tuple[float, float, bool]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=20, help="how often it is on")
    parser.add_argument("--rate", type=float, default=30.0, help="frames a second of the camera")
    parser.add_argument("--mask", default="textured")
    parser.add_argument("--size", default="640x480")
    given = parser.parse_args()
    width, height = map(int, given.size.split("x"))
    frames = filmed((width, height), given.rate, 150)
    rows = []
    with installed():
        for case, slow in CASES.items():
            camera = Camera(frames, given.rate)
            seen, windows = _run(camera, slow, given.pairs, given.mask)
            rows += [(case, name, *_compared(seen[name], windows)) for name in OUTPUTS]
    title = (
        f"A slow output beside others: {given.rate:g} frames a second, {given.size}, {given.mask}"
    )
    heads = ("slow output", "other", "a second without", "with", "ratio", "standard error", "pairs")
    print(Table(title, heads, rows, digits=3).markdown())


def _compared(times: list[float], windows: Windows) -> tuple[float, float, float, float, int]:
    """Return the rates without and with, their ratio with its standard error, and how many."""
    at = np.array(times)
    rates = [np.count_nonzero((at >= a) & (at < b)) / (b - a) for a, b, _ in windows]
    ons = [i for i, (_, _, on) in enumerate(windows) if on and 0 < i < len(windows) - 1]
    off = np.array([0.5 * (rates[i - 1] + rates[i + 1]) for i in ons])
    on = np.array([rates[i] for i in ons])
    differences = (on - off) / off.mean()
    error = differences.std(ddof=1) / len(ons) ** 0.5
    return off.mean(), on.mean(), 1.0 + differences.mean(), error, len(ons)


def _run(
    camera: Camera, slow: str, pairs: int, mask: str
) -> tuple[dict[str, list[float]], Windows]:
    """Return when each output got frames, s of the camera, and when the slow one was on."""
    sinks.NOTED.clear()
    windows: Windows = []
    with tempfile.TemporaryDirectory() as folder, _listening() as (port, packets):
        film, table = Path(folder, "a.mp4"), Path(folder, "a.csv")
        config = Config(
            masks=(mask,),
            record=film,
            csv=table,
            vmc=f"127.0.0.1:{port}",
            sinks=("noting",),
            headless=True,
        )
        with (
            patch.object(app, "open_any_source", lambda _: camera),
            patch.object(app, "Outputs", partial(_switched, camera, slow, pairs, windows)),
        ):
            app.run(config)
        with av.open(str(film)) as container:
            shown = [float(f.time or 0.0) for f in container.decode(video=0)]
        told = sorted({float(row["timestamp"]) for row in csv.DictReader(table.open())})
    noted = [t - camera.begun for t in sinks.NOTED]
    return dict(zip(OUTPUTS, (noted, shown, told, sorted(packets)), strict=True)), windows


def _switched(
    camera: Camera, slow: str, pairs: int, windows: Windows, *given: Any, **options: Any
) -> Outputs:
    """Return the outputs of a run, of which a slow one is switched on and off by a thread."""
    outputs = Outputs(*given, **options)

    def switch() -> None:
        while time.perf_counter() < camera.begun + SETTLING:
            time.sleep(0.1)
        for turn in range(2 * pairs + 1):
            on = turn % 2 == 1
            if on:
                outputs.start(slow)
            start = time.perf_counter() - camera.begun
            time.sleep(TURN)
            windows.append((start, time.perf_counter() - camera.begun, on))
            if on:
                outputs.stop(slow)
                while outputs.states[slow].condition is Condition.ENDING:
                    time.sleep(0.05)
        camera.close()

    threading.Thread(target=switch, daemon=True).start()
    return outputs


@contextmanager
def _listening() -> Iterator[tuple[int, list[float]]]:
    """Yield a port of this machine, and a list of the times in the packets that come there, s."""
    times: list[float] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as heard:
        heard.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=_hear, args=(heard, times), daemon=True)
        thread.start()
        yield heard.getsockname()[1], times
        heard.sendto(b"", heard.getsockname())  # nothing more
        thread.join()


def _hear(heard: socket.socket, times: list[float]) -> None:
    while data := heard.recv(65536):
        at = data.find(b"/VMC/Ext/T\0")
        if at >= 0:
            times.append(float(np.frombuffer(data, ">f4", 1, at + 16)[0]))


@contextmanager
def installed() -> Iterator[None]:
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
