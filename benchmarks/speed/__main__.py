"""How quick everything is, beside others who do the same: `python -m benchmarks.speed`.

Every table is measured in one run in which the contenders take turns frame by frame, so that
whatever else the machine does hits all of them: trust the ratios. CPU is the time of the
processor, of the tracking thread or, side by side, of the process; it grows, too, where other
programs empty the caches, so that p10 tells what a quiet machine takes.
"""

from livemask.cli import set_environment

set_environment()  # before numpy: one BLAS thread, as in the program

import argparse  # noqa: E402
import json  # noqa: E402
from collections.abc import Callable, Iterable, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import cv2  # noqa: E402
import numpy as np  # noqa: E402

from benchmarks.speed import peers  # noqa: E402
from benchmarks.speed.clock import Stopwatch, Times, side_by_side  # noqa: E402
from benchmarks.speed.extras import FAST, levels  # noqa: E402
from benchmarks.speed.film import camera_of, crowd, film  # noqa: E402
from benchmarks.speed.goals import CHAIN, FIT, PREDICTOR, STAGE, STUDENT, goals  # noqa: E402
from benchmarks.speed.ours import Chain, stage_of, watch  # noqa: E402
from benchmarks.speed.starts import starts  # noqa: E402
from livemask.detectors import dlib68  # noqa: E402
from livemask.fitting.fitter import Fitter  # noqa: E402
from livemask.masks.face_mesh import FaceMesh, Look  # noqa: E402
from livemask.models import head  # noqa: E402
from livemask.morphable_model import MorphableModel  # noqa: E402
from livemask.records import Face, Frame  # noqa: E402

SIZES = ((320, 240), (640, 480), (1280, 720), (1920, 1080))
USUAL = SIZES[1]
PART = (640, 360)
STAGES = ("landmarks", "flow", "fit", "smooth", "mesh", "detect", "track, in all")

Told = dict[str, Any]


