"""How `--quality auto` keeps a camera's rate: `python -m benchmarks.quality [--masks NAME...]`.

The whole program runs, headless, on so many cores as are asked for, with a camera of the
performer; each mask first with `--quality high` and then with `auto`. An output notes when
pictures come. Told are the pictures of each stretch of time and what was left out when.
"""

from livemask.cli import set_environment

set_environment()  # before numpy: one BLAS thread, as in the program

import argparse  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402
import re  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from unittest.mock import patch  # noqa: E402

from benchmarks import masks  # noqa: E402
from benchmarks.back_pressure import __main__ as back_pressure  # noqa: E402
from benchmarks.back_pressure import sinks  # noqa: E402
from benchmarks.back_pressure.camera import Camera, filmed  # noqa: E402
from benchmarks.table import Table  # noqa: E402
from livemask import app  # noqa: E402
from livemask.config import Config  # noqa: E402
from livemask.models import head  # noqa: E402
from livemask.plugins import create  # noqa: E402
from livemask.quality import DRAWINGS, Choice  # noqa: E402
from livemask.render.context import offscreen  # noqa: E402
from livemask.render.renderer import Renderer  # noqa: E402

STEPS = {name: drawing for name, drawing in DRAWINGS.items() if not drawing.multisampled}
SETTLING = 1
"""Frames of a turn that are not counted: what is made anew is made in them."""

CHOICES: tuple[Choice, ...] = ("high", "auto")

_STEP = re.compile(r"quality (.+?): (.+)")


class Steps(logging.Handler):
    """Notes when the quality of a run changes, and to what."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[tuple[float, str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a message about it."""
        if found := _STEP.fullmatch(record.getMessage()):
            self.taken.append((time.perf_counter(), found[1], found[2]))


@dataclass(frozen=True, slots=True)
class Seen:
    """A run: when pictures came and what was left out from when on, s since the first picture."""

    pictures: list[float]
    steps: list[tuple[float, str, str]]


def run(camera: Camera, mask: str, choice: Choice, seconds: float) -> Seen:
    """Wear `mask` for so long after the first picture."""
    sinks.NOTED.clear()
    steps, log = Steps(), logging.getLogger("livemask")
    log.addHandler(steps)
    log.setLevel(logging.INFO)
    threading.Thread(target=_end, args=(camera, seconds), daemon=True).start()
    config = Config(masks=(mask,), quality=choice, sinks=("noting",), headless=True)
    try:
        with patch.object(app, "open_any_source", lambda _: camera):
            app.run(config)
    finally:
        log.removeHandler(steps)
    begun = sinks.NOTED[0]
    return Seen(
        [moment - begun for moment in sinks.NOTED],
        [(moment - begun, name, why) for moment, name, why in steps.taken],
    )


def _end(camera: Camera, seconds: float) -> None:
    while not sinks.NOTED:
        time.sleep(0.1)
    time.sleep(seconds)
    camera.close()


def rates(pictures: Sequence[float], seconds: float, stretches: int) -> list[float]:
    """Return the pictures a second in each of so many stretches of time."""
    width = seconds / stretches
    return [
        sum(i * width <= moment < (i + 1) * width for moment in pictures) / width
        for i in range(stretches)
    ]


def told(steps: Sequence[tuple[float, str, str]]) -> str:
    """Return in a cell what was left out when."""
    return "; ".join(f"{moment:.0f} s {name}" for moment, name, _ in steps) or "-"


def steps(names: Sequence[str], turns: int) -> Table:
    """Return what drawing each mask takes of the processor at each step, the least of all turns."""
    model = head.create()
    model.warm_up()
    seen, rows = masks.fits(model, masks.TURN), []
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        for name in names:
            mask = create("masks", name)
            least = dict.fromkeys(STEPS, float("inf"))
            for _ in range(turns):
                for step, drawing in STEPS.items():
                    renderer.drawing = drawing
                    times = list(masks.stopped(mask, model, renderer, seen, 0))[SETTLING:]
                    least[step] = min(least[step], *(one.cpu for one in times))
            rows.append((name, *least.values(), least["1/2 size"] / least["plain outlines"]))
        renderer.close()
    title = "Drawing, ms of the processor, by what is left out"
    return Table(title, ("mask", *STEPS, "1/2 size of all"), rows, digits=1)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--masks", nargs="*", default=["avatar", "watermelon", "gold"])
    parser.add_argument("--seconds", type=float, default=60.0, help="of each run")
    parser.add_argument("--stretches", type=int, default=4, help="of time, told by themselves")
    parser.add_argument("--rate", type=float, default=30.0, help="frames a second of the camera")
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--cores", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--steps", type=int, default=0, help="turns of each, instead of runs")
    given = parser.parse_args()
    if given.steps:
        print(steps(given.masks, given.steps).markdown())
        return
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.cores])
    width, height = map(int, given.size.split("x"))
    frames, rows = filmed((width, height), given.rate, 150), []
    with back_pressure.installed():
        for mask in given.masks:
            for choice in CHOICES:
                seen = run(Camera(frames, given.rate), mask, choice, given.seconds)
                kept = rates(seen.pictures, given.seconds, given.stretches)
                rows.append((mask, choice, *kept, told(seen.steps)))
    length = given.seconds / given.stretches
    stretches = [f"{i * length:.0f}-{(i + 1) * length:.0f} s" for i in range(given.stretches)]
    title = f"Pictures a second of {given.rate:g}, {given.size}, on {given.cores} cores"
    heads = ("mask", "quality", *stretches, "left out")
    print(Table(title, heads, rows, digits=1).markdown())


if __name__ == "__main__":
    main()
