"""What is known of each pixel: which part of a person it shows, and the head's surface there."""

import numpy as np
from numba import njit

from livemask.records import Array, Int32, UInt8
from livemask.synthesis.raster import corners_at

DEPTH_STEP = 0.1
"""mm of one step of the label `depth`."""


def kinds(front: Int32, kind: UInt8) -> UInt8:
    """Return what each pixel shows, (s, s): `front` holds triangles, -1 none; `kind` (t,)."""
    table: Array = np.append(kind, np.uint8(0))
    return np.asarray(table[front], np.uint8)


@njit(cache=True, nogil=True)
def measure(places, near, surface, owner, maps):  # type: ignore[no-untyped-def]
    """Write what `owner` (h, w) shows to `maps`, which hold zeros and stay so where nothing is.

    `maps`: depth (h, w) uint16 in `DEPTH_STEP`, normals (h, w, 3) int8 times 127, camera frame,
    uv (h, w, 2) uint16 times 65535. `surface`: normals (n, 3) and triangles (t, 3); uv (r, 2) and
    the same triangles of its corners.
    """
    normals, triangles, uv, flat = surface
    depth, facing, texels = maps
    for y in range(owner.shape[0]):
        for x in range(owner.shape[1]):
            triangle = owner[y, x]
            if triangle < 0:
                continue
            corners = triangles[triangle]
            u, v, w, z = corners_at(places, near, corners, x, y)
            depth[y, x] = np.uint16(min(z / DEPTH_STEP + 0.5, 65535.0))
            a, b, c = corners[0], corners[1], corners[2]
            nx = u * normals[a, 0] + v * normals[b, 0] + w * normals[c, 0]
            ny = u * normals[a, 1] + v * normals[b, 1] + w * normals[c, 1]
            nz = u * normals[a, 2] + v * normals[b, 2] + w * normals[c, 2]
            long = 127.0 / max((nx * nx + ny * ny + nz * nz) ** 0.5, 1e-9)
            facing[y, x, 0] = np.int8(np.rint(nx * long))
            facing[y, x, 1] = np.int8(np.rint(ny * long))
            facing[y, x, 2] = np.int8(np.rint(nz * long))
            a, b, c = flat[triangle, 0], flat[triangle, 1], flat[triangle, 2]
            for k in range(2):
                place = u * uv[a, k] + v * uv[b, k] + w * uv[c, k]
                texels[y, x, k] = np.uint16(min(max(place, 0.0), 1.0) * 65535.0 + 0.5)
