"""Eyeballs: where the middle of the iris is seen from each of their vertices."""

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.records import Float32, Float64

FARTHEST = 1.3
"""rad from the middle of the iris beyond which all is alike."""


def flattened(model: MorphableModel) -> Float32:
    """Return (n, 2) for each vertex of an eyeball, the angle from the iris' middle, rad.

    x to the subject's left and y up; 0 for all other vertices. The middle is where the model
    paints the pupil.
    """
    flat = np.zeros((len(model.mean), 2), np.float32)
    eyes, points = model.parts["eyes"], model.mean.astype(np.float64)
    for side in (1.0, -1.0):
        ball = eyes[side * points[eyes, 0] > 0.0]
        centre = 0.5 * (points[ball].min(0) + points[ball].max(0))
        directions = points[ball] - centre
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        dark = model.albedo[ball].sum(1) < 0.05
        pole = directions[dark].mean(0) if dark.any() else np.array([0.0, 0.0, 1.0])
        flat[ball] = _from_pole(directions, pole / np.linalg.norm(pole))
    return flat


def _from_pole(directions: Float64, pole: Float64) -> Float64:
    right = np.cross([0.0, 1.0, 0.0], pole)
    right /= np.linalg.norm(right)
    turned = directions @ np.stack([right, np.cross(pole, right), pole], 1)
    angle = np.arccos(np.clip(turned[:, 2:], -1.0, 1.0))
    radius = np.hypot(turned[:, :1], turned[:, 1:2])
    return np.asarray(turned[:, :2] * np.minimum(angle, FARTHEST) / np.maximum(radius, 1e-9))
