"""The 68 points beside the picture: what keeps a dense fit where the face is."""

import numpy as np

from livemask.fitting.dense.surface import Surface
from livemask.landmarks import JAW
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Face, Float64

TRUST = 0.1
"""What points count beside the picture: they err alike in every frame of a person."""

NOISE, TOLERANCE = 1.1, 2.5
"""mm: standard deviation of a point on the head; as many of them off, and it counts half."""


class Points:
    """The inner points of a frame as rows of the unknowns of a `Portrait`.

    Parameters
    ----------
    model : MorphableModel
    surface : Surface
        What its expressions are is what theirs are.
    face : Face
    camera : Camera
    """

    def __init__(self, model: MorphableModel, surface: Surface, face: Face, camera: Camera) -> None:
        rows = model.landmark_model
        known = np.flatnonzero(rows.known)
        inner = known[known >= JAW.stop]
        moves = np.concatenate(
            [rows.identity[:, inner], rows.expressions[surface.active][:, inner]]
        )
        self._mean, self._moves = rows.mean[inner], moves
        self._slopes = (face.landmarks[inner] - camera.centre) * (1.0, -1.0) / camera.focal

    def rows(self, rotation: Float64, translation: Float64, shape: Float64, count: int) -> Float64:
        """Return the weighted rows (count, 2 p), in the order of `Portrait`; what is missing last.

        In millimetres at the depth of each point, as in `fitting.kernels`.
        """
        seen = (self._mean + np.tensordot(shape, self._moves, 1)) @ rotation.T + translation
        missing = self._slopes * -seen[:, 2:] - seen[:, :2]
        x, y, z = (seen - translation).T
        u, v = self._slopes.T
        nothing, full = np.zeros_like(x), np.ones_like(x)
        out = np.zeros((count, 2, len(x)))
        out[:6, 0] = u * y, z - u * x, -y, full, nothing, u
        out[:6, 1] = v * y - z, -v * x, x, nothing, full, v
        turned = self._moves @ rotation.T
        for a, slope in enumerate((u, v)):
            out[6 : 6 + len(shape), a] = turned[:, :, a] + slope * turned[:, :, 2]
            out[-1, a] = missing[:, a]
        off = np.sum(missing**2, axis=1) / (TOLERANCE * NOISE) ** 2
        out *= np.sqrt(TRUST / NOISE**2 / (1.0 + off))
        return out.reshape(count, -1)
