"""Lashes: a fringe on the upper lids that follows them."""

import itertools
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64, Int32

UPPER = ((36, 37, 38, 39), (45, 44, 43, 42))
"""The iBUG points along each upper lid, from the outer corner inwards."""

COLUMNS = 24
LENGTH = 7.5  # mm; of the longest, near the outer corner
ROWS = 3
RISE = 1.4
"""By how much steeper than the lid's own radius they stand: up when open, down when closed."""


@dataclass(frozen=True, slots=True, eq=False)
class Lashes:
    """The fringes of both eyes.

    Attributes
    ----------
    rims : (2 c, 2) int and (2 c, 1) float32
        For each column the two vertices of the lid's rim that it stands between, and the share
        of the second. The right eye's columns first.
    balls : (v,) int and (v,) int
        The vertices of the eyeballs.
    triangles : (t, 3) int32
    alpha : (n,) float32
    """

    rims: tuple[Array, Float32]
    balls: tuple[Array, Array]
    triangles: Int32
    alpha: Float32

    @classmethod
    def of(cls, person: MorphableModel) -> "Lashes":
        """Find the rims of a person's upper lids."""
        found = [_columns(person, [int(person.landmark_vertices[i]) for i in lid]) for lid in UPPER]
        eyes = person.parts["eyes"]
        sides = person.mean[eyes, 0]
        return cls(
            (np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])),
            (eyes[sides < 0.0], eyes[sides > 0.0]),
            _triangles(),
            _alpha(),
        )

    def grow(self, vertices: Float32) -> Float32:
        """Return the vertices (n, 3) of the fringes on a head `vertices`, mm."""
        ends, share = self.rims
        roots = vertices[ends[:, 0]] * (1.0 - share) + vertices[ends[:, 1]] * share
        centres = np.repeat(
            [0.5 * (vertices[b].min(0) + vertices[b].max(0)) for b in self.balls], COLUMNS, 0
        )
        out = roots - centres
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        out[:, 1] += RISE * out[:, 1]
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        length = np.tile(_lengths(), 2)[:, None]
        steps = np.linspace(0.0, 1.0, ROWS)[:, None, None]
        curl = np.array([0.0, 1.6, 0.0]) * steps**2
        return np.asarray(roots + 0.25 * out + steps * length * out + curl, np.float32).reshape(
            -1, 3
        )


def _columns(person: MorphableModel, marks: list[int]) -> tuple[Array, Float32]:
    """Return the vertices (c, 2) beside each column and the share (c, 1) of the second."""
    path = _path(person, marks)
    steps = np.linalg.norm(np.diff(person.mean[path], axis=0), axis=1)
    length = np.r_[0.0, np.cumsum(steps)]
    place = np.linspace(0.0, length[-1], COLUMNS)
    before = np.clip(np.searchsorted(length, place) - 1, 0, len(steps) - 1)
    share = (place - length[before]) / np.maximum(steps[before], 1e-9)
    return np.stack([path[before], path[before + 1]], 1), share[:, None].astype(np.float32)


def _path(person: MorphableModel, marks: list[int]) -> Array:
    """Return the vertices along the shortest way on the mesh past all `marks`."""
    near = np.linalg.norm(person.mean - person.mean[marks].mean(0), axis=1) < 30.0
    faces = person.triangles[near[person.triangles].all(1)]
    pairs = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    lengths = np.linalg.norm(person.mean[pairs[:, 0]] - person.mean[pairs[:, 1]], axis=1)
    graph = sparse.coo_array((lengths, pairs.T), (len(near), len(near))).tocsr()
    path = [marks[0]]
    for start, end in itertools.pairwise(marks):
        _, previous = dijkstra(graph, directed=False, indices=[start], return_predecessors=True)
        leg = [end]
        while leg[-1] != start:
            leg.append(int(previous[0, leg[-1]]))
        path += leg[-2::-1]
    return np.array(path)


def _lengths() -> Float64:
    """Return the length of each column's hairs, mm: ragged, longest near the outer corner."""
    place = np.linspace(0.0, 1.0, COLUMNS)
    even = np.interp(place, (0.0, 0.2, 0.7, 1.0), (0.65, 1.0, 0.75, 0.3))
    return LENGTH * even * np.where(np.arange(COLUMNS) % 2, 1.0, 0.78)


def _alpha() -> Float32:
    """Return how dense the fringes are, (n,): thinning towards the tips."""
    rows = np.repeat([0.92, 0.62, 0.0], COLUMNS)
    place = np.linspace(0.0, 1.0, COLUMNS)
    ends = np.minimum(np.minimum(place / 0.08, (1.0 - place) / 0.25), 1.0)
    return np.tile(rows.reshape(ROWS, 1, COLUMNS) * ends, (1, 2, 1)).ravel().astype(np.float32)


def _triangles() -> Int32:
    """Return the triangles of both fringes: rows of vertices, each with both eyes' columns."""
    at = np.arange(ROWS * 2 * COLUMNS).reshape(ROWS, 2, COLUMNS)
    a, b = at[:-1, :, :-1].ravel(), at[:-1, :, 1:].ravel()
    c, d = at[1:, :, :-1].ravel(), at[1:, :, 1:].ravel()
    return np.concatenate([np.stack([a, b, c], 1), np.stack([b, d, c], 1)]).astype(np.int32)
