"""SkinProbe: the colours of a fitted face's skin in a frame, with normals and albedo."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from livemask.cropping import crop, grown
from livemask.geometry import transform_points
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Frame

SPACING = 14.0
"""mm between samples: some 150 on a face, which tell as much of the light as twice as many."""

ON_FACE = 0.9
"""Least face weight: hair, ears and collars are not asked."""

NEAR = 28.0
"""mm to the nearest landmark, at most: beyond, the forehead may be hair."""

LIKE_SKIN = 0.25
"""Greatest difference of a vertex's albedo from the median: brows and lips are not asked."""

FACING = 0.3
"""Least cosine between normal and line of sight: the rim is blurred and often hidden."""

ENOUGH = 24
"""Samples without which nothing is said."""

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Of linear RGB with the primaries of sRGB (ITU-R BT.709)."""

_CODES = np.arange(256) / 255.0
LINEAR = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4)
"""(256,) linear value of each sRGB code (IEC 61966-2-1)."""


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """Where skin is seen in a frame, and how.

    Attributes
    ----------
    normals : (s, 3) float64
        Unit vectors, camera frame.
    albedo : (s, 3) float64
        The model's, linear RGB.
    colours : (s, 3) float64
        As seen, linear RGB, 0 to 1.
    """

    normals: Float64
    albedo: Float64
    colours: Float64


class SkinProbe:
    """Looks at a frame where a fit says that there is skin.

    Parameters
    ----------
    model : MorphableModel
    """

    def __init__(self, model: MorphableModel) -> None:
        asked = spread(model.mean, np.flatnonzero(_is_skin(model)), SPACING)
        wanted = np.zeros(len(model.mean), bool)
        wanted[asked] = True
        around = grown(model.triangles, wanted)  # normals need the triangles around
        self._model = crop(model, around)
        self._rows = np.flatnonzero(wanted[around])
        self._albedo = self._model.albedo[self._rows].astype(np.float64)

    def look(self, frame: Frame, fit: Fit) -> Skin | None:
        """Return what is visible of the skin of `fit` in `frame`; None if it is too little."""
        vertices = self._model.vertices(fit.identity, fit.expression)
        normals = self._model.normals(vertices)[self._rows] @ fit.camera_from_head[:3, :3].T
        points = transform_points(fit.camera_from_head, vertices[self._rows])
        pixels, seen = pixels_of(frame, fit, points)
        distance = np.linalg.norm(points, axis=1)
        seen &= np.einsum("ij,ij->i", normals, points) < -FACING * distance
        if np.count_nonzero(seen) < ENOUGH:
            return None
        columns, rows = pixels[seen].T
        colours = LINEAR[frame.image[rows, columns]]
        return Skin(normals[seen], self._albedo[seen], colours)


def pixels_of(frame: Frame, fit: Fit, points: Float64) -> tuple[Array, Array]:
    """Return the (s, 2) pixels of `points` (s, 3) of the camera frame, and which are inside."""
    depth = np.maximum(-points[:, 2:], 1.0)
    exact = fit.camera.centre + fit.camera.focal * points[:, :2] / depth * (1.0, -1.0)
    width, height = frame.size
    seen = (points[:, 2] < -1.0) & np.isfinite(exact).all(1)
    pixels = np.rint(np.clip(np.where(seen[:, None], exact, -9.0), -9.0, 1e6)).astype(np.intp)
    seen &= (pixels >= 0).all(1) & (pixels < (width, height)).all(1)
    return pixels, seen


def _is_skin(model: MorphableModel) -> Array:
    """Return which vertices (n,) are plain facial skin, as far as the model knows."""
    on_face = model.face_weight >= ON_FACE
    if "skin" in model.parts:
        skin = np.zeros(len(model.mean), bool)
        skin[model.parts["skin"]] = True
        on_face &= skin
    on_face &= _near_landmarks(model)
    if not on_face.any():
        return on_face
    tone = np.maximum(model.albedo, 1e-3)
    usual = np.median(tone[on_face], axis=0)
    return np.asarray(on_face & (np.abs(tone / usual - 1.0) < LIKE_SKIN).all(1))


def _near_landmarks(model: MorphableModel) -> Array:
    known = model.landmark_vertices[model.landmark_vertices >= 0]
    if not len(known):
        return np.ones(len(model.mean), bool)
    distance, _ = cKDTree(model.mean[known]).query(model.mean)
    return np.asarray(distance < NEAR)


def spread(points: Float32, candidates: Array, spacing: float) -> Array:
    """Return those of `candidates` that come first in their cell of a grid of `spacing` mm.

    Meshes are dense around eyes and lips; light does not care.
    """
    cells = np.floor(points[candidates] / spacing).astype(np.int64)
    _, first = np.unique(cells, axis=0, return_index=True)
    return np.asarray(candidates[np.sort(first)])
