"""Faces that are turned too far for dlib's frontal detector: a detector trained on rendered heads.

It is made by `tools/build_turned.py` from performers with known truth, as the frontal one was
made from photographs, and runs as quickly. What it finds is only a suggestion: it takes hair,
hands and corners of a picture for a profile now and then. The points that the predictor sees
there decide, for they follow the picture, not the suggestion.

References
----------
Dalal & Triggs, Histograms of oriented gradients for human detection, CVPR 2005.
King, Max-margin object detection, arXiv:1502.00046, 2015.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import dlib
import numpy as np

from livemask.landmarks import JAW, LEFT_EYE_OUTER, NOSE_TIP, RIGHT_EYE_OUTER
from livemask.records import Float64, UInt8
from livemask.resources import resource

DOUBTFUL = -0.52
"""Least score, of either detector, of what may be a face."""

LEAST_TURN = 0.33
"""Least turn of the points of a turned face, and least turn and score together. On stills: 0.34
to 1.3 together on faces, below 0.2 on a cartoon; points that look ahead on a cheek are below."""

SHIFT, STEADY = 0.08, 0.07
"""Shares of a box: by how much it is shifted to see whether the points stay, and of half the
face's height: how much they may scatter. On stills: mostly 0.01 to 0.06 on faces that look
ahead, 0.09 to 0.2 where there is none."""

SIDE = 1.06
"""Of the frontal detector's box, in roots of the area of the box around the points."""

Look = Callable[[Float64], Float64]
"""Returns the 68 points (68, 2) px that are seen in a region (left, top, right, bottom) px."""


class TurnedDetector:
    """Suggests faces that are turned by 25 to 80 degrees, to either side."""

    def __init__(self) -> None:
        self._hog = _trained()

    def run(self, grey: UInt8) -> list[tuple[Any, float, int]]:
        """Return boxes, scores, and the side the face is turned to: 1 to the image's right."""
        boxes, scores, kinds = self._hog.run(grey, 0, DOUBTFUL)
        sides = [1 if kind % 2 == 0 else -1 for kind in kinds]
        return list(zip(boxes, scores, sides, strict=True))


@lru_cache(maxsize=1)
def _trained() -> Any:
    return dlib.fhog_object_detector(str(resource("assets/turned.svm")))


def turn(points: Float64) -> float:
    """Return how far points (68, 2) px are turned to the image's right: about 0.8 tan(yaw).

    It is how far the tip of the nose is from the middle between the outer corners of the
    eyes, along the line through them, in half its length.
    """
    right, left = points[RIGHT_EYE_OUTER], points[LEFT_EYE_OUTER]
    across = left - right
    along = (points[NOSE_TIP] - 0.5 * (right + left)) @ across
    return float(2.0 * along / max(float(across @ across), 1e-9))


def believed(look: Look, box: Float64, score: float, side: int = 0) -> Float64 | None:
    """Return a better box of the face in `box`, or None if the points there are not a face's.

    Those of a frontal one (`side` 0) must stay where they are when the box is shifted. Those of
    one that is suggested as turned must be turned to that `side`: on a cheek the predictor sees
    a frontal face as well, so of several boxes the one with the most turned points is taken.
    """
    nearer = _around(look(box))
    if not side:
        return nearer if scatter(look, _around(look(_around(look(nearer))))) < STEADY else None
    step = SHIFT * np.array([1.0, 0.0, 1.0, 0.0]) * (box[2] - box[0])
    places = [box, box - step, box + step, nearer, _around(look(nearer))]
    turns = [side * turn(look(place)) for place in places]
    best = int(np.argmax(turns))
    return places[best] if min(turns[best], turns[best] + score) > LEAST_TURN else None


def scatter(look: Look, box: Float64) -> float:
    """Return the rms by which the points move when the box is shifted, in half their height."""
    step = SHIFT * (box[2] - box[0])
    shifts = [(0.0, 0.0), (step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)]
    seen = np.array([look(box + np.array([*shift, *shift])) for shift in shifts])
    moved = math.sqrt(float(((seen - seen.mean(0)) ** 2).sum(2).mean()))
    return moved / max(0.5 * float(np.ptp(seen[0][:, 1])), 1e-9)


def _around(points: Float64) -> Float64:
    """Return about the box that the frontal detector would give to a face with these points."""
    middle = points[JAW.stop :].mean(axis=0)
    half = 0.5 * SIDE * max(math.sqrt(float(np.ptp(points, axis=0).prod())), 4.0)
    return np.concatenate([middle - half, middle + half])
