"""Moves the vertices of a fit in its photo so that the points of the face are met exactly.

A head model comes near a face, a few percent of its width; whoever puts one face over another
sees that at eyes and lips. What is left at the 68 points is spread over the face smoothly, first
widely and then nearby (scattered data interpolation: Hardy 1971; Gaussians, regularised).
"""

import numpy as np

from livemask.geometry import project
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.shape import Shape
from livemask.records import Array, Float64

REACHES = (30.0, 8.0)
"""mm over which a point takes its surroundings along: first the whole feature, then its edge."""

LOOSE = np.where(np.arange(68) < 17, 2.0, 0.1)
"""How little each point is believed, 0 exactly: the jaw's slide along the outline."""

MOST = 0.1
"""Of the face's size: a point further off was not found, but taken for another."""


def meeting(given: Portrayal, shape: Shape) -> Float64:
    """Return the pixels (n, 2) float64 of the vertices of `shape` that meet the points of `given`.

    `shape` is that of its fit.
    """
    points = fit_landmarks(given.model, given.fit).astype(np.float64)
    shown = project(given.fit.camera, given.fit.camera_from_head, points)
    off = given.landmarks - shown
    known = np.isfinite(off).all(axis=1)
    off = _bounded(off[known], MOST * float(np.linalg.norm(np.ptp(shown[17:], axis=0))))
    between = _squares(points[known], points[known])
    apart = _squares(shape.vertices, points[known].astype(np.float32))
    moved = np.zeros((len(apart), 2))
    for reach in REACHES:
        near = np.exp(between / (-2.0 * reach * reach))
        weights = np.linalg.solve(near + np.diag(LOOSE[known]), off)
        off = off - near @ weights
        moved += np.exp(apart / np.float32(-2.0 * reach * reach)) @ weights.astype(np.float32)
    return np.asarray(shape.pixels + moved)


def _bounded(off: Float64, most: float) -> Float64:
    length = np.linalg.norm(off, axis=1, keepdims=True)
    return np.asarray(off * np.minimum(1.0, most / np.maximum(length, 1e-9)))


def _squares(some: Array, others: Array) -> Array:
    """Return (s, o) squares of the distances between points, mm2."""
    square = (some * some).sum(axis=1)[:, None] - 2.0 * some @ others.T
    square += (others * others).sum(axis=1)
    return np.maximum(square, 0.0, out=square)
