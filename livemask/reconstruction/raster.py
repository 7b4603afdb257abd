"""Draws meshes without a graphics card, and so everywhere alike: what each pixel shows."""

from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.records import Array, Camera, Float32, Float64, Int32
from livemask.triangles import corners_of, covers, double_area, reach, shares

MOST = 2.5e6
"""Pixels that are drawn: a face larger than that is smoother than its pixels, and drawn coarser."""


class Drawn(NamedTuple):
    """A drawn mesh.

    Attributes
    ----------
    values : (h, w, k) float32
        What was asked for, of the surface in front; 0 where there is none.
    depth : (h, w) float32
        mm along the camera's line of sight; infinite where there is nothing.
    """

    values: Float32
    depth: Float32


def draw(camera: Camera, seen: Float64, triangles: Int32, values: Array) -> Drawn:
    """Draw a mesh as a camera sees it.

    Parameters
    ----------
    camera : Camera
        Its size is the picture's.
    seen : (n, 3) float64
        Vertices, camera frame, mm.
    triangles : (t, 3) int32
        Those with a vertex behind the camera are left out.
    values : (n, k) float
        Of each vertex; what is between them is interpolated on the surface, not in the picture
        (Heckbert & Moreton 1991, "Interpolation for polygon texture mapping and shading").
    """
    width, height = camera.size
    depth = -seen[:, 2]
    before = depth > 1.0
    places = seen[:, :2] * (camera.focal / np.where(before, depth, 1.0))[:, None]
    places = camera.centre + places * (1.0, -1.0)
    texels = np.zeros((height, width, values.shape[1]), np.float32)
    nearest = np.full((height, width), np.inf, np.float32)
    kept = np.ascontiguousarray(triangles[before[triangles].all(axis=1)])
    fill(places, depth, kept, np.ascontiguousarray(values, np.float64), texels, nearest)
    return Drawn(texels, nearest)


@njit(cache=True, nogil=True)
def fill(places, depth, triangles, values, texels, nearest):  # type: ignore[no-untyped-def]
    """Write to `texels` (h, w, k) the `values` (n, k) in front, to `nearest` (h, w) their depth.

    `places` (n, 2) px, `depth` (n,) > 0.
    """
    height, width, count = texels.shape
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        corners = corners_of(places, a, b, c)
        area = double_area(corners)
        if abs(area) < 1e-12:
            continue
        left, right, top, bottom = reach(corners, width, height)
        for y in range(top, bottom):
            for x in range(left, right):
                u, v, w = shares(x, y, corners, area)
                if covers(u, v, w):
                    u, v, w = u / depth[a], v / depth[b], w / depth[c]
                    z = 1.0 / (u + v + w)
                    if z < nearest[y, x]:
                        nearest[y, x] = z
                        for k in range(count):
                            mixed = u * values[a, k] + v * values[b, k] + w * values[c, k]
                            texels[y, x, k] = z * mixed
