"""From corners that name a vertex and a texture coordinate each to our texture vertices."""

from typing import NamedTuple

import numpy as np

from livemask.models.conventions import outward
from livemask.records import Array, Float32, Int32


class Surface(NamedTuple):
    """The last four fields of `MorphableModel` and `Published`, named as there."""

    triangles: Int32
    uv: Float32
    uv_vertices: Int32
    uv_triangles: Int32


def surface(
    mean: Array, triangles: Array, uv: Array | None = None, uv_triangles: Array | None = None
) -> Surface:
    """Return outward triangles and a texture vertex for each vertex and coordinate that meet.

    At a seam a vertex has several coordinates; where layouts overlap a coordinate may have
    several vertices, and becomes one texture vertex for each.

    Parameters
    ----------
    mean : (n, 3) float
        Head frame.
    triangles : (t, 3) int
        All wound one way.
    uv : (r, 2) float, optional
        (0, 0) is the top left corner. The model has no texture if it is left out or empty.
    uv_triangles : (t, 3) int, optional
        `triangles` in rows of `uv`; those of the vertices if left out.
    """
    turned = outward(mean, np.asarray(triangles, np.int32))
    if uv is None or not len(uv):
        none = np.empty(0, np.int32)
        return Surface(turned, np.empty((0, 2), np.float32), none, none.reshape(0, 3))
    corners = np.asarray(triangles if uv_triangles is None else uv_triangles, np.int64)
    if not np.array_equal(turned, triangles):
        corners = corners[:, ::-1]
    pairs = turned.astype(np.int64).ravel() * len(uv) + corners.ravel()
    met, number = np.unique(pairs, return_inverse=True)
    vertices, rows = np.divmod(met, len(uv))
    return Surface(
        turned,
        np.ascontiguousarray(np.asarray(uv)[rows], np.float32),
        vertices.astype(np.int32),
        number.reshape(-1, 3).astype(np.int32),
    )
