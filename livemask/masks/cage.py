"""Cage: few lines that show the shape of a face, however dense its mesh is."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from livemask.morphable_model import MorphableModel
from livemask.records import Array, Int32

SEEDS = 500
"""Vertices of a cage that has to be found."""


@dataclass(frozen=True, slots=True, eq=False)
class Cage:
    """A coarse mesh on some vertices of a fine one.

    Attributes
    ----------
    vertices : (c,) int32
        Of the fine mesh.
    triangles : (t, 3) int32
        Rows of `vertices`.
    edges : (e, 2) int32
        The lines to show, rows of `vertices`: without the diagonals of quads.
    """

    vertices: Int32
    triangles: Int32
    edges: Int32


def cage(model: MorphableModel, shown: Array) -> Cage:
    """Return the quads that the model was subdivided from, else a simplified mesh.

    `shown` (n,) bool says on which vertices it may lie.
    """
    faces = coarse_quads(model.triangles)
    if faces is None:
        faces = simplified(model, np.flatnonzero(shown))
    faces = faces[shown[faces].all(1)]
    vertices, rows = np.unique(faces, return_inverse=True)
    corners = rows.reshape(faces.shape)
    sides = np.stack([corners, np.roll(corners, -1, 1)], 2).reshape(-1, 2)
    fans = [corners[:, [0, i, i + 1]] for i in range(1, faces.shape[1] - 1)]
    return Cage(_int(vertices), _int(np.concatenate(fans)), _int(_unique(np.sort(sides, 1))))


def coarse_quads(triangles: Int32) -> Array | None:
    """Return the (f, 4) quads that a mesh was made of by Catmull-Clark; None if it was not.

    One quad became four, each of two triangles: old corner, edge point, the quad's middle;
    and old corner, middle, edge point.
    """
    if not len(triangles) or len(triangles) % 8:
        return None
    first, second = triangles[::2], triangles[1::2]
    paired = (first[:, 0] == second[:, 0]).all() and (first[:, 2] == second[:, 1]).all()
    middles, corners = first[:, 2].reshape(-1, 4), first[:, 0].reshape(-1, 4)
    grouped = (middles == middles[:, :1]).all() and len(np.unique(middles[:, 0])) == len(middles)
    if not (paired and grouped) or np.intersect1d(corners, middles).size:
        return None
    return corners


def simplified(model: MorphableModel, candidates: Array) -> Array:
    """Return the (t, 3) triangles between evenly spread vertices of `candidates`.

    Each candidate belongs to the nearest seed; where three of them meet in a triangle of the
    mesh, there is a triangle of their seeds (the dual of a Voronoi diagram; Turk 1992).
    """
    if not len(candidates):
        return np.empty((0, 3), np.int64)
    seeds = candidates[_farthest(model.mean[candidates], min(SEEDS, len(candidates)))]
    owner = np.full(len(model.mean), -1)
    _, owner[candidates] = cKDTree(model.mean[seeds]).query(model.mean[candidates])
    meeting = owner[model.triangles]
    ordered = np.sort(meeting, 1)
    three = (ordered[:, 0] >= 0) & (np.diff(ordered, axis=1) > 0).all(1)
    _, first = np.unique(ordered[three], axis=0, return_index=True)
    return np.asarray(seeds[meeting[three][first]])


def _farthest(points: Array, count: int) -> Array:
    """Return `count` rows of `points`, each far from those before (Gonzalez 1985)."""
    rows = np.zeros(count, np.int64)
    distance = np.full(len(points), np.inf)
    for i in range(1, count):
        distance = np.minimum(distance, ((points - points[rows[i - 1]]) ** 2).sum(1))
        rows[i] = distance.argmax()
    return rows


def _unique(edges: Array) -> Array:
    return np.unique(edges[edges[:, 0] != edges[:, 1]], axis=0)


def _int(values: Array) -> Int32:
    return np.ascontiguousarray(values, np.int32)
