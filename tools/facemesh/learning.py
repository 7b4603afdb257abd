"""Learns the 68 points as weighted sums of mesh points, by least squares that doubts outliers."""

import numpy as np

from livemask.records import Array, Float64

NEAR = 12
"""Mesh points of which each of the 68 is a sum."""

FIRMNESS = 1e-3
"""Of the wish that it be the nearest of them; the larger, the less weights differ in sign."""

DOUBT, ROUNDS = 0.05, 3
"""Shares of a face by which a point is off that counts half; rounds of doubting."""


def learn(meshes: Float64, points: Float64) -> tuple[Array, Float64]:
    """Return which mesh points (68, NEAR) each point is a sum of, and their weights (68, NEAR).

    Parameters
    ----------
    meshes, points : (n, 468, 2), (n, 68, 2) float64
        Of the same faces, in any unit.
    """
    size = np.sqrt(np.ptp(points, axis=1).prod(axis=1))[:, None, None]
    middle = meshes.mean(axis=1, keepdims=True)
    meshes, points = (meshes - middle) / size, (points - middle) / size
    learnt = [_learnt(meshes, points[:, index]) for index in range(68)]
    return np.array([near for near, _ in learnt]), np.array([weights for _, weights in learnt])


def _learnt(meshes: Float64, point: Float64) -> tuple[Array, Float64]:
    """Return the NEAR mesh points of one point (n, 2), and their weights."""
    off = np.median(np.linalg.norm(meshes - point[:, None], axis=2), axis=0)
    near = np.argsort(off)[:NEAR]
    first = meshes[:, near[0]]
    moves = (meshes[:, near[1:]] - first[:, None]).transpose(0, 2, 1)  # (n, 2, NEAR - 1)
    weights = np.zeros(NEAR - 1)
    for _ in range(ROUNDS):
        missing = np.linalg.norm(point - first - moves @ weights, axis=1)
        trust = 1.0 / (1.0 + (missing / DOUBT) ** 2)
        told = (moves * trust[:, None, None]).reshape(-1, NEAR - 1)
        normal = told.T @ moves.reshape(-1, NEAR - 1)
        normal += FIRMNESS * 2.0 * trust.sum() * np.eye(NEAR - 1)
        weights = np.linalg.solve(normal, told.T @ (point - first).ravel())
    return near, np.r_[1.0 - weights.sum(), weights]
