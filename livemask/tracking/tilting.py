"""Looks for tilted heads: the detector knows upright ones, so the picture is turned for it."""

import math
from typing import Protocol

import cv2
import numpy as np

from livemask.records import Float64, UInt8

TILTS = (math.radians(35.0), math.radians(-35.0))
"""By how much the heads are tilted that are looked for, rad, anticlockwise as seen: the detector
sees those between 15 and 50 degrees then."""

SURE = 0.05
"""Least score of a face in a picture that was turned. What is only believed to be one has 0."""

APART = 0.6
"""Shares of a box by which two are apart that are of two faces."""


class Finder(Protocol):
    """The part of a detector that searches."""

    def find(
        self, image: UInt8, scale: float = 1.0, upsample: int = 0
    ) -> list[tuple[float, float, float, float, float]]:
        """Return boxes (left, top, right, bottom, score), px of `image`."""


def find_tilted(
    detector: Finder, image: UInt8, scale: float, known: list[Float64]
) -> list[Float64]:
    """Return (left, top, right, bottom) px of tilted heads, and of each its roll, rad.

    They are upright boxes about the middles of the heads, as regions are. Those that lie where
    one of the `known` boxes is are left out.
    """
    small = _resized(image, scale)
    ratio = np.array(image.shape[1::-1]) / small.shape[1::-1]
    found = [face for roll in TILTS for face in _in_one(detector, small, roll)]
    tilted: list[Float64] = []
    for _, box in sorted(found, key=lambda face: -face[0]):
        box[:4] = (box[:4] + 0.5) * np.tile(ratio, 2) - 0.5
        if not any(_are_one(box, other) for other in known + tilted):
            tilted.append(box)
    return tilted


def _in_one(detector: Finder, image: UInt8, roll: float) -> list[tuple[float, Float64]]:
    """Return the scores and boxes (5,) of heads that are upright when `roll` is taken back."""
    height, width = image.shape[:2]
    cosine, sine = abs(math.cos(roll)), abs(math.sin(roll))
    size = round(width * cosine + height * sine), round(width * sine + height * cosine)
    middle = 0.5 * (width - 1), 0.5 * (height - 1)
    turn = np.array(cv2.getRotationMatrix2D(middle, -math.degrees(roll), 1.0), np.float64)
    turn[:, 2] += 0.5 * (np.array(size) - 1.0) - middle
    back = np.array(cv2.invertAffineTransform(turn), np.float64)
    faces = []
    turned = np.asarray(cv2.warpAffine(image, turn, size), np.uint8)
    for left, top, right, bottom, score in detector.find(turned):
        centre = back @ (0.5 * (left + right), 0.5 * (top + bottom), 1.0)
        half = 0.5 * np.array([right - left, bottom - top])
        inside = (centre >= 0.0).all() and (centre <= (width, height)).all()
        if score >= SURE and inside:  # the corners that the turn has left are no picture
            faces.append((score, np.array([*(centre - half), *(centre + half), roll])))
    return faces


def _are_one(box: Float64, other: Float64) -> bool:
    apart = 0.5 * np.abs(box[:2] + box[2:4] - other[:2] - other[2:4]).max()
    return bool(apart < APART * max(box[2] - box[0], other[2] - other[0]))


def _resized(image: UInt8, scale: float) -> UInt8:
    if scale == 1.0:
        return image
    size = round(image.shape[1] * scale), round(image.shape[0] * scale)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
