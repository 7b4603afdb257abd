"""Fewer vertices where a surface is broad: small triangles cost as much to draw as large ones."""

from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from livemask.arrays import Array, Float32, Float64, Int32
from livemask.cropping import retriangulated
from livemask.morphable_model import MorphableModel

NEAR, FINE = (3.0, 8.0, 20.0, 60.0), (1.4, 2.8, 5.5, 11.0)
"""mm from brows, eyes, nose and mouth, and how far apart vertices are there at least, mm."""

INSIDE = 7.0
"""The same for what is in the mouth."""

LIPS = 4.0
"""mm around the opening of the mouth where all vertices stay."""

FOLDED = 4.0
"""mm that skin of a lid moves by, and its folds with it, or else it is like other skin."""

ROUND = 0.7
"""How much normals of neighbours may differ in a coordinate."""

ROUNDS = 24
BEND = 0.75
"""Cosine between normals beyond which two neighbours are not made one."""

TURN = 0.6
"""Cosine by which a triangle may turn at most when a corner of it is drawn away."""

FLAT = 0.12
"""Least area of what a triangle becomes, as a share of the square of its longest side."""


def coarse(model: MorphableModel, spacing: Array | None = None) -> tuple[MorphableModel, Array]:
    """Return `model` with fewer vertices and without uv, and which vertices (n,) bool those are.

    Parameters
    ----------
    model : MorphableModel
        It stays as it is.
    spacing : (n,) float, optional
        As `usual_spacing` if left out.
    """
    spacing = usual_spacing(model) if spacing is None else spacing
    found, kept = retriangulated(model, coarsened(model.mean, model.triangles, spacing))
    found.bend_normals(model.normals(model.mean)[kept] - found.normals(found.mean))
    return found, kept


@lru_cache(maxsize=4)
def lighter(model: MorphableModel) -> MorphableModel:
    """Return a model with fewer vertices, made once for all who ask; edges of ears stay round."""
    round_enough = even(model.mean, model.triangles, model.normals(model.mean), ROUND)
    return coarse(model, np.minimum(usual_spacing(model), round_enough))[0]


def even(points: Array, triangles: Int32, values: Array, change: float) -> Float64:
    """Return how far about each point (n,) mm no value of (n, k) changes by more than `change`."""
    start, end = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2).T
    long = np.linalg.norm(points[start] - points[end], axis=1)
    slope = np.abs(values[start] - values[end]).max(1) / np.maximum(long, 1e-3)
    steepest = np.full(len(points), 1e-6)
    np.maximum.at(steepest, start, slope)
    np.maximum.at(steepest, end, slope)
    return change / steepest


def usual_spacing(model: MorphableModel) -> Float32:
    """Return how far apart vertices (n,) are to be, mm: less where faces move, 0 to keep one."""
    marked = model.landmark_vertices[17:]
    marked = marked[marked >= 0]
    if not len(marked):
        return np.full(len(model.mean), FINE[0], np.float32)
    near, _ = cKDTree(model.mean[marked]).query(model.mean)
    spacing = np.asarray(np.interp(near, NEAR, FINE), np.float32)
    for part in ("mouth", "teeth", "tongue"):
        inner: Array = np.asarray(model.parts.get(part, ()), np.intp)
        spacing[inner] = INSIDE
    for lids in model.eyelids:
        folded = lids.moved[(lids.by**2).sum(1) > FOLDED**2]
        spacing[folded] = np.minimum(spacing[folded], FINE[0])
        spacing[lids.upper] = spacing[lids.lower] = 0.0
    spacing[model.landmark_vertices[model.landmark_vertices >= 0]] = 0.0
    inner_lips = model.landmark_vertices[60:]
    if (inner_lips >= 0).all():  # where lips must meet
        apart, _ = cKDTree(model.mean[inner_lips]).query(model.mean)
        spacing[np.asarray(apart) < LIPS] = 0.0
    return spacing


