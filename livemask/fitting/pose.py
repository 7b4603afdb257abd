"""Where a head is: closed form from an affine camera, then six parameters in perspective."""

import numpy as np
from numba import njit

from livemask.fitting.kernels import (
    View,
    affine_camera,
    missing_row,
    pose_rows,
    residuals,
    rotate_by,
    scale_rotation,
    weigh,
)
from livemask.fitting.linear import eliminate, gram, substitute
from livemask.geometry import rigid
from livemask.records import Float64


def initial_pose(points: Float64, pixels: Float64, focal: float) -> Float64:
    """Estimate the pose of a head from points whose image positions are known.

    Solves for an affine camera and takes the nearest rotation: rough, but it
    needs no start. `refine_pose` polishes it.

    Parameters
    ----------
    points : (n, 3) float64
        In the head frame, mm; at least four, not all in one plane.
    pixels : (n, 2) float64
        Where each was seen, relative to the principal point, y up, px.
    focal : float
        Focal length, px.

    Returns
    -------
    (4, 4) float64
        camera_from_head.

    References
    ----------
    Hartley & Zisserman, Multiple View Geometry, 2nd ed., 2003, algorithm 7.2.
    """
    view = View(pixels, np.ones(len(points)), focal, np.eye(3), np.zeros(3))
    start_pose(points, view)
    return rigid(view.rotation, view.translation)


@njit(cache=True, nogil=True)
def start_pose(points, view):  # type: ignore[no-untyped-def]
    """Write the rotation and translation of `view` by the nearest scaled orthography.

    Three rounds: each moves the pixels to where a camera infinitely far away would see
    them, given the depths of the round before (POSIT: DeMenthon & Davis 1995).
    """
    camera = np.empty((2, 4))
    rotation, translation, focal = view.rotation, view.translation, view.focal
    pixels, weights = view.pixels, view.weights
    straight = np.empty((points.shape[0], 2))
    for i in range(points.shape[0]):
        straight[i, 0], straight[i, 1] = pixels[i, 0], pixels[i, 1]
    for _ in range(3):
        affine_camera(points, straight, weights, camera)
        scale = scale_rotation(camera, rotation)
        translation[2] = -focal / max(scale, 1e-9)
        translation[0] = -camera[0, 3] * translation[2] / focal
        translation[1] = -camera[1, 3] * translation[2] / focal
        for i in range(points.shape[0]):
            depth = (
                rotation[2, 0] * points[i, 0]
                + rotation[2, 1] * points[i, 1]
                + rotation[2, 2] * points[i, 2]
            )
            nearer = 1.0 + depth / translation[2]
            straight[i, 0] = pixels[i, 0] * nearer
            straight[i, 1] = pixels[i, 1] * nearer


@njit(cache=True, nogil=True)
def refine_pose(points, view, rounds):  # type: ignore[no-untyped-def]
    """Improve the rotation and translation of `view`: Gauss-Newton in perspective.

    Returns the root mean square residual, mm, weighted, before the last step.
    """
    n = points.shape[0]
    seen, missing = np.empty((n, 3)), np.empty((n, 2))
    rows, matrix = np.empty((7, 2 * n)), np.empty((7, 7))
    step, none = np.empty(6), np.empty(0)
    weights, rotation, translation = view.weights, view.rotation, view.translation
    error = 0.0
    for _ in range(rounds):
        residuals(points, view, seen, missing)
        pose_rows(view, seen, rows)
        missing_row(missing, none, step.shape[0], rows)
        weigh(weights, rows)
        gram(rows, matrix)
        error = matrix[6, 6]
        eliminate(matrix, step.shape[0])
        substitute(matrix, step.shape[0], step.shape[0], step)
        rotate_by(step, rotation)
        for a in range(3):
            translation[a] += step[3 + a]
    total = 0.0
    for i in range(n):
        total += weights[i]
    return (error / total) ** 0.5
