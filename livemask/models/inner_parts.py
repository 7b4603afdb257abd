"""Which vertices are eyeballs and which lie in the mouth, where a mesh has them in pieces."""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from livemask.landmarks import LEFT_EYE, OUTER_LIPS, RIGHT_EYE, eye_distance
from livemask.records import Array, Float64, Int32

NAMES = ("skin", "eyes", "teeth", "tongue", "mouth")

EYE_SIZE, EYE_REACH = 0.45, 0.30
"""Eye distances: an eyeball is no larger, and its middle is as near to that of the lids."""

MOUTH_REACH = 0.15
"""Eye distances beside, above and below the corners of the lips where teeth and gums lie."""


def inner_parts(mean: Array, triangles: Int32, landmarks: Array) -> dict[str, Int32]:
    """Return `MorphableModel.parts`, as far as the pieces of a mesh tell.

    A piece of the size of an eyeball behind lids is one; a piece behind the lips is `mouth`,
    as teeth and tongue cannot be told apart by where they lie; all else is skin.

    Parameters
    ----------
    mean : (n, 3) float
        Head frame.
    triangles : (t, 3) int32
        What hangs together is a piece.
    landmarks : (68,) int
        Vertices of the iBUG points, -1 where there is none.
    """
    number = _pieces(len(mean), triangles)
    largest = np.bincount(number).argmax()
    kinds = np.zeros(len(mean), np.int64)
    if landmarks[36] >= 0 and landmarks[45] >= 0:
        points = np.asarray(mean, np.float64)
        for piece in np.setdiff1d(number[triangles[:, 0]], largest):
            kinds[number == piece] = _kind(points, number == piece, np.asarray(landmarks))
    return {name: np.flatnonzero(kinds == i).astype(np.int32) for i, name in enumerate(NAMES)}


def _pieces(count: int, triangles: Int32) -> Array:
    """Return the (n,) number of the connected piece that each vertex is in."""
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]]])
    links = sparse.coo_array((np.ones(len(edges)), edges.T), shape=(count, count))
    return np.asarray(connected_components(links, directed=False)[1])


def _kind(points: Float64, piece: Array, landmarks: Array) -> int:
    """Return the place in `NAMES` of what a piece is."""
    low, high = points[piece].min(0), points[piece].max(0)
    middle, unit = 0.5 * (low + high), eye_distance(points[landmarks])
    for eye in (RIGHT_EYE, LEFT_EYE):
        lids = landmarks[eye][landmarks[eye] >= 0]
        near = len(lids) and np.linalg.norm(points[lids].mean(0) - middle) < EYE_REACH * unit
        if near and (high - low).max() < EYE_SIZE * unit:
            return NAMES.index("eyes")
    lips = landmarks[OUTER_LIPS][landmarks[OUTER_LIPS] >= 0]
    if len(lips) < 2:
        return 0
    first = points[lips].min(0)[:2] - MOUTH_REACH * unit
    last = points[lips].max(0)[:2] + MOUTH_REACH * unit
    behind = high[2] < points[lips, 2].max() + 0.02 * unit
    inside = bool((low[:2] > first).all() and (high[:2] < last).all() and behind)
    return NAMES.index("mouth") if inside else 0
