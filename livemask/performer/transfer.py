"""How much of the light around it reaches each vertex, with the shadows of its surroundings."""

import numpy as np
from numba import njit

from livemask.performer import harmonics
from livemask.records import Array, Float32, Float64, Int32

DIRECTIONS = 128
CELL = 2.0  # mm; of a depth map
BIAS = 3.0  # mm; how far a vertex may lie behind the surface that it is part of


def transfer(
    points: Float32, normals: Float32, triangles: Int32, count: int = DIRECTIONS
) -> Float32:
    """Return what each vertex of a scene passes on of the light around it, (n, 16) float32.

    The product with the light's harmonics is the irradiance divided by pi: times albedo it
    is what a matt surface shows. The scene is looked at from many sides; a vertex that lies
    behind something gets no light from there.

    Parameters
    ----------
    points, normals : (n, 3) float32
        mm.
    triangles : (t, 3) int32
        What casts shadows; may leave out vertices.
    count : int
        From how many sides it is looked at.

    References
    ----------
    Sloan, Kautz & Snyder 2002; depth maps as in Pharr & Green, GPU Gems 2004, ch. 17.
    """
    directions = harmonics.sphere(count)
    weights = harmonics.basis(directions) * (4.0 / count)
    passed = np.zeros((len(points), harmonics.COUNT), np.float32)
    for direction, weight in zip(directions, weights, strict=True):
        facing = np.maximum(normals @ direction.astype(np.float32), 0.0)
        facing *= _lit(points, triangles, direction)
        passed += np.outer(facing, weight.astype(np.float32))
    return passed


def _lit(points: Float32, triangles: Int32, direction: Float64) -> Array:
    """Return which of `points` (n, 3) nothing hides from `direction` (3,)."""
    aside = np.cross(direction, [0.0, 1.0, 0.0] if abs(direction[1]) < 0.9 else [1.0, 0.0, 0.0])
    aside /= np.linalg.norm(aside)
    turned = points @ np.stack([aside, np.cross(direction, aside), direction], 1)
    turned[:, :2] = (turned[:, :2] - turned[:, :2].min(0)) / CELL
    depth = np.full(np.ceil(turned[:, :2].max(0)).astype(np.int64) + 2, -np.inf)
    _draw(turned, triangles, depth)
    column, row = np.round(turned[:, :2]).astype(np.int64).T
    return np.asarray(turned[:, 2] >= depth[column, row] - BIAS)


@njit(cache=True, nogil=True)
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
