"""Finding faces in a photo: upright ones, then tilted ones, then small and mirrored ones."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from livemask.records import Array, Float64, Frame, UInt8
from livemask.tracking.searching import FULL, LOOK, MINIMUM, NEAR, REDUCED

Found = tuple[float, float, float, float, float]

TURNS = (30.0, -30.0, 60.0, -60.0, 90.0, -90.0, 120.0, -120.0, 150.0, -150.0, 180.0)
"""Degrees by which a photo without an upright face is turned: at each 40 most are missed."""

SMALL = 560
"""px: the long side of the copies that are turned."""

SURE = 0.3
"""Least score of a face for whose sake nothing else is tried; of a turned copy, of any."""

LONG = 3.0
"""A picture that is so many times as long as wide is looked at part by part."""

SAME = 0.5
"""Sides of a box by which two of one face may be apart."""

AROUND = 0.9
"""What is looked at on each side of a face's middle, in sides of its box."""


def find_faces(frame: Frame, detector: Any) -> list[Float64]:
    """Return the boxes (4,) of the faces in a picture, px, the largest first.

    The box of a tilted face lies about its middle, with sides along the picture's.
    """
    height, width = frame.image.shape[:2]
    if max(height, width) > LONG * min(height, width):
        return _largest_first(_in_strips(frame.image, detector))
    small, scale = _reduced(frame.image, REDUCED)
    faces = detector.find(small)
    sure = _in_frame(_boxes(faces, SURE), scale)
    sure = _with(sure, _closer(frame.image, detector))
    if not sure:
        smaller, ratio = _reduced(frame.image, SMALL)
        sure = _in_frame(_tilted(detector, smaller), ratio)
    return _largest_first(
        sure
        or _in_frame(_boxes(faces), scale)
        or _hidden(frame.image, detector)
        or _in_frame(_mirrored(detector, small), scale)
    )


def _closer(image: UInt8, detector: Any) -> list[Float64]:
    """Return the faces that a larger copy of the picture shows beyond doubt."""
    full = min(1.0, FULL / max(image.shape[:2]))
    if full * max(image.shape[:2]) <= REDUCED:
        return []
    return _boxes(_finder(detector)(image, scale=full), SURE)


def _hidden(image: UInt8, detector: Any) -> list[Float64]:
    """Return doubtful and turned faces of a larger copy, else what shows when it is doubled."""
    full = min(1.0, FULL / max(image.shape[:2]))
    seen = _boxes(detector.find(image, scale=full))
    return seen or _boxes(detector.find(image, scale=full, upsample=1))


def _finder(detector: Any) -> Any:
    """Return what finds the faces that are beyond doubt: quicker, where a detector can do so."""
    return getattr(detector, "find_sure", detector.find)


