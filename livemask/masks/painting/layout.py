"""The layout of a painting: a square that the face fills, the same for every model.

Longitude and latitude about a point within the head, the cheeks drawn together a little, so
that a face on the square has about its own proportions. Then a thin plate spline (Bookstein
1989) moves the model's landmarks to `PLACES`: a painting fits any model. The subject's right is
on the left, as when the two look at each other; eyes, nose and lips are where `PLACES` says,
ears and neck at the sides.
"""

import numpy as np
from scipy.interpolate import RBFInterpolator

from livemask import landmarks as ibug
from livemask.errors import ModelError
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64

CENTRE = np.array([0.0, -0.19, -0.66])
"""Where angles are measured from: beside the middle of the eyes, in heights of eyes over chin."""

ASIDE, DRAWN = 100.0, 0.6
"""Degrees from the middle to either side of the square; how much cheeks are drawn together."""

ABOVE, BELOW = 70.0, 66.0
"""Degrees from the level of that point to the upper and lower edge."""

HELD = np.r_[ibug.CHIN, 17:68]
"""Landmarks that have a place: not the jaw's, which lie elsewhere on each model."""

EYES = np.r_[ibug.RIGHT_EYE, ibug.LEFT_EYE]

PARTS = (np.r_[ibug.RIGHT_EYE], np.r_[ibug.LEFT_EYE], np.r_[27:36], np.r_[48:68])
"""Of which there must be landmarks if they are to move anything."""

FACE_EYES = np.array([0.5, 0.64, 0.79])
"""Where the middle of the eyes is in the box around a face, from right, below and behind."""

LOOSE = 1e-4
"""How little the spline may miss a place, so that no two landmarks tear the skin."""

_RIGHT = np.array(
    [
        [(0.022, 0.429), (0.049, 0.531), (0.073, 0.643), (0.091, 0.736), (0.162, 0.803)],
        [(0.217, 0.870), (0.328, 0.880), (0.417, 0.892), (0.500, 0.878), (0.218, 0.340)],
        [(0.291, 0.321), (0.344, 0.314), (0.398, 0.318), (0.446, 0.342), (0.500, 0.406)],
        [(0.500, 0.465), (0.500, 0.512), (0.500, 0.553), (0.450, 0.605), (0.474, 0.606)],
        [(0.500, 0.610), (0.302, 0.413), (0.347, 0.387), (0.382, 0.384), (0.410, 0.407)],
        [(0.379, 0.423), (0.337, 0.427), (0.406, 0.710), (0.444, 0.674), (0.477, 0.659)],
        [(0.500, 0.662), (0.500, 0.736), (0.478, 0.737), (0.435, 0.735), (0.418, 0.710)],
        [(0.475, 0.694), (0.500, 0.698), (0.500, 0.700), (0.470, 0.701), (0.000, 0.000)],
    ]
).reshape(-1, 2)[:-1]
_RIGHT_POINTS = np.r_[0:9, 17:22, 27:34, 36:42, 48:52, 57:63, 66:68]


def _places() -> Float64:
    """Return (68, 2): those on the right and in the middle, and the others as their mirror."""
    places = np.zeros((68, 2))
    places[ibug.MIRROR[_RIGHT_POINTS]] = [1.0, 0.0] + _RIGHT * [-1.0, 1.0]
    places[_RIGHT_POINTS] = _RIGHT
    return places


PLACES = _places()
"""(68, 2) where the iBUG points lie on the square, from its top left corner; symmetrical."""


def painting_uv(model: MorphableModel) -> Float32:
    """Return the (n, 2) places of a model's vertices on the square, as in `Mesh.uv`.

    What lies beyond the square, at the back of the head, is held at its edge.

    Raises
    ------
    ModelError
        If the model lacks one of the points that have a place.
    """
    marks = model.landmark_vertices[HELD]
    if (marks < 0).any():
        raise ModelError(
            f"the model {model.name!r} lacks some of the 68 points, so nobody knows where on it "
            "a painting goes; wear another mask, or use another model."
        )
    points = model.mean.astype(np.float64)
    eyes = points[model.landmark_vertices[EYES]].mean(0)
    height = float(eyes[1] - points[model.landmark_vertices[ibug.CHIN], 1])
    return _moved(_rough(points, eyes, height), marks, HELD)


def loose_uv(model: MorphableModel) -> Float32:
    """Return places as `painting_uv` does, of any model: by as many points as it has.

    Without eyes or chin they are guessed from where its face ends. Paintings are then off by as
    much as that is; a texture that is made for the model alone is not.
    """
    points = model.mean.astype(np.float64)
    face = points[model.face_weight > 0.5] if model.face_weight.any() else points
    low, high = face.min(0), face.max(0)
    known = HELD[model.landmark_vertices[HELD] >= 0]
    seen = np.intersect1d(known, EYES)
    eyes = low + FACE_EYES * (high - low)
    if len(seen):
        eyes = points[model.landmark_vertices[seen]].mean(0)
    chin = points[model.landmark_vertices[ibug.CHIN], 1] if ibug.CHIN in known else low[1]
    rough = _rough(points, eyes, float(eyes[1] - chin))
    if not all(np.isin(part, known).any() for part in PARTS):  # one side would pull at the other
        return np.clip(rough, 0.0, 1.0).astype(np.float32)
    return _moved(rough, model.landmark_vertices[known], known)


def _moved(rough: Float64, marks: Array, held: Array) -> Float32:
    """Return places (n, 2) moved so that the vertices `marks` are where landmarks `held` go."""
    spline = RBFInterpolator(
        rough[marks], PLACES[held] - rough[marks], kernel="thin_plate_spline", smoothing=LOOSE
    )
    moved = np.clip(rough, 0.0, 1.0)  # far from all landmarks a spline may go anywhere
    return np.clip(rough + spline(moved), 0.0, 1.0).astype(np.float32)


def _rough(points: Float64, eyes: Float64, height: float) -> Float64:
    """Return the (n, 2) places of `points` (n, 3) by their angles alone."""
    height = max(height, 1.0)
    x, y, z = (points - eyes - height * CENTRE).T
    narrow, around = np.radians(DRAWN), np.degrees(np.arctan2(x, z))
    across = np.sin(np.clip(around, -150.0, 150.0) * narrow) / np.sin(ASIDE * narrow)
    up = np.degrees(np.arctan2(y, np.hypot(x, z)))
    return np.column_stack([0.5 + 0.5 * across, (ABOVE - up) / (ABOVE + BELOW)])
