"""Which triangle lies under each texel of a texture, and values of vertices brought there."""

from dataclasses import dataclass

import numpy as np
from numba import njit

from livemask.records import Array, Float32, Int32

_SPILL = 1.0
"""Texels by which triangles are widened, so that filters find no empty texel at seams."""


@dataclass(frozen=True, slots=True, eq=False)
class Bake:
    """The texels of a square texture that are covered.

    Attributes
    ----------
    size : int
        Texels a side.
    texels : (m,) int64
        Their places, row by row.
    corners : (m, 3) int32
        The texture vertices of the triangle over each.
    shares : (m, 3) float32
        The share of each corner.
    """

    size: int
    texels: Array
    corners: Int32
    shares: Float32

    @classmethod
    def of(cls, uv: Float32, triangles: Int32, size: int) -> "Bake":
        """Draw `triangles` (t, 3) of texture vertices `uv` (r, 2) into a texture."""
        owner = np.full((size, size), -1, np.int32)
        shares = np.zeros((size, size, 3), np.float32)
        _draw(uv.astype(np.float64) * size - 0.5, triangles, owner, shares)
        texels = np.flatnonzero(owner.ravel() >= 0)
        corners = triangles[owner.ravel()[texels]]
        return cls(size, texels, corners, shares.reshape(-1, 3)[texels])

    def values(self, values: Array) -> Float32:
        """Return `values` (r, k) of the texture vertices at the texels, (m, k)."""
        total = np.zeros((len(self.texels), values.shape[1]), np.float32)
        for corner in range(3):
            total += self.shares[:, corner : corner + 1] * values[self.corners[:, corner]]
        return total


@njit(cache=True, nogil=True)
def _draw(points, triangles, owner, shares):  # type: ignore[no-untyped-def]
    """Write to `owner` (s, s) the triangle over each texel and to `shares` its corners'."""
    best = np.full(owner.shape, -1e9)
    for t in range(triangles.shape[0]):
        a, b, c = points[triangles[t, 0]], points[triangles[t, 1]], points[triangles[t, 2]]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if area == 0.0:
            continue
        longest = max(np.hypot(b[0] - a[0], b[1] - a[1]), np.hypot(c[0] - b[0], c[1] - b[1]))
        longest = max(longest, np.hypot(a[0] - c[0], a[1] - c[1]))
        spill = -_SPILL * longest / abs(area)
        x0, x1 = int(np.floor(min(a[0], b[0], c[0]) - 1)), int(max(a[0], b[0], c[0]) + 2)
        y0, y1 = int(np.floor(min(a[1], b[1], c[1]) - 1)), int(max(a[1], b[1], c[1]) + 2)
        for x in range(max(x0, 0), min(x1, owner.shape[1])):
            for y in range(max(y0, 0), min(y1, owner.shape[0])):
                u = ((b[0] - x) * (c[1] - y) - (b[1] - y) * (c[0] - x)) / area
                v = ((c[0] - x) * (a[1] - y) - (c[1] - y) * (a[0] - x)) / area
                inside = min(u, v, 1.0 - u - v)
                if inside >= spill and min(inside, 0.0) > best[y, x]:
                    best[y, x] = min(inside, 0.0)
                    owner[y, x] = t
                    shares[y, x, 0], shares[y, x, 1], shares[y, x, 2] = u, v, 1.0 - u - v
