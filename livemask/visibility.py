"""How well a camera sees the vertices of a mesh: a small depth buffer (Catmull 1974)."""

import numpy as np
from numba import njit

from livemask.records import Array, Camera, Float64, Int32
from livemask.triangles import corners_of, covers, double_area, reach, shares

SIDE = 512
"""px: the mesh is drawn this large; its triangles are larger than a pixel then."""

TOLERANCE = 2.0
"""mm: a vertex this little behind what is drawn there is on the same surface."""

GRAZING, FACING = 0.15, 0.5
"""Cosines between normal and line of sight: up to the first nothing is seen, as the rim
smears along its rays; from the second on all is."""


def visibility(camera: Camera, seen: Float64, normals: Float64, triangles: Int32) -> Array:
    """Tell how well a camera sees each vertex.

    Parameters
    ----------
    camera : Camera
        Who looks.
    seen, normals : (n, 3) float64
        Vertices, mm, all before the camera, and unit normals; camera frame.
    triangles : (t, 3) int32
        Of those vertices.

    Returns
    -------
    (n,) float64
        1 in full view, 0 hidden, turned away or outside the picture.
    """
    depth = -seen[:, 2]
    pixels = camera.focal * seen[:, :2] / depth[:, None] * (1.0, -1.0)
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    places = (pixels - low) * ((SIDE - 1) / max(float((high - low).max()), 1e-9))
    nearest = np.full((SIDE, SIDE), np.inf)
    draw_depth(places, depth, np.ascontiguousarray(triangles), nearest)
    column, row = np.rint(places).astype(int).T
    size = np.array(camera.size)
    inside = ((pixels + camera.centre > -0.5) & (pixels + camera.centre < size - 0.5)).all(axis=1)
    cosine = -(normals * seen).sum(axis=1) / np.linalg.norm(seen, axis=1)
    facing = np.clip((cosine - GRAZING) / (FACING - GRAZING), 0.0, 1.0)
    in_front = depth < nearest[row, column] + TOLERANCE
    return np.asarray(facing * facing * (3.0 - 2.0 * facing) * inside * in_front)


@njit(cache=True, nogil=True)
def draw_depth(places, depth, triangles, nearest):  # type: ignore[no-untyped-def]
    """Lower `nearest` (h, w) to the depth of each triangle; `places` (n, 2) px, `depth` (n,)."""
    height, width = nearest.shape
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
                    z = u * depth[a] + v * depth[b] + w * depth[c]
                    nearest[y, x] = min(nearest[y, x], z)
