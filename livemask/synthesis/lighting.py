"""Light on a person: from all around with soft shadows, and from a lamp with sharper ones."""

from dataclasses import dataclass

import numpy as np
from numba import njit

from livemask.performer import harmonics
from livemask.records import Array, Float32, Float64

DIRECTIONS = harmonics.sphere(192)
CELL = 3.0
"""mm; of the map of what a lamp sees."""

BIAS = 4.0
"""mm by which a vertex may lie behind what the lamp sees."""

SOFT = (0.28, 0.10, 0.06)
"""By how much light goes round the edge of its shadow under skin, linear RGB (wrapped cosine)."""


@dataclass(frozen=True, slots=True, eq=False)
class Lights:
    """The light of one picture, camera frame.

    Attributes
    ----------
    around : (d, 3) float64
        From each of `DIRECTIONS`, times its share of the sphere.
    lamp : (3,) float64
        Unit vector towards the lamp.
    colour : (3,) float64
        What the lamp gives a white surface that faces it.
    """

    around: Float64
    lamp: Float64
    colour: Float64

    def seen_from(self, rotation: Float64) -> Float32:
        """Return the harmonics (16, 3) of the light around a body turned by `rotation` (3, 3)."""
        waves = harmonics.basis(DIRECTIONS @ rotation)
        return np.ascontiguousarray(waves.T @ self.around, np.float32)


def lit_by_lamp(seen: Float32, triangles: Array, lamp: Float64) -> Float32:
    """Return how much of a lamp's light reaches each vertex (n,), 0 to 1.

    `seen` (n, 3) mm, camera frame; `triangles` (t, 3) cast shadows; `lamp` (3,) towards it.
    The edges of shadows are as soft as three cells are wide (percentage-closer filtering,
    Reeves, Salesin & Cook 1987).
    """
    aside = np.cross(lamp, [0.0, 1.0, 0.0] if abs(lamp[1]) < 0.9 else [1.0, 0.0, 0.0])
    aside /= np.linalg.norm(aside)
    axes = np.stack([aside, np.cross(lamp, aside), lamp], 1).astype(np.float32)
    turned, low, high = np.empty_like(seen), np.empty(2, np.float32), np.empty(2, np.float32)
    _turn(seen, axes, turned, (low, high))
    shape = np.minimum(np.ceil(high - low).astype(np.int64) + 3, 400)
    height = np.full(shape, -np.inf, np.float32)
    reached = np.empty(len(seen), np.float32)
    _heights(turned, triangles, height)
    _reached(turned, height, reached)
    return reached


@njit(cache=True, nogil=True)
def _turn(seen, axes, turned, bounds):  # type: ignore[no-untyped-def]
    """Write to `turned` (n, 3) what `seen` is along `axes`, x and y in cells from the least.

    `bounds` take the least and the greatest x and y, (2,) each, in cells.
    """
    low, high = bounds
    low[:], high[:] = np.inf, -np.inf
    for i in range(seen.shape[0]):
        for k in range(3):
            value = np.float32(0.0)
            for j in range(3):
                value += seen[i, j] * axes[j, k]
            if k < 2:
                value /= np.float32(CELL)
                low[k], high[k] = min(low[k], value), max(high[k], value)
            turned[i, k] = value
    for i in range(seen.shape[0]):
        turned[i, 0] -= low[0]
        turned[i, 1] -= low[1]


@njit(cache=True, nogil=True)
def _heights(points, triangles, height):  # type: ignore[no-untyped-def]
    """Write to `height` (w, h) the greatest z of the triangles over `points` (n, 3)."""
    for t in range(triangles.shape[0]):
        a, b, c = points[triangles[t, 0]], points[triangles[t, 1]], points[triangles[t, 2]]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if area <= np.float32(0.0):  # what is turned away lies behind what is turned to the lamp
            continue
        left, right = int(np.ceil(min(a[0], b[0], c[0]))), int(max(a[0], b[0], c[0]))
        low, high = int(np.ceil(min(a[1], b[1], c[1]))), int(max(a[1], b[1], c[1]))
        for x in range(left, min(right, height.shape[0] - 1) + 1):
            for y in range(low, min(high, height.shape[1] - 1) + 1):
                u = ((b[0] - x) * (c[1] - y) - (b[1] - y) * (c[0] - x)) / area
                v = ((c[0] - x) * (a[1] - y) - (c[1] - y) * (a[0] - x)) / area
                if u >= 0.0 and v >= 0.0 and u + v <= 1.0:
                    z = u * a[2] + v * b[2] + (1.0 - u - v) * c[2]
                    height[x, y] = max(height[x, y], z)


