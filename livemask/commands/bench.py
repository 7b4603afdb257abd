"""`livemask bench`: how quick this machine is, and which settings suit it."""

import json
from typing import TYPE_CHECKING, Any

import rich_click as click

from livemask.commands.console import ERRORS, say
from livemask.commands.types import FILE, Size

if TYPE_CHECKING:
    from livemask.bench.measured import Cost, Measured

VERSION = 1
"""Of the JSON; it grows when a field is renamed or changes its meaning, not when one is added."""


@click.command()
@click.option("--source", default="0", metavar="S", help="As of `run`; also `performer`.")
@click.option("--seconds", default=10.0, type=click.FloatRange(1.0, 600.0), help="How long.")
@click.option("--mask", default="textured", metavar="NAME[,key=value]", help="What is worn.")
@click.option("--size", type=Size(), help="Size of the picture, asked of a camera.")
@click.option("--model", default="head", metavar="M", help="Head model: a name or file.")
@click.option("--landmarks", type=FILE, help="Another dlib model of the 68 points.")
@click.option("--json", "as_json", is_flag=True, help="Tell it as JSON, for other programs.")
def bench(seconds: float, mask: str, as_json: bool, **options: Any) -> None:
    """Measure this machine on your camera, and tell which settings suit it.

    No picture is kept or sent: the last few are held in memory until it ends.
    """
    from livemask.bench.trial import trial
    from livemask.config import Config

    config = Config(masks=(mask,), **options)
    with ERRORS.status("getting ready", spinner="line") as status:
        measured = trial(config, seconds, lambda doing: status.update(f"{doing}..."))
    if as_json:
        say(json.dumps(report(measured), indent=2))
    else:
        _print(measured)


def report(measured: "Measured") -> dict[str, Any]:
    """Return everything as JSON has it."""
    from livemask.bench.advice import advice, limit

    def told(cost: "Cost") -> dict[str, float]:
        steps = {"track_ms": cost.track, "draw_ms": cost.draw, "fps": cost.rate(measured.cores)}
        return {name: round(value, 2) for name, value in steps.items()}

    stages = {n: {"median_ms": t.median, "p95_ms": t.p95} for n, t in measured.stages.items()}
    return {
        "version": VERSION,
        "size": list(measured.size),
        "cores": measured.cores,
        "source_fps": measured.wanted,
        "fps": measured.reached,
        "possible_fps": round(measured.cost.rate(measured.cores), 1),
        "limited_by": limit(measured),
        "frames": measured.frames,
        "tracked": measured.tracked,
        "dropped": measured.dropped,
        "peak_memory_mb": measured.memory,
        "stages": stages,
        "masks": {name: told(cost) for name, cost in measured.masks.items()},
        "sizes": {f"{w}x{h}": told(cost) for (w, h), cost in measured.sizes.items()},
        "record_ms": None if measured.recording is None else round(measured.recording[0], 2),
        "advice": advice(measured),
    }


def _print(measured: "Measured") -> None:
    from livemask.bench.advice import advice

    width, height = measured.size
    seen = f"{measured.frames} pictures of {width}x{height}, a face in {measured.tracked}"
    machine = f"{measured.cores} cores, {measured.memory:.0f} MB at most"
    say(f"{seen}, {measured.dropped} dropped; {machine}.")
    say(f"{'stage':<12}{'median':>8}{'95 %':>8}  ms")
    for name, taken in measured.stages.items():
        say(f"{name:<12}{taken.median:8.2f}{taken.p95:8.2f}")
    for line in advice(measured):
        say(f"- {line}")
