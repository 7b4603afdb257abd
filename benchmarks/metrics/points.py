"""How far points are from the true ones, in shares of the size of the face."""

import numpy as np

from livemask.landmarks import JAW, eye_distance
from livemask.records import Float64


def box_size(points: Float64) -> float:
    """Return the root of the area of the box around `points` (n, 2), px."""
    return float(np.sqrt(np.prod(np.ptp(points, axis=0))))


def error(points: Float64, true: Float64, size: float, *, inner: bool = False) -> float:
    """Return the mean distance of `points` (68, 2), or of all but the jaw's, in units of `size`."""
    distance = np.linalg.norm(points - true, axis=1)
    return float(distance[JAW.stop if inner else 0 :].mean()) / size


def errors(points: Float64, true: Float64) -> tuple[float, float, float]:
    """Return NME by box, NME by eyes, and the inner points' by box (Sagonas et al. 2013)."""
    box = box_size(true)
    return (
        error(points, true, box),
        error(points, true, eye_distance(true)),
        error(points, true, box, inner=True),
    )
