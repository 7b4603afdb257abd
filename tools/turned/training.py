"""Trains dlib's HOG detector for turned faces: two ranges of yaw, each to either side."""

import math
from collections.abc import Sequence
from typing import Any

import dlib
import numpy as np

from livemask.records import Float64, UInt8
from tools.turned.pictures import Picture

RANGES = ((25.0, 56.0), (52.0, 84.0))
"""deg. One filter cannot be like both."""

WINDOW = 80
"""px: side of the filter; the smallest face that is seen."""

SLACK, NEAR_ENOUGH = 2.0, 0.04
"""The C of the support vector machine, and when to stop."""


def train(faces: Sequence[Picture], backs: Sequence[Picture]) -> Any:
    """Return a detector whose even filters see faces turned to the image's right.

    `backs` are heads without a face to be seen.
    """
    trained = []
    for low, high in RANGES:
        chosen = [(p.grey, p.box) for p in faces if low <= math.degrees(p.yaw) <= high]
        none = [p.grey for p in backs]
        trained.append(_of(chosen, none))
        flipped = [mirrored(grey, box) for grey, box in chosen]
        trained.append(_of(flipped, [np.ascontiguousarray(grey[:, ::-1]) for grey in none]))
    return dlib.simple_object_detector(trained)


def mirrored(grey: UInt8, box: Float64) -> tuple[UInt8, Float64]:
    """Return the picture of a face (h, w) and its box px as in a mirror."""
    last = grey.shape[1] - 1
    left, top, right, bottom = box
    flipped = np.ascontiguousarray(grey[:, ::-1])
    return flipped, np.array([last - right, top, last - left, bottom])


def _of(faces: list[tuple[UInt8, Float64]], none: list[UInt8]) -> Any:
    options = dlib.simple_object_detector_training_options()
    options.C, options.epsilon = SLACK, NEAR_ENOUGH
    options.detection_window_size, options.upsample_limit = WINDOW * WINDOW, 0
    options.add_left_right_image_flips, options.num_threads = False, 1
    greys = [grey for grey, _ in faces] + none
    boxes: list[list[Any]] = [[_rectangle(box)] for _, box in faces]
    return dlib.train_simple_object_detector(greys, boxes + [[] for _ in none], options)


def _rectangle(box: Float64) -> Any:
    left, top, right, bottom = (round(float(edge)) for edge in box)
    return dlib.rectangle(left, top, right - 1, bottom - 1)
