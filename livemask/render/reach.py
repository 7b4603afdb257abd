"""Reach: which part of a picture a mesh is drawn on."""

import numpy as np

from livemask.geometry import clip_from_camera
from livemask.records import Float32, Mesh


def reach(mesh: Mesh, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of a box around a mesh in a picture of `size`, px.

    All of the picture if the mesh reaches behind the camera.
    """
    width, height = size
    if not len(mesh.vertices):
        return width, height, 0, 0
    clip = np.asarray(clip_from_camera(mesh.camera) @ mesh.camera_from_mesh, np.float32)
    # Rows are ten times as quick as columns.
    across, up, ahead = clip[[0, 1, 3], :3] @ _rows(mesh.vertices) + clip[[0, 1, 3], 3:]
    if not ahead.min() > 0.0:
        return 0, 0, width, height
    x, y = across / ahead, up / ahead
    ends = float(x.min()), float(-y.max()), float(x.max()), float(-y.min())
    if not np.isfinite(ends).all():
        return 0, 0, width, height
    left, top, right, bottom = (0.5 * (end + 1.0) for end in ends)
    return (
        _within(left, width), _within(top, height),
        min(_within(right, width) + 1, width), min(_within(bottom, height) + 1, height),
    )  # fmt: skip


def _rows(vertices: Float32) -> Float32:
    return np.ascontiguousarray(vertices.T, np.float32)


def _within(share: float, side: int) -> int:
    """Return where a share of a side of a picture is, px."""
    return int(min(max(share, 0.0), 1.0) * side)
