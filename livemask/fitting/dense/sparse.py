"""The 68 points beside the picture: what keeps a dense fit where the face is."""

import numpy as np

from livemask.contour import basis_on_contour, contour_weights, on_contour
from livemask.fitting.dense.rows import POSE
from livemask.fitting.dense.surface import Surface
from livemask.fitting.fitter import point_noise
from livemask.landmarks import JAW
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Float64

TRUST = 0.4
"""What points count beside the picture: they err alike in every picture of a person."""

JAW_TRUST = 4.0
"""What those of the jaw count: beards and shadows draw it in, and nothing else holds it out."""

ALONG = 0.3
"""What their places along the outline count beside those across it: nothing marks them."""

TOLERANCE = 2.5
"""Standard deviations by which a point is off that counts half."""


class Points:
    """The points of a picture as rows of the unknowns of a face, the jaw on its outline.

    Parameters
    ----------
    model : MorphableModel
    surface : Surface
        What its expressions are is what theirs are.
    landmarks : (68, 2) float64
        px.
    """

    def __init__(self, model: MorphableModel, surface: Surface, landmarks: Float64) -> None:
        rows = model.landmark_model
        moves = np.concatenate([rows.identity, rows.expressions[surface.active]])
        self._mean, self._strips, self._moves = rows.mean, rows.strips, moves
        self._by_point = np.ascontiguousarray(moves.transpose(1, 2, 0)).reshape(len(rows.mean), -1)
        self._landmarks = landmarks
        self._certain = np.where(rows.known, 1.0 / point_noise() ** 2, 0.0)
        self._trust = np.full(68, TRUST)
        self._trust[JAW] = JAW_TRUST
        self._turn = _along(landmarks)

    def rows(
        self, camera: Camera, rotation: Float64, translation: Float64, shape: Float64, count: int
    ) -> Float64:
        """Return the weighted rows (count, 136), in the order of `picture_rows`.

        In millimetres at the depth of each point, as in `fitting.kernels`.
        """
        slopes = (self._landmarks - camera.centre) * (1.0, -1.0) / camera.focal
        points, moves = self._picked(rotation, shape)
        seen = points @ rotation.T + translation
        missing = slopes * -seen[:, 2:] - seen[:, :2]
        x, y, z = (seen - translation).T
        u, v = slopes.T
        nothing, full = np.zeros_like(x), np.ones_like(x)
        out = np.zeros((count, 2, len(x)))
        out[:6, 0] = u * y, z - u * x, -y, full, nothing, u
        out[:6, 1] = v * y - z, -v * x, x, nothing, full, v
        out[6] = (seen[:, :2] * (1.0 - translation[2] / seen[:, 2:])).T
        turned = np.einsum("ab,kbn->akn", rotation, moves)
        for a, slope in enumerate((u, v)):
            out[POSE : POSE + len(shape), a] = turned[a] + slope * turned[2]
            out[-1, a] = missing[:, a]
        out[:, :, JAW] = np.einsum("pab,cbp->cap", self._turn, out[:, :, JAW])
        off = self._certain * np.sum(out[-1] ** 2, axis=0) / TOLERANCE**2
        out *= np.sqrt(self._trust * self._certain / (1.0 + off))
        return out.reshape(count, -1)

    def _picked(self, rotation: Float64, shape: Float64) -> tuple[Float64, Float64]:
        """Return the 68 points as seen (68, 3), and what moves them (k + q, 3, 68), mm."""
        whole = self._mean + np.tensordot(shape, self._moves, 1)
        weights, points = np.zeros(self._strips.shape), np.empty((68, 3))
        contour_weights(whole, self._strips, np.ascontiguousarray(rotation), weights)
        on_contour(whole, self._strips, weights, points)
        moves = np.ascontiguousarray(self._moves[:, :68].transpose(0, 2, 1))
        basis_on_contour(self._by_point, self._strips, weights, moves)
        return points, moves


def _along(landmarks: Float64) -> Float64:
    """Return (17, 2, 2) what takes errors of the jaw, y up, to those along it, less, and across."""
    along = np.gradient(landmarks[JAW], axis=0) * (1.0, -1.0)
    x, y = (along / np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)).T
    less = np.sqrt(ALONG)
    return np.stack([np.stack([less * x, less * y], 1), np.stack([-y, x], 1)], 1)
