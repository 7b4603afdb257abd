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


def surface(mean: Array, triangles: Array, uv: Array, uv_triangles: Array) -> Surface:
    """Return outward triangles and a texture vertex for each vertex and coordinate that meet.

    At a seam a vertex has several coordinates; where layouts overlap a coordinate may have
    several vertices, and becomes one texture vertex for each.

    Parameters
    ----------
    mean : (n, 3) float
        Head frame.
    triangles : (t, 3) int
        All wound one way.
    uv : (r, 2) float
        (0, 0) is the top left corner.
    uv_triangles : (t, 3) int
        `triangles` in rows of `uv`.
    """
    turned = outward(mean, np.asarray(triangles, np.int32))
    corners = np.asarray(uv_triangles, np.int64)
    if not np.array_equal(turned, triangles):
        corners = corners[:, ::-1]
    pairs = turned.astype(np.int64).ravel() * max(len(uv), 1) + corners.ravel()
    met, number = np.unique(pairs, return_inverse=True)
    vertices, rows = np.divmod(met, max(len(uv), 1))
    return Surface(
        turned,
        np.ascontiguousarray(np.asarray(uv)[rows], np.float32),
        vertices.astype(np.int32),
        number.reshape(-1, 3).astype(np.int32),
    )
