"""Where eyes, nose and mouth of a model are, with soft edges."""

import numpy as np
from scipy.spatial import cKDTree

from livemask import landmarks as ibug
from livemask.masks.face_mesh import smooth
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32

STEPS = 8
"""Points between two landmarks."""

_POINTS = np.arange(68)
_EYES = [(_POINTS[eye], True) for eye in (ibug.RIGHT_EYE, ibug.LEFT_EYE)]
_EYES += [(_POINTS[brow], False) for brow in (ibug.RIGHT_BROW, ibug.LEFT_BROW)]
_NOSE = [(_POINTS[27:31], False), (_POINTS[31:36], False), (_POINTS[[31, 30, 35]], False)]
_MOUTH = [(_POINTS[ibug.OUTER_LIPS], True), (_POINTS[ibug.INNER_LIPS], True)]

REGIONS = {"eyes": (_EYES, 5.0, 9.0), "nose": (_NOSE, 5.0, 9.0), "mouth": (_MOUTH, 3.5, 8.0)}
"""The lines of landmarks in each, closed or not; how far it goes beyond them, and how far from
there it fades, mm."""


def region(model: MorphableModel, part: str) -> Float32:
    """Return (n,) 1 on `part` (`eyes` with brows, `nose`, `mouth`), falling to 0 around it."""
    lines, whole, fading = REGIONS[part]
    points = np.concatenate([_line(model, of, closed) for of, closed in lines])
    if not len(points):
        return np.zeros(len(model.mean), np.float32)
    distance, _ = cKDTree(points).query(model.mean)
    return smooth((whole + fading - np.asarray(distance)) / fading).astype(np.float32)


def _line(model: MorphableModel, of: Array, closed: bool) -> Array:
    """Return points (p, 3) along a line of landmarks; none if the model lacks one of them."""
    marks = model.landmark_vertices[of]
    if (marks < 0).any():
        return np.empty((0, 3))
    corners = model.mean[np.append(marks, marks[:1]) if closed else marks]
    at = np.linspace(0.0, len(corners) - 1.0, STEPS * (len(corners) - 1))
    known = np.arange(len(corners))
    return np.column_stack([np.interp(at, known, axis) for axis in corners.T])
