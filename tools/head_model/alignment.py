"""Generalised Procrustes analysis (Gower 1975): heads brought over one another."""

import numpy as np

from livemask.records import Array, Float64

ROUNDS = 6


def align(heads: Float64, weights: Float64, mirror: Array) -> tuple[Float64, Float64]:
    """Move, turn and scale `heads` (p, c, 3) onto their common mean.

    `weights` (c,) say where they must agree; `mirror` (c,) keeps the mean symmetric.
    Returns the (p, c, 3) aligned heads and the (c, 3) mean.
    """
    mean = heads[0]
    for _ in range(ROUNDS):
        heads = similarity(heads, mean, weights)
        mean = symmetric(heads.mean(0), mirror)
    return heads, mean


def symmetric(points: Float64, mirror: Array, sign: float = 1.0) -> Float64:
    """Return the part of `points` (..., c, 3) that its mirror image equals (or negates)."""
    return 0.5 * (points + sign * points[..., mirror, :] * np.array([-1.0, 1.0, 1.0]))


def similarity(heads: Float64, target: Float64, weights: Float64) -> Float64:
    """Return `heads` (p, c, 3) as near as similarities bring them to `target` (c, 3).

    References
    ----------
    Umeyama 1991, eqs. 40-42.
    """
    w = weights / weights.sum()
    centres = np.einsum("c,pcd->pd", w, heads)
    centre = w @ target
    moved = heads - centres[:, None]
    goal = target - centre
    u, s, vt = np.linalg.svd(np.einsum("c,ci,pcj->pij", w, goal, moved, optimize=True))
    s[:, 2] *= np.sign(np.linalg.det(u @ vt))
    u[:, :, 2] *= np.sign(np.linalg.det(u @ vt))[:, None]
    spread = np.einsum("c,pcd,pcd->p", w, moved, moved, optimize=True)
    scale = s.sum(1) / spread
    return scale[:, None, None] * (moved @ np.swapaxes(u @ vt, 1, 2)) + centre
