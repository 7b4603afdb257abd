"""What each mask costs to draw: `python -m benchmarks.masks [--only NAME...] [--json FILE]`.

One face, 300 px wide, that turns and talks, at 1280x720; no multisampling. Drawing is from the
scene to a finished picture on the GPU (or in software, on the CPU), layers is what the mask
itself computes, the frame is both and reading the picture back. The masks take turns of a few
frames, so that whatever else the machine does hits all of them; the least of each is what a
quiet machine takes. CPU is the time of the processor, of all threads.
"""

from livemask.cli import set_environment

set_environment()  # before numpy: one BLAS thread, as in the program

import argparse  # noqa: E402
import json  # noqa: E402
from collections.abc import Iterator, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from time import perf_counter, process_time  # noqa: E402
from typing import Any, NamedTuple  # noqa: E402

import cv2  # noqa: E402
import numpy as np  # noqa: E402

from benchmarks.table import Table  # noqa: E402
from livemask.geometry import project, rigid, rotation_matrix  # noqa: E402
from livemask.models import head  # noqa: E402
from livemask.morphable_model import MorphableModel, fit_landmarks  # noqa: E402
from livemask.plugins import create, ready  # noqa: E402
from livemask.records import Camera, Fit, Frame, Light, Scene, State, UInt8  # noqa: E402
from livemask.render.context import offscreen  # noqa: E402
from livemask.render.renderer import Renderer  # noqa: E402

SIZE, WIDTH = (1280, 720), 300
"""Of the picture, and how wide the face is from ear to ear; px."""

TURN, SETTLING = 5, 5
"""Frames that a mask has in a row; frames at the start that are not counted."""

GOAL = 12.0
"""ms of drawing, at least of them, in software on two cores."""

HEADS = (
    "mask", "drawing, least", "median", "CPU, least", "median", "layers, least", "median",
    "frame, least", "median", f"at most {GOAL:g} ms of drawing",
)  # fmt: skip
VARIANTS = (
    "watermelon,fruit=orange", "fruit-card,fruit=lemon",
    "avatar,character=elf", "avatar,character=dragon",
)  # fmt: skip
"""Those that cost something else than what they are a form of."""


class Times(NamedTuple):
    """Of one frame, ms."""

    drawing: float
    cpu: float
    layers: float
    frame: float


def fits(model: MorphableModel, count: int) -> list[Fit]:
    """Return a face that turns, talks and blinks in so many frames."""
    camera = Camera.from_field_of_view(SIZE)
    distance = -_distance(model, camera)
    jaw, *lids = (
        model.expression_names.index(name) for name in ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight")
    )
    found = []
    for phase in 2.0 * np.pi * np.arange(count) / 30.0:
        expression = np.zeros(len(model.expression_names))
        expression[jaw] = 0.3 - 0.3 * np.cos(3.0 * phase)
        expression[lids] = max(0.0, np.cos(phase)) ** 8
        turn = rotation_matrix(np.array([0.1 * np.sin(2.0 * phase), 0.5 * np.sin(phase), 0.0]))
        pose = rigid(turn, np.array([0.0, 0.0, distance]))
        nobody = np.zeros(len(model.identity))
        found.append(Fit(0, camera, pose, nobody, expression, 0.0, 1.0, State.TRACKED))
    return found


def _distance(model: MorphableModel, camera: Camera) -> float:
    """Return how far away a face is WIDTH px wide, mm."""
    still = np.zeros(len(model.identity)), np.zeros(len(model.expression_names))
    far = rigid(np.eye(3), np.array([0.0, 0.0, -600.0]))
    fit = Fit(0, camera, far, *still, 0.0, 1.0, State.TRACKED)
    jaw = project(camera, far, fit_landmarks(model, fit)[:17])
    return 600.0 * float(np.ptp(jaw[:, 0])) / WIDTH


def picture() -> UInt8:
    """Return a soft picture that no compression or cache finds easy."""
    coarse = np.random.default_rng(1).integers(60, 190, (9, 16, 3), np.uint8)
    image = np.asarray(cv2.resize(coarse, SIZE, interpolation=cv2.INTER_CUBIC), np.uint8)
    image.flags.writeable = False
    return image


def stopped(
    mask: Any, model: MorphableModel, renderer: Renderer, seen: Sequence[Fit], start: int
) -> Iterator[Times]:
    """Draw a mask on the fits, and yield what each took."""
    image, light = picture(), Light.default()
    for number, fit in enumerate(seen, start):
        frame = Frame(image, number / 30.0, number)
        renderer.finish()
        begin = perf_counter()
        layers = mask.layers(model, fit, frame, light, frame.time)
        made, cpu = perf_counter(), process_time()
        renderer.draw(Scene(frame, (fit,), layers, light))
        renderer.finish()
        drawn, spent = perf_counter(), process_time() - cpu
        renderer.read()
        yield Times(*(1e3 * t for t in (drawn - made, spent, made - begin, perf_counter() - begin)))


def measure(names: Sequence[str], frames: int) -> tuple[dict[str, list[Times]], str]:
    """Return the times of masks that take turns, and what draws them."""
    model = head.create()
    model.warm_up()
    masks, seen = {name: create("masks", name) for name in names}, fits(model, SETTLING + frames)
    times: dict[str, list[Times]] = {name: [] for name in names}
    with offscreen() as context:
        renderer = Renderer(context, samples=0)
        for start in range(0, len(seen), TURN):
            for name, mask in masks.items():
                turn = seen[start : start + TURN]
                times[name] += stopped(mask, model, renderer, turn, start)
        renderer.close()
        return {name: found[SETTLING:] for name, found in times.items()}, context.description


def wanted(only: Sequence[str]) -> list[str]:
    """Return the masks to measure, the bare video first: all that need no file, or `only`."""
    names = only or (*ready("masks"), *VARIANTS)
    return ["none", *(name for name in names if name != "none")]


def row(name: str, times: Sequence[Times]) -> list[str | float]:
    """Return a row of the table."""
    columns = np.array(times).T
    numbers = [float(of(column)) for column in columns for of in (np.min, np.median)]
    return [name, *numbers, "yes" if numbers[0] <= GOAL else "no"]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], help="NAME[,key=value...]")
    parser.add_argument("--frames", type=int, default=60, help="of each mask")
    parser.add_argument("--json", type=Path, help="write the numbers to a file, too")
    given = parser.parse_args()
    cv2.setNumThreads(1)  # as in a run
    times, description = measure(wanted(given.only), given.frames)
    rows = [row(name, found) for name, found in times.items()]
    note = f"ms, 1280x720, a face of {WIDTH} px, {given.frames} frames each, {description}."
    table = Table("Masks", HEADS, rows, note, digits=1)
    print(table.markdown())
    if given.json:
        given.json.write_text(json.dumps(table.json(), indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