def print_table(heads: Iterable[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table in Markdown."""
    heads = list(heads)
    print(f"| {' | '.join(heads)} |\n{'| --- ' * len(heads)}|")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |")
    print(flush=True)


def print_times(title: str, times: dict[str, Times], against: str) -> Told:
    """Print contenders beside the one they are compared with."""
    print(f"### {title}\n")
    base = times[against].median
    rows = [
        (
            name,
            *(f"{t.percentile(q):.2f}" for q in (10, 50, 95, 99)),
            *(f"{t.percentile(q, cpu=False):.2f}" for q in (50, 95, 99)),
            f"{t.median / base:.2f}",
        )
        for name, t in times.items()
    ]
    clocks = [f"{clock} {what}" for clock in ("CPU", "wall") for what in ("median", "p95", "p99")]
    print_table(("ms", "CPU p10", *clocks, f"of {against}"), rows)
    return {name: t.summary() for name, t in times.items()}


def fits(frames: list[Frame], model: MorphableModel) -> Told:
    """Compare the fits alone, given the same points."""
    detector, camera = dlib68.create(), camera_of(frames)
    points, region = {}, np.zeros(4)
    for frame in frames:
        found = detector.find(frame.image)
        region = np.array(found[0][:4]) if found else region
        points[frame.index] = detector.detect(frame, region)
    ours = Fitter(model, camera)
    ours.warm_up()
    given: dict[str, Callable[..., Any]] = {
        FIT: lambda p: ours.fit(Face(0, p, 1.0)),
        STUDENT: peers.students_fit(model, 5),
        "student, 4 turns": peers.students_fit(model, 4),
        **peers.eos_fits(model, camera),
    }
    contenders = {name: (lambda f, do=do: do(points[f.index])) for name, do in given.items()}
    return print_times("The fit alone", side_by_side(contenders, frames), FIT)


def pipelines(frames: list[Frame], model: MorphableModel) -> Told:
    """Compare all that is done for a frame of 640x480, from the picture to mesh and normals."""
    camera = camera_of(frames)
    contenders = {
        CHAIN: Chain(model, camera, FaceMesh(model, Look()).model),
        "the same, the whole head's mesh": Chain(model, camera, model),
        STAGE: stage_of(model, camera, Stopwatch()),
        "student, the whole pipeline": peers.student(model),
        **peers.dlibs(frames),
        **peers.mediapipe(),
    }
    title = "From the picture to mesh and normals, one face, 640x480"
    return print_times(title, side_by_side(contenders, frames), CHAIN)


def extras(frames: list[Frame], model: MorphableModel) -> Told:
    """Tell what each extra of the fit adds to the track stage, and what all cost together."""
    camera = camera_of(frames)
    contenders = {
        PREDICTOR: peers.dlibs(frames)[PREDICTOR],
        CHAIN: Chain(model, camera, FaceMesh(model, Look()).model),
        **levels(model, camera, "textured"),
    }
    title = "The track stage by its extras, one face, 640x480, textured mask"
    return print_times(title, side_by_side(contenders, frames), FAST)


def sizes(seconds: float, model: MorphableModel) -> Told:
    """Tell what each stage takes, by the size of the picture."""
    print("### Stages by the size of the picture, one face, live, textured mask\n")
    told, rows = {}, []
    for size in SIZES:
        times, _ = watch(film(size, seconds), model)
        name = f"{size[0]}x{size[1]}"
        told[name] = {stage: t.summary() for stage, t in times.items()}
        quantiles = [
            "/".join(f"{times[s].percentile(q):.2f}" for q in (50, 95, 99)) if s in times else "-"
            for s in STAGES
        ]
        whole = times[STAGES[-1]]
        rows.append((name, *quantiles, f"{whole.percentile(99) / whole.median:.1f}"))
    print_table(("CPU ms, median/p95/p99", *STAGES, "p99 of median"), rows)
    return told


def faces(seconds: float, model: MorphableModel) -> Told:
    """Tell what further faces cost, in quarters of one picture of 1280x720."""
    print("### Further faces, each in a quarter of 1280x720, textured mask\n")
    films = [film(PART, seconds, seed) for seed in range(4)]
    told, rows, before, first = {}, [], 0.0, 0.0
    for count in range(1, 5):
        times, seen = watch(crowd(films, count), model, faces=count)
        whole = times[STAGES[-1]]
        # Means add up; medians do not, where much is done in but some of the frames.
        first = first or whole.mean
        own = whole.mean - before
        quantiles = [f"{whole.percentile(q):.2f}" for q in (50, 95, 99)]
        told_of = [f"{v:.2f}" for v in (whole.mean, own, own / first)]
        rows.append((count, f"{seen:.2f}", *quantiles, *told_of))
        told[str(count)] = {**whole.summary(), "tracked": seen, "of_the_first": own / first}
        before = whole.mean
    heads = (
        "faces", "tracked", "CPU median, ms", "p95", "p99", "mean", "this face", "of the first"
    )  # fmt: skip
    print_table(heads, rows)
    return told


def beginnings() -> Told:
    """Tell how long starts take."""
    print("### Starts, until a face can be masked\n")
    found = starts()
    steps = list(found[0][1]["steps"])
    rows = [
        (name, *(f"{s['steps'][step]:.2f}" for step in steps), f"{s['seconds']:.2f}",
         f"{s['peak'] / 1e6:.0f}")
        for name, s in found
    ]  # fmt: skip
    print_table(("s", *(s.partition(",")[0] for s in steps), "in all", "peak, MB"), rows)
    return dict(found)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of film")
    parser.add_argument("--only", nargs="*", help="fits, pipelines, extras, sizes, faces, starts")
    parser.add_argument("--json", type=Path, help="write the numbers to a file, too")
    given = parser.parse_args()
    cv2.setNumThreads(1)  # as in a run
    model = head.create()
    tables: dict[str, Callable[[], Told]] = {
        "fits": lambda: fits(film(USUAL, given.seconds), model),
        "pipelines": lambda: pipelines(film(USUAL, given.seconds), model),
        "extras": lambda: extras(film(USUAL, given.seconds), model),
        "sizes": lambda: sizes(given.seconds, model),
        "faces": lambda: faces(given.seconds, model),
        "starts": beginnings,
    }
    told = {name: make() for name, make in tables.items() if not given.only or name in given.only}
    print("### Goals\n")
    print_table(("what", "goal", "measured", "reached"), goals(told))
    if given.json is not None:
        given.json.write_text(json.dumps(told, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
