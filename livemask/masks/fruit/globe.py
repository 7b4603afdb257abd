"""Spheres and other grids of vertices."""

import numpy as np

from livemask.records import Array, Float32, Float64, Int32


def globe(around: int, down: int) -> tuple[Float64, Int32, Float32]:
    """Return directions (n, 3), triangles and uv of a sphere with its poles on the y axis.

    u runs from the back (-z) over the subject's right (-x) and the front, v from the upper
    pole to the lower. The seam has its vertices twice.
    """
    v, u = np.mgrid[0 : down + 1, 0 : around + 1].astype(np.float64)
    turn, fall = 2.0 * np.pi * u / around, np.pi * v / down
    directions = np.stack(
        [-np.sin(fall) * np.sin(turn), np.cos(fall), -np.sin(fall) * np.cos(turn)], -1
    )
    uv = np.stack([u / around, v / down], -1)
    return (
        directions.reshape(-1, 3),
        grid_triangles(down + 1, around + 1),
        np.ascontiguousarray(uv.reshape(-1, 2), np.float32),
    )


def grid_triangles(rows: int, columns: int) -> Int32:
    """Return the triangles of a grid of vertices, row by row.

    Counter-clockwise where columns run to the right and rows downwards.
    """
    here = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = here[:-1, :-1], here[:-1, 1:], here[1:, :-1], here[1:, 1:]
    quads = np.stack([a, c, d, a, d, b], -1)
    return np.ascontiguousarray(quads.reshape(-1, 3), np.int32)


def grid_normals(vertices: Array, rows: int, columns: int) -> Float32:
    """Return the (n, 3) unit normals of a globe of `vertices` (n, 3), row by row.

    The first and the last row are its poles, where its seam is its first and last column.
    """
    grid = np.asarray(vertices, np.float64).reshape(rows, columns, 3)
    round_about = np.concatenate([grid[:, -2:-1], grid, grid[:, 1:2]], axis=1)
    along = round_about[:, 2:] - round_about[:, :-2]
    down = np.gradient(grid, axis=0)
    normals = np.cross(down, along)
    normals[0], normals[-1] = (0.0, 1.0, 0.0), (0.0, -1.0, 0.0)
    normals /= np.maximum(np.linalg.norm(normals, axis=2, keepdims=True), 1e-12)
    return np.ascontiguousarray(normals.reshape(-1, 3), np.float32)