def coarsened(points: Array, triangles: Int32, spacing: Array) -> Int32:
    """Return fewer triangles (t, 3) among the same points, of which many are then in none.

    Points are drawn into a neighbour (half-edge collapse, Kobbelt, Campagna & Seidel 1998), the
    nearest first, many at a time that do not touch one another.

    Parameters
    ----------
    points : (n, 3) float
        mm.
    triangles : (t, 3) int32
        Of the whole.
    spacing : (n,) float
        mm: nearer points may become one; 0 keeps a point. Open rims are kept.
    """
    places, left = np.asarray(points, np.float64), triangles.astype(np.int64)
    free = np.asarray(spacing, np.float64).copy()
    free[_rim(left)] = 0.0
    refused, random = np.zeros(0, np.int64), np.random.default_rng(1)
    for limit in np.linspace(0.3, 1.0, ROUNDS):
        edges = _collapses(places, left, limit * free, refused, random)
        into = np.arange(len(places))
        into[edges[:, 0]] = edges[:, 1]
        bad = _spoilt(places, left, into)
        refused = np.union1d(refused, edges[bad[edges[:, 0]]] @ (len(places), 1))
        left = np.where(bad, np.arange(len(places)), into)[left]
        left = left[~(left == np.roll(left, 1, axis=1)).any(1)]
    return left.astype(np.int32)


def _collapses(
    places: Float64, triangles: Array, free: Float64, refused: Array, random: np.random.Generator
) -> Array:
    """Return edges (e, 2): the first vertex may go into the second, none touches another."""
    count = len(places)
    corners = triangles[:, [0, 1, 1, 2, 2, 0, 1, 0, 2, 1, 0, 2]].reshape(-1, 2)
    codes = np.unique(corners @ (count, 1))
    start, end = np.divmod(codes, count)
    long = np.linalg.norm(places[start] - places[end], axis=1)
    normals = _normals(places, triangles)
    bend = (normals[start] * normals[end]).sum(1)
    cost = long * (1.5 - 0.5 * bend) / np.maximum(np.minimum(free[start], free[end]), 1e-9)
    cost[free[end] == 0.0] = (long / np.maximum(free[start], 1e-9))[free[end] == 0.0]
    never = (free[start] == 0.0) | (cost > 1.0) | (bend < BEND)
    cost[never | np.isin(codes, refused)] = np.inf
    names, begins = np.unique(start, return_index=True)
    best, turn = np.full(count, np.inf), np.full(count, np.inf)
    best[names] = np.minimum.reduceat(cost, begins)
    waiting = np.flatnonzero(best < np.inf)
    turn[waiting] = random.permutation(len(waiting))
    before = np.full(count, np.inf)
    before[names] = np.minimum.reduceat(turn[end], begins)
    chosen = (cost == best[start]) & (turn[start] < before[start])
    # Of two neighbours that are as near, one.
    chosen &= np.append(True, ~(chosen[:-1] & (start[1:] == start[:-1])))
    return np.stack([start[chosen], end[chosen]], axis=1)


def _spoilt(places: Float64, triangles: Array, into: Array) -> Array:
    """Return which vertices (n,) must not go `into` another: a triangle would fold."""
    moved = into != np.arange(len(places))
    touched = triangles[moved[triangles].any(1)]
    after = into[touched]
    whole = ~(after == np.roll(after, 1, axis=1)).any(1)
    touched, after = touched[whole], after[whole]
    old, new = (_area(places, corners) for corners in (touched, after))
    sides = places[after] - places[np.roll(after, 1, axis=1)]
    longest = (sides * sides).sum(2).max(1)
    size = np.linalg.norm(new, axis=1)
    straight = (old * new).sum(1) >= TURN * np.linalg.norm(old, axis=1) * size
    bad = np.zeros(len(places), np.bool_)
    bad[touched[~straight | (size < FLAT * longest)]] = True
    return bad & moved


def _area(places: Float64, triangles: Array) -> Float64:
    """Return vectors (t, 3) along the normals, as long as twice the areas."""
    a, b, c = (places[triangles[:, i]] for i in range(3))
    return np.asarray(np.cross(b - a, c - a))


def _normals(places: Float64, triangles: Array) -> Float64:
    """Return the (n, 3) unit normals of vertices."""
    across, corners = _area(places, triangles).repeat(3, axis=0), triangles.ravel()
    sums = [np.bincount(corners, across[:, axis], len(places)) for axis in range(3)]
    normals = np.stack(sums, axis=1)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)


def _rim(triangles: Array) -> Array:
    """Return the vertices of edges that only one triangle has."""
    sides = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    count = int(triangles.max(initial=0)) + 1
    codes, uses = np.unique(sides @ (count, 1), return_counts=True)
    return np.unique(np.stack(np.divmod(codes[uses != 2], count)))
