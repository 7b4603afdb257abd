"""Pair: a head as its photo shows it, and as it is to be."""

from dataclasses import dataclass

import numpy as np

from livemask.editing.neck import neck_share
from livemask.geometry import euler_angles, rigid, rotation_matrix, transform_points
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float64

JOINT = np.array([0.0, -35.0, -12.0])
"""mm, head frame: about where the skull rests on the neck, and turns."""


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A head before a camera.

    Attributes
    ----------
    points, normals : (n, 3) float64
        Camera frame; mm and unit length.
    """

    points: Float64
    normals: Float64


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A head twice.

    Attributes
    ----------
    model : MorphableModel
    before, after : Head
        As photographed, and as it is to be.
    moved : (n,) float64
        mm by which each vertex moves on the head, without its turning.
    roll : float
        By how much it tilts, rad.
    frontal : (n,) float64
        How far the photo shows the side of the head on which a vertex is, 1 in front to -1
        behind: the cosine between the line of sight and the way out of its upright axis.
    """

    model: MorphableModel
    before: Head
    after: Head
    moved: Float64
    roll: float
    frontal: Float64

    @classmethod
    def of(
        cls, model: MorphableModel, fit: Fit, expression: Float64, turn: tuple[float, ...]
    ) -> "Pair":
        """Return what a fit shows, and the same with another expression, turned by degrees."""
        old = model.vertices(fit.identity, fit.expression).astype(np.float64)
        new = model.vertices(fit.identity, expression).astype(np.float64)
        pose = turned(fit.camera_from_head, turn)
        before, after = (transform_points(fit.camera_from_head, v) for v in (old, new))
        share = neck_share(model, old)[:, None]
        bent = transform_points(pose, new)
        bent += share * (after - bent)
        heads = [Head(points, _normals(model, points)) for points in (before, bent)]
        moved = np.linalg.norm(new - old, axis=1)
        roll = euler_angles(pose[:3, :3])[2] - euler_angles(fit.camera_from_head[:3, :3])[2]
        frontal = _frontal(old, before, fit.camera_from_head[:3, :3])
        return cls(model, heads[0], heads[1], moved, roll, frontal)


def turned(camera_from_head: Float64, turn: tuple[float, ...]) -> Float64:
    """Return a pose (4, 4) turned by yaw, pitch and roll, degrees, about the joint of the neck."""
    if not any(turn):
        return camera_from_head
    old = camera_from_head[:3, :3]
    by = np.radians(np.array([turn[1], turn[0], turn[2]]))
    pitch, yaw, roll = (
        rotation_matrix(angle * axis)
        for angle, axis in zip(np.array(euler_angles(old)) + by, np.eye(3), strict=True)
    )
    new = roll @ yaw @ pitch
    return rigid(new, camera_from_head[:3, 3] + (old - new) @ JOINT)


def _frontal(vertices: Float64, seen: Float64, turn: Float64) -> Float64:
    """Return (n,) see `Pair`, of `vertices` in the head's frame, `seen` in the camera's."""
    outwards = (vertices * (1.0, 0.0, 1.0)) @ turn.T
    far = np.linalg.norm(outwards, axis=1) * np.linalg.norm(seen, axis=1)
    return np.asarray(-np.einsum("ni,ni->n", outwards, seen) / np.maximum(far, 1e-6))


def _normals(model: MorphableModel, points: Float64) -> Array:
    return model.normals(np.ascontiguousarray(points, np.float32)).astype(np.float64)