def _in_strips(image: UInt8, detector: Any) -> list[Float64]:
    """Return the upright faces of a long picture, looked at part by part, each half over the next.

    Reduced as a whole it would show none of them.
    """
    side = 2 * min(image.shape[:2])
    seen: list[Float64] = []
    for start in range(0, max(image.shape[:2]), side // 2):
        wide = image.shape[1] > image.shape[0]
        part = image[:, start : start + side] if wide else image[start : start + side]
        if min(part.shape[:2]) < MINIMUM:
            continue
        small, scale = _reduced(np.ascontiguousarray(part), REDUCED)
        corner = (start, 0.0) if wide else (0.0, start)
        found = _in_frame(_boxes(detector.find(small)), scale)
        seen = _with(seen, [box + np.tile(corner, 2) for box in found])
    return seen


def _with(seen: list[Float64], more: list[Float64]) -> list[Float64]:
    """Return faces that are seen, and those of `more` that are none of them."""
    kept = list(seen)
    for box in more:
        middle, side = 0.5 * (box[:2] + box[2:]), box[2] - box[0]
        sides = [max(side, other[2] - other[0]) for other in kept]
        middles = [0.5 * (other[:2] + other[2:]) for other in kept]
        near = [np.abs(middle - m).max() < SAME * s for m, s in zip(middles, sides, strict=True)]
        if not any(near):
            kept.append(box)
    return kept


def roll_of(frame: Frame, detector: Any, box: Float64) -> float:
    """Return how far the head in a box (4,) px is tilted, rad, anticlockwise as seen.

    To within some 20 degrees; 0 if the detector sees it upright, or not at all.
    """
    part, scale = _surroundings(frame.image, box)
    best, found = 0.0, 0.0
    for degrees in (0.0, *TURNS):
        find = _finder(detector) if degrees else detector.find
        score = _middle_score(find, _turned(part, degrees)[0], scale * (box[2] - box[0]))
        if score > best:
            best, found = score, degrees
        if degrees == 0.0 and best > SURE:
            break
    return float(np.radians(found))


def _tilted(detector: Any, small: UInt8) -> list[Float64]:
    """Return the boxes of the turned copy in which a face is seen best."""
    find = _finder(detector)
    best, boxes = SURE, list[Float64]()
    for degrees in TURNS:
        turned, back = _turned(small, degrees)
        faces = [face for face in find(turned) if face[4] > SURE]
        score = max((face[4] for face in faces), default=0.0)
        if score > best:
            best, boxes = score, [_carried(back, np.array(face[:4])) for face in faces]
    return boxes


def _mirrored(detector: Any, small: UInt8) -> list[Float64]:
    last = small.shape[1] - 1
    faces = detector.find(np.ascontiguousarray(small[:, ::-1]))
    return [np.array([last - right, top, last - left, low]) for left, top, right, low, _ in faces]


def _surroundings(image: UInt8, box: Float64) -> tuple[UInt8, float]:
    """Return the square picture around a box, reduced to a face of `LOOK` px, and its scale."""
    middle, side = 0.5 * (box[:2] + box[2:]), max(float(box[2] - box[0]), 1.0)
    height, width = image.shape[:2]
    low = np.floor(middle - AROUND * side).astype(int)
    size = max(int(np.ceil(2.0 * AROUND * side)), 2)
    rows = np.clip(np.arange(low[1], low[1] + size), 0, height - 1)  # its border goes on beyond it
    columns = np.clip(np.arange(low[0], low[0] + size), 0, width - 1)
    part = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    part = part[rows - rows[0]][:, columns - columns[0]]
    return _reduced(part, max(round(size * LOOK / side), 2))


def _middle_score(find: Callable[[UInt8], list[Found]], part: UInt8, side: float) -> float:
    """Return the score of the face in the middle of a picture; 0 if there is none."""
    middle = 0.5 * np.array(part.shape[1::-1])
    scores = [
        face[4]
        for face in find(part)
        if np.abs(0.5 * (np.array(face[:2]) + face[2:4]) - middle).max() < NEAR * side
    ]
    return float(max(scores, default=0.0))


def _reduced(image: UInt8, side: int) -> tuple[UInt8, float]:
    scale = min(1.0, side / max(image.shape[:2]))
    if scale == 1.0:
        return image, 1.0
    size = [max(1, round(scale * edge)) for edge in image.shape[1::-1]]  # of a thin one, too
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), scale


def _turned(image: UInt8, degrees: float) -> tuple[UInt8, Array]:
    """Return a picture turned clockwise, on a canvas that holds it, and the way back (2, 3)."""
    if degrees == 0.0:
        return image, np.eye(2, 3)
    height, width = image.shape[:2]
    turn = np.array(cv2.getRotationMatrix2D((0.5 * width, 0.5 * height), -degrees, 1.0), np.float64)
    size = np.abs(turn[:, :2]) @ (width, height)
    turn[:, 2] += 0.5 * (size - np.array([width, height]))
    canvas = cv2.warpAffine(image, turn, tuple(np.ceil(size).astype(int).tolist()))
    return np.asarray(canvas, np.uint8), np.asarray(cv2.invertAffineTransform(turn))


def _carried(back: Array, box: Float64) -> Float64:
    """Return a box about where `back` (2, 3) takes its middle, px."""
    centre = back[:, :2] @ (0.5 * (box[:2] + box[2:])) + back[:, 2]
    half = 0.5 * (box[2:] - box[:2])
    return np.concatenate([centre - half, centre + half])


def _boxes(faces: list[Found], least: float = 0.0) -> list[Float64]:
    """Return the boxes of the faces that have a score of `least`."""
    return [np.array(face[:4]) for face in faces if face[4] >= least]


def _in_frame(boxes: list[Float64], scale: float) -> list[Float64]:
    """Return boxes of a reduced picture in px of the frame."""
    return [(box + 0.5) / scale - 0.5 for box in boxes]


def _largest_first(boxes: list[Float64]) -> list[Float64]:
    return sorted(boxes, key=lambda box: box[0] - box[2])
