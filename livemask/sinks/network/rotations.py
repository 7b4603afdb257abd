"""Rotations as other programs write them."""

import numpy as np

from livemask.geometry import rotation_vector
from livemask.records import Float64

Quaternion = tuple[float, float, float, float]
"""x, y, z, w."""


def quaternion(vector: Float64) -> Quaternion:
    """Return x, y, z, w of the rotation about `vector` (3,) by its length in rad."""
    angle = float(np.linalg.norm(vector))
    if angle < 1e-12:
        return 0.0, 0.0, 0.0, 1.0
    x, y, z = (np.sin(0.5 * angle) / angle) * np.asarray(vector, np.float64)
    return float(x), float(y), float(z), float(np.cos(0.5 * angle))


def matrix_quaternion(rotation: Float64) -> Quaternion:
    """Return x, y, z, w of a rotation (3, 3)."""
    return quaternion(rotation_vector(rotation))


def turn(rotation: Float64) -> tuple[float, float, float]:
    """Return yaw, pitch and roll in rad of a camera_from_head rotation (3, 3).

    `rotation = Ry(yaw) @ Rx(pitch) @ Rz(roll)`, as Unreal Engine and opentrack take heads
    apart: yaw > 0 turns to the subject's left, pitch > 0 looks down, roll > 0 tilts the head
    to the subject's right shoulder.
    """
    pitch = float(np.arcsin(np.clip(-rotation[1, 2], -1.0, 1.0)))
    yaw = float(np.arctan2(rotation[0, 2], rotation[2, 2]))
    roll = float(np.arctan2(rotation[1, 0], rotation[1, 1]))
    return yaw, pitch, roll
