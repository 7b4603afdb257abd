"""How far one face's surface is from another's."""

import numpy as np

from livemask.geometry import nearest_rotation
from livemask.records import Float64


def distance(points: Float64, true: Float64, *, sized: bool = False) -> float:
    """Return the mean distance, mm, of `points` (n, 3) from `true` after the best rigid motion.

    `sized` also scales them: one camera does not tell a large head from a near one.

    References
    ----------
    Umeyama, Least-squares estimation of transformation parameters, PAMI 1991.
    """
    a, b = points - points.mean(axis=0), true - true.mean(axis=0)
    moved = a @ nearest_rotation(b.T @ a).T
    if sized:
        moved = moved * ((moved * b).sum() / (moved * moved).sum())
    return float(np.linalg.norm(moved - b, axis=1).mean())
