"""Trial: runs the stages of a live run on a source for a while, and keeps no picture.

Pictures come in their own time, those of a film too, and a late stage drops them, as live.
The last few stay in memory to try other masks, sizes and the encoder on; nothing is written.
"""

import os
import time
from collections import deque
from collections.abc import Callable
from contextlib import closing
from typing import Any

import cv2

from livemask.bench.measured import Measured, Taken
from livemask.bench.variants import encoding, masks, sizes
from livemask.config import Config
from livemask.pipeline import Pipeline, Slot
from livemask.reader import Reader
from livemask.records import Frame, Output
from livemask.render_stage import RenderStage
from livemask.signals import stop_on_signals
from livemask.start.playing import open_any_source
from livemask.start.preparing import Pictures, Preparation
from livemask.statistics import Statistics

KEPT = 16
"""Pictures for the variants."""

USUAL_RATE = 30.0
"""Pictures per second of a source that does not tell."""

Tell = Callable[[str], None]


def trial(config: Config, seconds: float, tell: Tell) -> Measured:
    """Measure `seconds` of the source of `config` with its first mask, then the variants.

    Parameters
    ----------
    config : Config
        Its outputs are not made.
    seconds : float
        From the first picture.
    tell : function
        Told what is being done.

    Raises
    ------
    LivemaskError
        If the source, the mask or the model cannot be had, or nothing can be drawn.
    """
    cv2.setNumThreads(1)  # as in a run
    statistics = Statistics()
    prepare = Preparation(config, statistics)
    with closing(open_any_source(config)) as source:
        track = prepare(lambda: Pictures(source.size, live=True), tell)
        tell(f"watching for {seconds:g} s")
        with closing(track):
            last, dropped = _run(source, track, prepare, statistics, seconds)
        size, rate = source.size, source.rate or USUAL_RATE
    model, mask = prepare.model, config.masks[0]
    assert model is not None  # noqa: S101 - for mypy
    summary = statistics.summary()
    base = summary["stages"].get("track", {}).get("median_ms", 0.0)
    mesh = summary["stages"].get("mesh", {}).get("median_ms", 0.0)
    tell("trying the masks")
    worn = masks(last, model, base - mesh, mask)
    tell("trying sizes")
    return Measured(
        size=size,
        wanted=rate,
        reached=summary["fps"],
        frames=summary["frames"]["total"],
        tracked=summary["frames"]["tracked"],
        dropped=dropped,
        cores=usable_cores(),
        memory=summary["peak_memory_mb"],
        stages=_taken(summary["stages"]),
        mask=mask,
        masks=worn,
        sizes=sizes(last, model, mask, config),
        recording=encoding([output.image for output in last], rate),
    )


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _taken(stages: dict[str, dict[str, float]]) -> dict[str, Taken]:
    """Return the times of the stages; how long a picture was waited for says nothing."""
    return {
        name: Taken(times["median_ms"], times["p95_ms"])
        for name, times in stages.items()
        if name != "read"
    }


def _run(
    source: Any, track: Any, prepare: Preparation, statistics: Statistics, seconds: float
) -> tuple[list[Output], int]:
    """Run as live; return the last outputs with a face, and how many pictures were dropped."""
    last: deque[Output] = deque(maxlen=KEPT)
    frames: Slot[Frame] = Slot()
    scenes: Slot[Any] = Slot()
    reader = Reader(source, watched=True)
    render = RenderStage(lambda: prepare.model, statistics)
    ends: list[float] = []

    def draw(scene: Any) -> None:
        output = render(scene)
        if output.fits:
            last.append(output)

    def poll() -> None:
        if reader.read_frames and not ends:
            ends.append(time.monotonic() + seconds)
        if ends and time.monotonic() >= ends[0]:
            pipeline.stop()

    pipeline = Pipeline(timed=statistics.add)
    pipeline.stage("read", reader, targets=(frames,), wake=source.close)
    pipeline.stage("track", track, frames, (scenes,))
    pipeline.stage("render", draw, scenes, close=render.close)
    with stop_on_signals(pipeline.stop):
        pipeline.run_until_done(poll)
    return list(last), frames.dropped + scenes.dropped
