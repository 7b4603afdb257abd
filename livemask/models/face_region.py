"""Where the face of a model ends that does not say so itself."""

import numpy as np
from scipy.spatial import cKDTree

from livemask.landmarks import CHIN, LEFT_EYE, RIGHT_BROW, RIGHT_EYE
from livemask.records import Array, Float32, Int32

FADE = 0.3
"""Share of the face's radius over which it fades."""

RIM = 12.0
"""mm from the rim of an open mesh over which it fades as well."""


def face_weight(mean: Float32, triangles: Int32, landmarks: Array) -> Float32:
    """Return (n,) float32: 1 on the face, falling to 0 at ears, hair line, neck and rim.

    The face is an egg around the middle between eyes and chin, as wide as the jaw, from
    below the chin to above the brows.

    Parameters
    ----------
    mean : (n, 3) float32
        Head frame, mm.
    triangles : (t, 3) int32
        Of an open mesh or a closed one.
    landmarks : (68,) int
        Vertices of the iBUG points, -1 where there is none. Without eyes, chin and both ends
        of the jaw nobody knows where the face ends: it is 0 everywhere then.
    """
    marks = np.where(landmarks[:, None] >= 0, mean[landmarks], np.nan).astype(np.float64)
    groups = (RIGHT_EYE, LEFT_EYE, slice(CHIN, CHIN + 1), slice(0, 1), slice(16, 17))
    if any((landmarks[group] < 0).all() for group in groups):
        return np.zeros(len(mean), np.float32)
    eyes = np.nanmean(np.concatenate([marks[RIGHT_EYE], marks[LEFT_EYE]]), 0)
    brows = np.nanmax(marks[RIGHT_BROW.start : LEFT_EYE.stop, 1])
    height = max(eyes[1] - marks[CHIN, 1], 1.0)
    middle = eyes[1] - 0.25 * height
    top = brows + 0.45 * height - middle
    bottom = 1.12 * (middle - marks[CHIN, 1])
    wide = max(0.5 * (marks[16, 0] - marks[0, 0]), 1.0)
    up = mean[:, 1] - middle
    radius = np.hypot((mean[:, 0] - eyes[0]) / wide, up / np.where(up > 0.0, top, bottom))
    inside = _smooth((1.0 - radius) / FADE)
    front = _smooth((mean[:, 2] - marks[[0, 16], 2].mean()) / (0.25 * wide))
    return (inside * front * _from_rim(mean, triangles)).astype(np.float32)


def _from_rim(mean: Float32, triangles: Int32) -> Array:
    """Return (n,) 0 at the outer rim of an open mesh, 1 from `RIM` mm inwards.

    Holes for eyes and mouth have rims too: only the rim far from the middle counts.
    """
    sides = np.sort(np.stack([triangles, np.roll(triangles, -1, 1)], 2).reshape(-1, 2), 1)
    edges, count = np.unique(sides, axis=0, return_counts=True)
    rim = mean[np.unique(edges[count == 1])].astype(np.float64)
    reach = np.abs(mean - mean.mean(0)).max(0)
    far = (np.abs(rim - mean.mean(0))[:, :2] > 0.6 * reach[:2]).any(1)
    if not far.any():
        return np.ones(len(mean))
    away, _ = cKDTree(rim[far]).query(mean)
    return _smooth(np.asarray(away) / RIM)


def _smooth(x: Array) -> Array:
    """Return the smooth step of `x` from 0 at 0 to 1 at 1."""
    t = np.clip(x, 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))
