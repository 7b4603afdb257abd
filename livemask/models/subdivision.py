"""Catmull-Clark subdivision as a sparse matrix (Catmull & Clark 1978).

The rule is linear: `fine = matrix @ coarse` holds for positions, for displacements and for
texture coordinates alike. A model therefore stores its coarse cage only.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from livemask.records import Array, Int32


@dataclass(frozen=True, slots=True, eq=False)
class Subdivision:
    """One or more rounds of subdivision.

    Attributes
    ----------
    matrix : (n, c) sparse float64
        Fine points from coarse ones; rows sum to 1.
    quads : (f, 4) int32
        Faces of the fine mesh. Quad i of the coarse mesh has become 4i .. 4i + 3.
    edges : (e, 2) int32
        Edges of the last coarse mesh, lower vertex first, in the order of their points:
        the fine vertices are the coarse ones, then one per edge, then one per quad.
    """

    matrix: sparse.csr_array
    quads: Int32
    edges: Int32


def subdivide(quads: Array, count: int) -> Subdivision:
    """Subdivide `quads` (f, 4) over `count` vertices once.

    Edges of one face are boundary and stay a curve of their own (the cubic B-spline of
    Biermann et al. 2000); vertices of no face stay where they are.
    """
    corners = np.asarray(quads, np.int64)
    edges, edge_of = _edges(corners)
    faces = np.arange(len(corners)).repeat(4)
    face_points = _average(faces, corners.ravel(), (len(corners), count))
    inner = np.bincount(edge_of, minlength=len(edges)) == 2
    edge_points = _edge_points(edges, edge_of, inner, face_points, count)
    vertex_points = _vertex_points(corners, edges, inner, face_points, count)
    matrix = sparse.vstack([vertex_points, edge_points, face_points], format="csr")
    return Subdivision(matrix, _fine_quads(corners, edge_of, count, len(edges)), _int(edges))


def _edges(quads: Array) -> tuple[Array, Array]:
    """Return the (e, 2) edges and, for each side of each quad (4f,), its edge."""
    sides = np.stack([quads, np.roll(quads, -1, 1)], 2).reshape(-1, 2)
    edges, edge_of = np.unique(np.sort(sides, 1), axis=0, return_inverse=True)
    return edges, edge_of.ravel()


def _average(rows: Array, columns: Array, shape: tuple[int, int]) -> sparse.csr_array:
    """Return the matrix whose row r is the mean over the `columns` listed for r."""
    count = np.bincount(rows, minlength=shape[0])
    return sparse.csr_array((1.0 / count[rows], (rows, columns)), shape=shape)


def _edge_points(
    edges: Array, edge_of: Array, inner: Array, face_points: sparse.csr_array, count: int
) -> sparse.csr_array:
    middles = _average(np.arange(len(edges)).repeat(2), edges.ravel(), (len(edges), count))
    faces = np.arange(len(edge_of)) // 4
    beside = _average(edge_of, faces, (len(edges), face_points.shape[0])) @ face_points
    share = sparse.diags_array(np.where(inner, 0.5, 0.0))
    return middles - share @ middles + share @ beside


def _vertex_points(
    quads: Array, edges: Array, inner: Array, face_points: sparse.csr_array, count: int
) -> sparse.csr_array:
    square = (count, count)
    ends, others = edges.ravel(), edges[:, ::-1].ravel()
    rim = ~inner.repeat(2)
    on_rim = np.bincount(ends[rim], minlength=count) > 0
    loose = np.bincount(ends, minlength=count) == 0
    faces = _average(quads.ravel(), np.arange(quads.size) // 4, (count, len(quads))) @ face_points
    around = _average(ends, others, square)
    along = _average(ends[rim], others[rim], square)
    valence = np.maximum(np.bincount(ends, minlength=count), 1)
    free = ~on_rim & ~loose
    own = np.where(on_rim, 0.75, np.where(free, 1.0 - 2.0 / valence, 1.0))
    return (
        sparse.diags_array(own)
        + sparse.diags_array(np.where(free, 1.0 / valence, 0.0)) @ (faces + around)
        + sparse.diags_array(np.where(on_rim, 0.25, 0.0)) @ along
    )


def _fine_quads(quads: Array, edge_of: Array, count: int, edges: int) -> Int32:
    after = count + edge_of.reshape(-1, 4)
    middle = np.repeat(count + edges + np.arange(len(quads))[:, None], 4, 1)
    return _int(np.stack([quads, after, middle, np.roll(after, 1, 1)], 2).reshape(-1, 4))


def subdivide_head(quads: Array, count: int, round_quads: Array) -> tuple[sparse.csr_array, Int32]:
    """Subdivide `quads` (f, 4) over `count` vertices once, the eyeballs twice.

    `round_quads` (f,) marks the eyeballs: from near, twice is what makes them round.
    Returns the (n, count) matrix and the (q, 4) fine quads, the eyeballs' last.
    """
    once = subdivide(quads, count)
    again = np.repeat(round_quads, 4)
    twice = subdivide(once.quads[again], once.matrix.shape[0])
    return twice.matrix @ once.matrix, np.concatenate([once.quads[~again], twice.quads])


def triangulate(quads: Array) -> Int32:
    """Return the (2f, 3) triangles of `quads` (f, 4)."""
    return _int(np.asarray(quads)[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3))


def _int(values: Array) -> Int32:
    return np.ascontiguousarray(values, np.int32)
