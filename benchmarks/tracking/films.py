"""Films of people: who is tracked, and how calmly."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.metrics.finding import stretches
from benchmarks.metrics.jitter import jitter
from benchmarks.table import Cell, Table
from benchmarks.tracking.chain import Chain
from benchmarks.tracking.take import shown
from livemask.landmarks import JAW, eye_distance
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Camera, Float64, Frame
from livemask.sources.video import VideoSource

EMPTY = {
    "noface_then_face_960x540": ((0, 96), (168, 169)),
    "leaves_view_cif": ((192, 300),),
}
"""Frames of known films in which nobody is to be seen."""

STILL, NOISE = "talk_720p", 2.0
"""The film whose first frame is repeated with noise, and its deviation in steps of 8 bits."""

REPEATS, SETTLED = 90, 30


def tables(
    folder: Path,
    model: MorphableModel,
    detector: Any,
    names: tuple[str, ...],
    tell: Callable[[str], None],
) -> list[Table]:
    """Return the tables of the films of a folder, of all or of those with `names`."""
    heads = ("film", "frames", "tracked %", "false", "longest gap", "shown: jitter %", "detected %")
    rows: list[Sequence[Cell]] = []
    for film in sorted(folder.glob("*.mp4")):
        if names and film.stem not in names:
            continue
        tell(f"film {film.stem}")
        rows.append((film.stem, *_watched(film, model, detector)))
        if film.stem == STILL:
            rows.append((f"{STILL}, its first frame with noise", *_repeated(film, model, detector)))
    note = (
        "False: frames tracked where nobody is. Jitter: mean second difference of the inner 51 "
        "points, % of the distance between the outer corners of the eyes; movement included."
    )
    return [Table("Films", heads, rows, note)] if rows else []


def _watched(film: Path, model: MorphableModel, detector: Any) -> tuple[float | int, ...]:
    source = VideoSource(film)
    chain, found = Chain(model, Camera.from_field_of_view(source.size), detector), []
    while (frame := source.read()) is not None:
        found.append(_points(chain, frame, model))
    source.close()
    chain.close()
    tracked = _seen(np.array(found))
    empty = np.zeros(len(tracked), np.bool_)
    for start, end in EMPTY.get(film.stem, ()):
        empty[start:end] = True
    share, false = 100.0 * float(tracked[~empty].mean()), int(tracked[empty].sum())
    return len(tracked), share, false, *_calm(found, ~empty)


def _repeated(film: Path, model: MorphableModel, detector: Any) -> tuple[float | int | None, ...]:
    """Return the same of the first frame, again and again with other noise."""
    source = VideoSource(film)
    first = source.read()
    source.close()
    assert first is not None
    chain, found = Chain(model, Camera.from_field_of_view(first.size), detector), []
    for index in range(REPEATS):
        grain = np.random.default_rng([3, index]).standard_normal(first.image.shape, np.float32)
        image = np.clip(first.image + NOISE * grain, 0, 255).astype(np.uint8)
        found.append(_points(chain, Frame(image, index / 30.0, index), model))
    chain.close()
    there = np.ones(REPEATS - SETTLED, np.bool_)
    return REPEATS, None, None, *_calm(found[SETTLED:], there)


def _points(chain: Chain, frame: Frame, model: MorphableModel) -> Float64:
    """Return the points shown and those detected, (2, 68, 2) px."""
    fit, detected = chain(frame)
    nothing = np.full((68, 2), np.nan)
    return np.array([nothing, nothing] if fit is None else [shown(model, fit), detected])


def _seen(points: Float64) -> Array:
    """Return in which frames (n,) of (n, 2, 68, 2) points are shown."""
    return np.asarray(np.isfinite(points[:, 0]).all(axis=(1, 2)))


def _calm(found: list[Float64], there: Array) -> tuple[float, ...]:
    """Return the longest gap, frames, and the jitter of what is shown and detected, %."""
    points = np.array(found)
    missing = stretches(~_seen(points) & there)
    longest = max((end - start for start, end in missing), default=0)
    sizes = [eye_distance(p) for p in points[:, 0] if np.isfinite(p).all()]
    size = float(np.mean(sizes)) if sizes else float("nan")
    return longest, *(100.0 * jitter(points[:, i, JAW.stop :], size) for i in (0, 1))
