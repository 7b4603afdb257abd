"""Finding faces in a photo: upright ones, then tilted ones, then small and mirrored ones."""

from typing import Any

import cv2
import numpy as np

from livemask.records import Array, Float64, Frame, UInt8
from livemask.tracking.searching import LOOK, NEAR, REDUCED, Search

TURNS = (30.0, -30.0, 60.0, -60.0, 90.0, -90.0, 120.0, -120.0, 150.0, -150.0, 180.0)
"""Degrees by which a photo without an upright face is turned: at each 40 most are missed."""

SMALL = 560
"""px: the long side of the copies that are turned."""

SURE = 0.3
"""Least score of a face for whose sake nothing else is tried; of a turned copy, of any."""

AROUND = 0.9
"""What is looked at on each side of a face's middle, in sides of its box."""


def find_faces(frame: Frame, detector: Any) -> list[Float64]:
    """Return the boxes (4,) of the faces in a picture, px, the largest first.

    The box of a tilted face lies about its middle, with sides along the picture's.
    """
    small, scale = _reduced(frame.image, REDUCED)
    if max((face[4] for face in detector.find(small)), default=-1.0) < SURE:
        smaller, ratio = _reduced(frame.image, SMALL)
        tilted = _tilted(detector, smaller)
        if tilted:
            return _in_frame(tilted, ratio)
    upright = Search(detector).find(frame)
    return upright or _in_frame(_mirrored(detector, small), scale)


def roll_of(frame: Frame, detector: Any, box: Float64) -> float:
    """Return how far the head in a box (4,) px is tilted, rad, anticlockwise as seen.

    To within some 20 degrees; 0 if the detector sees it upright, or not at all.
    """
    part, scale = _surroundings(frame.image, box)
    best, found = 0.0, 0.0
    for degrees in (0.0, *TURNS):
        score = _middle_score(detector, _turned(part, degrees)[0], scale * (box[2] - box[0]))
        if score > best:
            best, found = score, degrees
        if degrees == 0.0 and best > SURE:
            break
    return float(np.radians(found))


def _tilted(detector: Any, small: UInt8) -> list[Float64]:
    """Return the boxes of the turned copy in which a face is seen best."""
    best, boxes = SURE, list[Float64]()
    for degrees in TURNS:
        turned, back = _turned(small, degrees)
        faces = [face for face in detector.find(turned) if face[4] > SURE]
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
    middle, side = 0.5 * (box[:2] + box[2:]), float(box[2] - box[0])
    scale = min(1.0, LOOK / max(side, 1.0))
    size = max(round(2.0 * AROUND * side * scale), 2)
    place = np.array([[scale, 0.0, 0.0], [0.0, scale, 0.0]])
    place[:, 2] = 0.5 * (size - 1) - scale * middle
    part = cv2.warpAffine(
        image, place, (size, size), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(part, np.uint8), scale


def _middle_score(detector: Any, part: UInt8, side: float) -> float:
    """Return the score of the face in the middle of a picture; 0 if there is none."""
    middle = 0.5 * np.array(part.shape[1::-1])
    scores = [
        face[4]
        for face in detector.find(part)
        if np.abs(0.5 * (np.array(face[:2]) + face[2:4]) - middle).max() < NEAR * side
    ]
    return float(max(scores, default=0.0))


def _reduced(image: UInt8, side: int) -> tuple[UInt8, float]:
    scale = min(1.0, side / max(image.shape[:2]))
    if scale == 1.0:
        return image, 1.0
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
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


def _in_frame(boxes: list[Float64], scale: float) -> list[Float64]:
    """Return boxes of the reduced picture in px of the frame, the largest first."""
    grown = [(box + 0.5) / scale - 0.5 for box in boxes]
    return sorted(grown, key=lambda box: box[0] - box[2])
