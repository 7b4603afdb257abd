"""What other masks, sizes and the encoder would cost, on a few pictures in memory."""

import math
import time
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import av
import cv2
import numpy as np

from livemask import plugins
from livemask.bench.measured import Cost, Size
from livemask.config import Config
from livemask.errors import SinkError
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Frame, Light, Output, Scene, UInt8
from livemask.render_stage import RenderStage
from livemask.sinks.film.coding import Coding, coding, configure
from livemask.sinks.film.planes import as_stored
from livemask.sinks.film.ticks import CLOCK
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.wardrobe import Wardrobe

HEIGHTS = (360, 480, 720, 1080)
"""px, of the sizes that are tried, in the proportions of the source."""

A = TypeVar("A")
B = TypeVar("B")

Spent = tuple[float, float]
"""ms by the clock, and of the processor."""

FIRST = 3
"""Pictures at the start that are not counted: what is made once is made there."""


def masks(
    outputs: Sequence[Output], model: MorphableModel, track: float, worn: str
) -> dict[str, Cost]:
    """Return what each mask costs; `track` ms is what all else takes that tracks.

    `worn` is a mask as on the command line; the others are tried without options.
    """
    names = dict.fromkeys([worn, *plugins.ready("masks", own=True)])
    return {name: _mask(outputs, model, track, name) for name in names if outputs}


def sizes(
    outputs: Sequence[Output], model: MorphableModel, worn: str, config: Config
) -> dict[Size, Cost]:
    """Return what pictures of other sizes than theirs cost, tracked and drawn."""
    if not outputs:
        return {}
    width, height = outputs[0].frame.size
    tried = [(2 * round(0.5 * width * h / height), h) for h in HEIGHTS if h != height]
    return {size: _size(outputs, size, model, worn, config) for size in tried}


def encoding(images: Sequence[UInt8 | None], rate: float) -> Spent | None:
    """Return what the recorder's encoder takes for a picture; None without one.

    What it makes is thrown away.
    """
    try:
        usual = coding(".mp4")
    except SinkError:
        return None
    pictures = [image for image in images if image is not None]
    if not pictures:
        return None
    first = as_stored(pictures[0], usual.pixels)
    codec = _encoder(usual, first.width, first.height, rate)

    def encode(number: int) -> None:
        frame = as_stored(pictures[number], usual.pixels)
        frame.pts, frame.time_base = round(number * CLOCK / rate), Fraction(1, CLOCK)
        codec.encode(frame)

    return _spent(encode, range(len(pictures)))[1]


def _encoder(usual: Coding, width: int, height: int, rate: float) -> Any:
    codec: Any = av.VideoCodecContext.create(usual.encoder, "w")
    codec.width, codec.height, codec.pix_fmt = width, height, usual.pixels
    codec.time_base = Fraction(1, CLOCK)
    codec.framerate = Fraction(rate).limit_denominator(1001)
    configure(codec, usual)
    return codec


def _mask(outputs: Sequence[Output], model: MorphableModel, track: float, name: str) -> Cost:
    wardrobe, light = Wardrobe.of([name]), Light.default()

    def dress(output: Output) -> Scene:
        layers = [
            layer
            for fit in output.fits
            for mask in wardrobe.masks(fit.id)
            for layer in mask.layers(model, fit, output.frame, light, output.time)
        ]
        return Scene(output.frame, output.fits, tuple(layers), light)

    scenes, (made, work) = _spent(dress, outputs)
    rest = max(track, 0.0)
    drawn = _drawn(scenes, model)
    return Cost(rest + made, drawn[0], work=rest + work + drawn[1])


def _size(
    outputs: Sequence[Output], size: Size, model: MorphableModel, worn: str, config: Config
) -> Cost:
    """Track and draw the pictures at another size."""
    detector = plugins.create("detectors", "dlib68", landmarks=config.landmarks)
    camera = Camera.from_field_of_view(size, math.radians(config.fov))
    stage = TrackStage(model, detector, camera, Wardrobe.of([worn]), Statistics())
    stage.warm_up()
    frames = [_resized(output.frame, size) for output in outputs]
    scenes, (track, work) = _spent(stage, frames)
    stage.close()
    drawn = _drawn(scenes, model)
    return Cost(track, drawn[0], work=work + drawn[1])


def _resized(frame: Frame, size: Size) -> Frame:
    image = np.ascontiguousarray(cv2.resize(frame.image, size), np.uint8)
    image.flags.writeable = False  # as of every source: the loops are compiled for that
    return Frame(image, frame.time, frame.index)


def _drawn(scenes: Iterable[Scene], model: MorphableModel) -> Spent:
    """Return what drawing a scene and reading it back takes."""
    render = RenderStage(lambda: model, Statistics())
    try:
        return _spent(render, scenes)[1]
    finally:
        render.close()


def _spent(function: Callable[[A], B], values: Iterable[A]) -> tuple[list[B], Spent]:
    """Return what `function` makes of `values`, and what it usually takes for one."""
    results, wall, work = [], [], []
    for value in values:
        started, worked = time.perf_counter(), time.process_time()
        results.append(function(value))
        wall.append(1000.0 * (time.perf_counter() - started))
        work.append(1000.0 * (time.process_time() - worked))
    return results, (_median(wall), _median(work))


def _median(taken: Sequence[float]) -> float:
    """Return the median without the first ones, unless there are no others."""
    return float(np.median(taken[FIRST:] or taken))