@njit(cache=True, nogil=True)
def _reached(points, height, reached):  # type: ignore[no-untyped-def]
    """Write to `reached` (n,) the share of nine cells about each of `points` with none before."""
    wide, tall = height.shape
    for i in range(points.shape[0]):
        x, y = int(points[i, 0] + 0.5), int(points[i, 1] + 0.5)
        free = 0
        for dx in range(-1, 2):
            for dy in range(-1, 2):
                cx, cy = min(max(x + dx, 0), wide - 1), min(max(y + dy, 0), tall - 1)
                if points[i, 2] >= height[cx, cy] - np.float32(BIAS):
                    free += 1
        reached[i] = free / np.float32(9.0)


@njit(cache=True, nogil=True, fastmath=True)
def shine(normals, seen, reached, lamp, colour, soft, lit, gleam):  # type: ignore[no-untyped-def]
    """Add to `lit` (n, 3) a lamp's light, and write to `gleam` (n,) its broad highlight.

    `normals` and `seen` (n, 3), camera frame; `reached` (n,); `lamp` and `colour` (3,); `soft`
    (3,) as `SOFT`. The highlight is Blinn's of 1977 with exponent 16.
    """
    for i in range(normals.shape[0]):
        x, y, z = normals[i, 0], normals[i, 1], normals[i, 2]
        cosine = x * lamp[0] + y * lamp[1] + z * lamp[2]
        for c in range(3):
            wrapped = (cosine + soft[c]) / (np.float32(1.0) + soft[c])
            lit[i, c] += reached[i] * colour[c] * max(wrapped, np.float32(0.0))
        far = np.float32(1.0) / np.sqrt(seen[i, 0] ** 2 + seen[i, 1] ** 2 + seen[i, 2] ** 2)
        hx, hy = lamp[0] - seen[i, 0] * far, lamp[1] - seen[i, 1] * far
        hz = lamp[2] - seen[i, 2] * far
        half = (x * hx + y * hy + z * hz) / np.sqrt(hx * hx + hy * hy + hz * hz + np.float32(1e-9))
        half = max(half, np.float32(0.0))
        half *= half
        half *= half
        half *= half
        gleam[i] = half * half * reached[i] * (cosine > 0.0)


@njit(cache=True, nogil=True, fastmath=True)
def spread(passed, rest, now, turn, around, lit):  # type: ignore[no-untyped-def]
    """Write to `lit` (n, 3) what vertices show of the light around.

    `passed` (n, 16) is their transfer at rest, `rest` (n, 3) their normals there and `now` (n, 3)
    those of today, all in the frame of the body; `around` (16, 3) the light in that frame. A
    surface that turned gets what an open surface would get more or less. `turn` (3, 3) takes
    normals to the camera's frame: `now` is turned in place.
    """
    for i in range(passed.shape[0]):
        free = min(passed[i, 0] * np.float32(3.544908), np.float32(1.0))
        x, y, z = now[i, 0], now[i, 1], now[i, 2]
        p, q, r = rest[i, 0], rest[i, 1], rest[i, 2]
        a, b, c = (
            (y - q) * np.float32(0.325735),
            (z - r) * np.float32(0.325735),
            (x - p) * np.float32(0.325735),
        )
        d, e = (x * y - p * q) * np.float32(0.273137), (y * z - q * r) * np.float32(0.273137)
        f = (z * z - r * r) * np.float32(0.236544)
        g = (x * z - p * r) * np.float32(0.273137)
        h = (x * x - y * y - p * p + q * q) * np.float32(0.1365685)
        for k in range(3):
            total = np.float32(0.0)
            for j in range(16):
                total += passed[i, j] * around[j, k]
            more = a * around[1, k] + b * around[2, k] + c * around[3, k]
            more += d * around[4, k] + e * around[5, k] + f * around[6, k]
            more += g * around[7, k] + h * around[8, k]
            lit[i, k] = max(total + free * more, np.float32(0.012) * around[0, k])
        for k in range(3):
            now[i, k] = turn[k, 0] * x + turn[k, 1] * y + turn[k, 2] * z
