"""Which triangle each sample of a picture shows: visibility first, shading after.

Nothing but the number of the triangle in front is kept (a visibility buffer: Burns & Hunt 2013);
what it shows there is reckoned once for each sample that is seen.
"""

import numpy as np
from numba import njit

from livemask.records import Array, Float32, Int32

NONE = -1
"""Where nothing is."""


def buffers(size: int, per_side: int) -> tuple[Int32, Float32]:
    """Return what `fill` writes to: numbers and nearness of (s, s) samples, s = size * per_side."""
    side = size * per_side
    return np.empty((side, side), np.int32), np.empty((side, side), np.float32)


@njit(cache=True, nogil=True)
def clear(owner, nearness):  # type: ignore[no-untyped-def]
    """Make `owner` and `nearness` (s, s) show nothing."""
    owner[:] = -1
    nearness[:] = 0.0


@njit(cache=True, nogil=True)
def fill(places, near, triangles, first, into):  # type: ignore[no-untyped-def]
    """Write the numbers of the triangles in front, counted from `first`; none that turn away.

    `places` (n, 2) float64 in samples, `near` (n,) float64 one over the depth, not above 0 behind
    the camera; `into`: the numbers (s, s), and the nearness (s, s) of what is in front.
    """
    owner, nearness = into
    height, width = owner.shape
    for t in range(triangles.shape[0]):
        a, b = np.uint64(triangles[t, 0]), np.uint64(triangles[t, 1])
        c = np.uint64(triangles[t, 2])
        ax, ay, bx, by = places[a, 0], places[a, 1], places[b, 0], places[b, 1]
        cx, cy = places[c, 0], places[c, 1]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        # Image y points down: what is counter-clockwise from outside has a negative area.
        if area >= 0.0:
            continue
        if near[a] <= 0.0 or near[b] <= 0.0 or near[c] <= 0.0:
            continue
        left, right = max(0, int(np.ceil(min(ax, bx, cx)))), int(np.floor(max(ax, bx, cx)))
        top, bottom = max(0, int(np.ceil(min(ay, by, cy)))), int(np.floor(max(ay, by, cy)))
        share = 1.0 / area
        for y in range(top, min(bottom, height - 1) + 1):
            v = ((left - ax) * (cy - ay) - (y - ay) * (cx - ax)) * share
            w = ((bx - ax) * (y - ay) - (by - ay) * (left - ax)) * share
            dv, dw = (cy - ay) * share, (ay - by) * share
            for x in range(left, min(right, width - 1) + 1):
                if v >= -1e-9 and w >= -1e-9 and v + w <= 1.0 + 1e-9:
                    z = near[a] + v * (near[b] - near[a]) + w * (near[c] - near[a])
                    if z > nearness[y, x]:
                        nearness[y, x] = z
                        owner[y, x] = first + t
                v += dv
                w += dw


@njit(cache=True, nogil=True)
def fill_strands(places, near, triangles, first, hair, into):  # type: ignore[no-untyped-def]
    """Do as `fill` for hair, from both sides, and leave out samples between strands.

    `hair`: uv (n, 2) and alpha (n,) of the vertices, and strands (h, w, 2) uint8; a sample is
    there where alpha is above their second channel, which repeats beyond its edges.
    """
    uv, alpha, strands = hair
    owner, nearness = into
    height, width = owner.shape
    rows, columns = strands.shape[:2]
    for t in range(triangles.shape[0]):
        a, b = np.uint64(triangles[t, 0]), np.uint64(triangles[t, 1])
        c = np.uint64(triangles[t, 2])
        if max(alpha[a], alpha[b], alpha[c]) <= 0.02:
            continue
        ax, ay, bx, by = places[a, 0], places[a, 1], places[b, 0], places[b, 1]
        cx, cy = places[c, 0], places[c, 1]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if area == 0.0 or near[a] <= 0.0 or near[b] <= 0.0 or near[c] <= 0.0:
            continue
        left, right = max(0, int(np.ceil(min(ax, bx, cx)))), int(np.floor(max(ax, bx, cx)))
        top, bottom = max(0, int(np.ceil(min(ay, by, cy)))), int(np.floor(max(ay, by, cy)))
        share = 1.0 / area
        for y in range(top, min(bottom, height - 1) + 1):
            for x in range(left, min(right, width - 1) + 1):
                v = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) * share
                w = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * share
                u = 1.0 - v - w
                if v < -1e-9 or w < -1e-9 or u < -1e-9:
                    continue
                z = u * near[a] + v * near[b] + w * near[c]
                if z <= nearness[y, x]:
                    continue
                dense = u * alpha[a] + v * alpha[b] + w * alpha[c]
                if dense < 0.999:
                    s = u * uv[a, 0] + v * uv[b, 0] + w * uv[c, 0]
                    q = u * uv[a, 1] + v * uv[b, 1] + w * uv[c, 1]
                    column, row = int(s * columns) % columns, int(q * rows) % rows
                    if dense * 255.0 <= strands[row, column, 1]:
                        continue
                nearness[y, x] = z
                owner[y, x] = first + t


@njit(cache=True, nogil=True)
def corners_at(places, near, corners, x, y):  # type: ignore[no-untyped-def]
    """Return the shares of a triangle's `corners` (3,) at a sample, on the surface.

    Heckbert & Moreton 1991, "Interpolation for polygon texture mapping and shading".
    """
    a, b, c = np.uint64(corners[0]), np.uint64(corners[1]), np.uint64(corners[2])
    ax, ay = places[a, 0], places[a, 1]
    ux, uy = places[b, 0] - ax, places[b, 1] - ay
    vx, vy = places[c, 0] - ax, places[c, 1] - ay
    share = 1.0 / (ux * vy - uy * vx)
    dx, dy = x - ax, y - ay
    v = (dx * vy - dy * vx) * share
    w = (ux * dy - uy * dx) * share
    p, q, r = (1.0 - v - w) * near[a], v * near[b], w * near[c]
    total = 1.0 / (p + q + r)
    return p * total, q * total, r * total, total


def samples(pixels: Array, per_side: int) -> Array:
    """Return image points (n, 2) px in samples, of which a pixel has `per_side` squared."""
    return np.asarray((pixels + 0.5) * per_side - 0.5)
