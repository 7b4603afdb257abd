"""Coarse heads: what only hides things, or is only measured, needs few vertices."""

from dataclasses import replace

import numpy as np

from livemask.cropping import crop
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Int32


def coarse(model: MorphableModel, kept: Array, spacing: float) -> MorphableModel:
    """Return part of a model with one vertex in each cube of `spacing` mm.

    Vertices are clustered (Rossignac & Borrel 1993); each cluster becomes that one of its
    vertices that is nearest to its middle, which moves as it did. `kept` (n,) bool: of which
    vertices.
    """
    rows = np.flatnonzero(kept)
    cells = np.floor(model.mean[rows] / spacing).astype(np.int64)
    _, cluster, count = np.unique(cells, axis=0, return_inverse=True, return_counts=True)
    cluster = cluster.reshape(-1)
    middle = np.zeros((len(count), 3))
    np.add.at(middle, cluster, model.mean[rows])
    apart = np.linalg.norm(model.mean[rows] - (middle / count[:, None])[cluster], axis=1)
    order = np.lexsort((apart, cluster))
    chosen = rows[order[np.searchsorted(cluster[order], np.arange(len(count)))]]
    alone = np.zeros(len(model.mean), bool)
    alone[chosen] = True
    place = np.full(len(model.mean), -1)
    place[rows] = (np.cumsum(alone) - 1)[chosen][cluster]
    triangles = place[model.triangles[kept[model.triangles].all(1)]]
    a, b, c = triangles.T
    whole = triangles[(a != b) & (b != c) & (c != a)]
    _, first = np.unique(np.sort(whole, axis=1), axis=0, return_index=True)
    left = without_flaps(whole[np.sort(first)].astype(np.int32))
    return replace(crop(model, alone), triangles=left)


def without_flaps(triangles: Int32) -> Int32:
    """Return `triangles` (t, 3) without those that stand off a surface which is whole without them.

    Of a skin that was folded by clustering: one side of a flap is shared by two others already,
    another by none.
    """
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    _, which, counts = np.unique(sides, axis=0, return_inverse=True, return_counts=True)
    shared = counts[which.reshape(-1)].reshape(-1, 3)
    flaps = (shared > 2).any(axis=1) & (shared == 1).any(axis=1)
    return triangles if not flaps.any() else without_flaps(triangles[~flaps])
