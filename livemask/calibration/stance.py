"""Stance: the pose of a head as programs take it: from where the person sits at ease."""

import numpy as np

from livemask.calibration.calibration import Six
from livemask.geometry import rigid, rotation_matrix, rotation_vector
from livemask.records import Float64


def stance(camera_from_head: Float64, centre: Six | None) -> Float64:
    """Return a pose (4, 4), mm, as seen by a camera to which `centre` would look straight.

    The head turns about its place at the centre and stays as far away as it was there: at the
    centre the rotation is none, and the place the middle of the picture.
    """
    if centre is None:
        return camera_from_head
    ahead = rotation_matrix(np.array(centre[:3]))
    moved = ahead.T @ (camera_from_head[:3, 3] - centre[3:])
    away = np.array([0.0, 0.0, -float(np.linalg.norm(centre[3:]))])
    return rigid(ahead.T @ camera_from_head[:3, :3], moved + away)


def centre_of(camera_from_head: Float64) -> Six:
    """Return the six numbers of a pose (4, 4) that is to be straight ahead."""
    x, y, z = map(float, rotation_vector(camera_from_head[:3, :3]))
    left, up, away = map(float, camera_from_head[:3, 3])
    return x, y, z, left, up, away
