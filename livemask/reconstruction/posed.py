"""Points and pose in the form in which PRNet writes them (Feng et al. 2018)."""

from typing import TYPE_CHECKING

import numpy as np

from livemask.geometry import euler_angles, nearest_rotation
from livemask.reconstruction.unwrapped import picture_points
from livemask.records import Float64

if TYPE_CHECKING:
    from livemask.reconstruction.reconstruction import Reconstruction

_UP = np.diag([1.0, -1.0, 1.0])  # the image's y points down


def points(made: "Reconstruction") -> Float64:
    """Return the (68, 3) points in the photo: x, y px; z px towards the camera, as in the map."""
    fit = made.fit
    seen = made.points_3d @ fit.camera_from_head[:3, :3].T + fit.camera_from_head[:3, 3]
    scale = fit.camera.focal / np.abs(np.mean(made.shape.seen[:, 2]))
    depth = scale * (seen[:, 2] - made.shape.seen[:, 2].min())
    return np.column_stack([made.points, depth])


def matrix(made: "Reconstruction") -> Float64:
    """Return the (3, 4) affine camera that takes the mean head, mm, to the photo, px.

    Of all vertices, by least squares (Hartley & Zisserman 2003, algorithm 7.2, without noise
    in the third row, as the depths are known).
    """
    mean = made.model.mean.astype(np.float64)
    rows = np.column_stack([mean, np.ones(len(mean))])
    solved, *_ = np.linalg.lstsq(
        rows, picture_points(made.shape, made.fit.camera.focal).astype(np.float64), rcond=None
    )
    return np.asarray(solved.T)


def angles(camera: Float64) -> tuple[float, float, float]:
    """Return pitch, yaw and roll, degrees, of such a matrix (3, 4), as in `euler_angles`."""
    pitch, yaw, roll = np.degrees(euler_angles(nearest_rotation(_UP @ camera[:, :3])))
    return float(pitch), float(yaw), float(roll)
