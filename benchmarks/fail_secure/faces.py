"""Where the faces of a film are, found without anything that livemask knows of them.

Every frame is searched by dlib's detectors, and by BlazeFace if its networks are installed.
Who is seen in one frame and not in the next is followed by their grey values, forwards and
backwards: in profile no detector finds them.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from livemask.detectors import dlib68, facemesh
from livemask.errors import ModelError
from livemask.records import Float64, UInt8
from livemask.sources.video import VideoSource

WIDEST = 1280
"""px; a larger picture is searched reduced."""

SAME = 0.5
"""Two boxes whose middles are nearer than this share of a box are of one face."""

PATCH, REACH = 48, 0.35
"""px of the picture of a face that is followed; how far it may move in a frame, in its sides."""

ALIKE, LONGEST = 0.75, 3.0
"""Correlation from one frame to the next; s for which somebody is followed whom nobody finds."""

LEAST_SCORE = 0.1
"""Of dlib's detectors: what is less sure is often a wall."""


def pictures(film: Path) -> Iterator[UInt8]:
    """Return the frames of a film."""
    source = VideoSource(film)
    try:
        while (frame := source.read()) is not None:
            yield frame.image
    finally:
        source.close()


def faces(film: Path, rate: float) -> list[list[Float64]]:
    """Return the boxes (left, top, right, bottom) px of the faces of every frame."""
    finders: list[Any] = [dlib68.create()]
    with suppress(ModelError):
        finders.append(facemesh.create())
    images = list(pictures(film))
    found = [_found(image, finders) for image in images]
    greys = [np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8) for image in images]
    ahead = _followed(greys, found, round(LONGEST * rate))
    back = _followed(greys[::-1], found[::-1], round(LONGEST * rate))[::-1]
    return [_apart([*a, *b, *c]) for a, b, c in zip(found, ahead, back, strict=True)]


def _found(image: UInt8, finders: list[Any]) -> list[Float64]:
    scale = min(1.0, WIDEST / max(image.shape))
    boxes = [box for finder in finders for box in finder.find(image, scale=scale)]
    return _apart([np.array(box[:4]) for box in boxes if box[4] > LEAST_SCORE])


def _apart(boxes: list[Float64]) -> list[Float64]:
    kept: list[Float64] = []
    for box in boxes:
        if not any(are_one(box, other) for other in kept):
            kept.append(box)
    return kept


def are_one(box: Float64, other: Float64) -> bool:
    """Whether two boxes are of one face."""
    apart = np.linalg.norm((box[:2] + box[2:] - other[:2] - other[2:]) / 2.0)
    return bool(apart < SAME * max(box[2] - box[0], other[2] - other[0]))


def _followed(greys: list[UInt8], found: list[list[Float64]], most: int) -> list[list[Float64]]:
    """Return who is in each frame and was found only before."""
    followed: list[list[Float64]] = [[]]
    held: list[tuple[Float64, int]] = []
    for at in range(1, len(greys)):
        held = [pair for pair in held if pair[1] < most] + [(box, 0) for box in found[at - 1]]
        moved = [(_moved(greys[at - 1], greys[at], box), age + 1) for box, age in held]
        held = [
            (box, age)
            for box, age in moved
            if box is not None and not any(are_one(box, other) for other in found[at])
        ]
        followed.append([box for box, _ in held])
    return followed


def _moved(before: UInt8, now: UInt8, box: Float64) -> Float64 | None:
    """Return the box of a face in the next frame, if it looks alike there."""
    scale = PATCH / (box[2] - box[0])
    side = box[2:] - box[:2]
    face = _cut(before, box, scale)
    place = _cut(now, np.concatenate([box[:2] - REACH * side, box[2:] + REACH * side]), scale)
    if face is None or place is None or (np.array(place.shape) <= np.array(face.shape)).any():
        return None
    alike = cv2.matchTemplate(place, face, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(alike)
    if best < ALIKE:
        return None
    step = np.array([x, y]) / scale - REACH * side
    return np.asarray(box + np.tile(step, 2))


def _cut(grey: UInt8, box: Float64, scale: float) -> UInt8 | None:
    """Return the reduced picture of a box that lies wholly within; what is beyond is its edge."""
    left, top, right, bottom = box
    size = round((right - left) * scale), round((bottom - top) * scale)
    inside = right > 0 and bottom > 0 and left < grey.shape[1] and top < grey.shape[0]
    if not inside or min(size) < 8:
        return None
    to_patch = np.array([[scale, 0.0, -scale * left], [0.0, scale, -scale * top]])
    return np.asarray(
        cv2.warpAffine(grey, to_patch, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE),
        np.uint8,
    )
