"""Reach: which part of a picture a mesh is drawn on."""

import numpy as np

from livemask.geometry import clip_from_camera
from livemask.records import Mesh

_CORNERS = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)])


def reach(mesh: Mesh, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a box around a mesh in a picture of `size`, px.

    It is that of the eight corners of a box around its vertices: as quick as can be, and never
    too small. All of the picture if the mesh reaches behind the camera.
    """
    width, height = size
    if not len(mesh.vertices):
        return width, height, 0, 0
    axes = np.ascontiguousarray(mesh.vertices.T, np.float32)  # rows are ten times as quick
    ends = np.stack([axes.min(axis=1), axes.max(axis=1)])
    corners = np.column_stack([ends[_CORNERS, [0, 1, 2]], np.ones(8)])
    clip = corners @ (clip_from_camera(mesh.camera) @ mesh.camera_from_mesh).T
    if not np.isfinite(clip).all() or clip[:, 3].min() <= 0.0:
        return 0, 0, width, height
    x, y = clip[:, 0] / clip[:, 3], -clip[:, 1] / clip[:, 3]
    left, right = _within(x.min(), width), _within(x.max(), width) + 1
    top, bottom = _within(y.min(), height), _within(y.max(), height) + 1
    return left, top, min(right, width), min(bottom, height)


def _within(place: float, side: int) -> int:
    """Return where `place`, -1 to 1, is on a side of a picture, px."""
    return int(min(max(0.5 * (place + 1.0), 0.0), 1.0) * side)
