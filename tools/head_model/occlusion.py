"""How much of the sky each vertex sees: the soft dark of nostrils, ears and lid folds.

The mesh is looked at from many directions; a vertex that lies behind something is dark
from there (ambient occlusion by depth maps, as in Pharr & Green, GPU Gems 2004, ch. 17).
"""

import numpy as np
from numba import njit

from livemask.records import Array, Float64

DIRECTIONS = 256
CELL = 1.0  # mm; of a depth map
BIAS = 1.5  # mm; how far a vertex may lie behind the surface that it is part of


def openness(points: Float64, normals: Float64, triangles: Array) -> Float64:
    """Return the (n,) share of light that reaches each of `points` (n, 3), mm, from all around."""
    seen, whole = np.zeros(len(points)), np.zeros(len(points))
    for direction in _sphere(DIRECTIONS):
        facing = np.maximum(normals @ direction, 0.0)
        whole += facing
        seen += facing * _visible(points, triangles, direction)
    return np.asarray(seen / np.maximum(whole, 1e-9))


def _sphere(count: int) -> Float64:
    """Return (count, 3) unit vectors spread evenly (Fibonacci lattice, González 2010)."""
    z = 1.0 - (2.0 * np.arange(count) + 1.0) / count
    turn = np.arange(count) * np.pi * (3.0 - np.sqrt(5.0))
    ring = np.sqrt(1.0 - z * z)
    return np.stack([ring * np.cos(turn), ring * np.sin(turn), z], 1)


def _visible(points: Float64, triangles: Array, direction: Float64) -> Array:
    """Return which of `points` (n, 3) nothing hides from `direction` (3,)."""
    aside = np.cross(direction, [0.0, 1.0, 0.0] if abs(direction[1]) < 0.9 else [1.0, 0.0, 0.0])
    aside /= np.linalg.norm(aside)
    turned = points @ np.stack([aside, np.cross(direction, aside), direction], 1)
    turned[:, :2] = (turned[:, :2] - turned[:, :2].min(0)) / CELL
    depth = np.full(np.ceil(turned[:, :2].max(0)).astype(np.int64) + 2, -np.inf)
    _draw(turned, triangles.astype(np.int64), depth)
    column, row = np.round(turned[:, :2]).astype(np.int64).T
    return turned[:, 2] >= depth[column, row] - BIAS


@njit(cache=True)
def _draw(points, triangles, depth):  # type: ignore[no-untyped-def]
    """Write to `depth` (w, h) the nearest z of the triangles over `points` (n, 3)."""
    for t in range(triangles.shape[0]):
        a, b, c = points[triangles[t, 0]], points[triangles[t, 1]], points[triangles[t, 2]]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if area == 0.0:
            continue
        for x in range(int(np.ceil(min(a[0], b[0], c[0]))), int(max(a[0], b[0], c[0])) + 1):
            for y in range(int(np.ceil(min(a[1], b[1], c[1]))), int(max(a[1], b[1], c[1])) + 1):
                u = ((b[0] - x) * (c[1] - y) - (b[1] - y) * (c[0] - x)) / area
                v = ((c[0] - x) * (a[1] - y) - (c[1] - y) * (a[0] - x)) / area
                if u >= 0.0 and v >= 0.0 and u + v <= 1.0:
                    z = u * a[2] + v * b[2] + (1.0 - u - v) * c[2]
                    depth[x, y] = max(depth[x, y], z)
