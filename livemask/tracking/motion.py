"""What the motions of a face's points have in common, and what each does by itself.

The head moves all points alike: over one frame nearly as an affine map does. Most points hardly
do more, so that what flow tells of a single one beyond that is mostly noise of the picture. It is
believed by how much it stands out from that noise (Wiener 1949).
"""

import numpy as np
from numba import njit

from livemask.landmarks import INNER_LIPS, JAW, OUTER_LIPS
from livemask.records import Float64

NOISE = 0.5
"""px of the crop by which flow scatters."""

ROUNDS = 3


def stiffness() -> Float64:
    """Return how much each point (68,) tells of the head: lips and jaw move by themselves."""
    stiff = np.ones(68)
    stiff[JAW] = 0.3
    stiff[OUTER_LIPS] = stiff[INNER_LIPS] = 0.1
    return stiff


def calmed(points: Float64, moves: Float64, trust: Float64) -> tuple[Float64, Float64]:
    """Return `moves` without the noise, and how far each point moves by itself.

    Parameters
    ----------
    points, moves : (68, 2) float64
        Where they were and by how much flow says that they moved, px of the crop.
    trust : (68,) float64
        How far each move is believed, 0 to 1.

    Returns
    -------
    (68, 2) float64, (68,) float64
        px of the crop.
    """
    calm, own = np.empty((68, 2)), np.zeros(68)
    # One memory layout whatever the detector's: another would be compiled for, in mid-show.
    start, moved = (np.ascontiguousarray(values, np.float64) for values in (points, moves))
    _calm(start, moved, trust * _STIFF, calm, own)
    return calm, own


_STIFF = stiffness()


@njit(cache=True, nogil=True)
def _calm(points, moves, weights, calm, own):  # type: ignore[no-untyped-def]
    """Write to `calm` the moves, and to `own` their distance from the common one.

    The common move is the affine one that most agree on: iterated least squares with Cauchy's
    weights (Holland & Welsch 1977).
    """
    map_ = np.zeros((2, 3))
    for _ in range(ROUNDS):
        _affine(points, moves, weights, own, map_)
        for i in range(points.shape[0]):
            off = 0.0
            for a in range(2):
                common = map_[a, 0] + map_[a, 1] * points[i, 0] + map_[a, 2] * points[i, 1]
                off += (moves[i, a] - common) ** 2
            own[i] = off**0.5
    for i in range(points.shape[0]):
        kept = own[i] ** 2 / (own[i] ** 2 + NOISE**2)
        for a in range(2):
            common = map_[a, 0] + map_[a, 1] * points[i, 0] + map_[a, 2] * points[i, 1]
            calm[i, a] = common + kept * (moves[i, a] - common)


@njit(cache=True, nogil=True)
def _affine(points, moves, weights, own, map_):  # type: ignore[no-untyped-def]
    """Write to `map_` (2, 3) what moves the points best: offset, by x and by y, of each."""
    total, mean = 1e-9, np.zeros(4)
    for i in range(points.shape[0]):
        w = weights[i] / (1.0 + (own[i] / NOISE) ** 2)
        total += w
        for a in range(2):
            mean[a] += w * points[i, a]
            mean[2 + a] += w * moves[i, a]
    mean /= total
    xx, xy, yy, by = 1e-3, 0.0, 1e-3, np.zeros((2, 2))
    for i in range(points.shape[0]):
        w = weights[i] / (1.0 + (own[i] / NOISE) ** 2)
        x, y = points[i, 0] - mean[0], points[i, 1] - mean[1]
        xx, xy, yy = xx + w * x * x, xy + w * x * y, yy + w * y * y
        for a in range(2):
            by[a, 0] += w * x * (moves[i, a] - mean[2 + a])
            by[a, 1] += w * y * (moves[i, a] - mean[2 + a])
    size = xx * yy - xy * xy
    for a in range(2):
        map_[a, 1] = (yy * by[a, 0] - xy * by[a, 1]) / size
        map_[a, 2] = (xx * by[a, 1] - xy * by[a, 0]) / size
        map_[a, 0] = mean[2 + a] - map_[a, 1] * mean[0] - map_[a, 2] * mean[1]
