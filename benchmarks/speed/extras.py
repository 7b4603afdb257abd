"""What each extra of the fit adds: the track stage without any, with each alone, with all."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from benchmarks.speed.clock import Stopwatch
from benchmarks.speed.ours import stage_of
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Frame
from livemask.track_stage import TrackStage
from livemask.tracking.extras import LEVELS, Extras
from livemask.tracking.manner import Manner

FAST, FULL = "--fit fast", "--fit full"


def levels(model: MorphableModel, camera: Camera, mask: str) -> dict[str, Callable[[Frame], Any]]:
    """Return the contenders: track stages with one `mask` on."""
    stages: dict[str, Callable[[Frame], Any]] = {}
    for name, extras in _alone():
        stages[name] = _stage(model, camera, mask, extras)
    return stages


def _alone() -> Iterator[tuple[str, Extras]]:
    """Yield what is switched on: nothing, each by itself, all of the usual."""
    fast, full = LEVELS["fast"], LEVELS["full"]
    yield FAST, fast
    for field in fields(Extras):
        usual = getattr(full, field.name)
        if usual != getattr(fast, field.name):
            yield f"{FAST} and {field.name}", replace(fast, **{field.name: usual})
    yield FULL, full


def _stage(model: MorphableModel, camera: Camera, mask: str, extras: Extras) -> TrackStage:
    stage = stage_of(model, camera, Stopwatch(), mask, manner=Manner(fit="fast"))
    stage._extras = extras
    return stage
