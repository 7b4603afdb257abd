"""The inner loops of the fit: arrays and scalars in, arrays out, no checks.

Throughout: 68 points, q coefficients, `points` (68, 3) mm in the head frame.

The solves work in millimetres at the depth of each point, not in pixels: a residual then
means the same for a face of 60 px and one of 600 px, and with it every prior.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.records import Float64


class View(NamedTuple):
    """One look at a face, as the kernels take it.

    Attributes
    ----------
    pixels : (68, 2) float64
        Relative to the principal point, *y up*, px.
    weights : (68,) float64
        The inverse variance of each point, 1/mm^2.
    focal : float
        Focal length, px.
    rotation : (3, 3) float64
    translation : (3,) float64
        camera_from_head, mm; both are improved in place.
    """

    pixels: Float64
    weights: Float64
    focal: float
    rotation: Float64
    translation: Float64


@njit(cache=True, nogil=True)
def affine_camera(points, pixels, weights, camera):  # type: ignore[no-untyped-def]
    """Write to `camera` (2, 4) the affine camera that sees `points` at `pixels`.

    The Gold Standard algorithm: with centred data the maximum likelihood estimate is the
    least squares solution of 3 x 3 normal equations. Hartley & Zisserman, Multiple View
    Geometry, 2nd ed., 2003, algorithm 7.2.
    """
    total = 0.0
    mean = np.zeros(5)
    for i in range(points.shape[0]):
        w = weights[i]
        total += w
        for a in range(3):
            mean[a] += w * points[i, a]
        for a in range(2):
            mean[3 + a] += w * pixels[i, a]
    mean /= total
    moment = np.zeros((3, 3))
    cross = np.zeros((3, 2))
    for i in range(points.shape[0]):
        for a in range(3):
            x = weights[i] * (points[i, a] - mean[a])
            for b in range(3):
                moment[a, b] += x * (points[i, b] - mean[b])
            for b in range(2):
                cross[a, b] += x * (pixels[i, b] - mean[3 + b])
    linear = np.linalg.solve(moment, cross)
    for b in range(2):
        camera[b, 3] = mean[3 + b]
        for a in range(3):
            camera[b, a] = linear[a, b]
            camera[b, 3] -= linear[a, b] * mean[a]


@njit(cache=True, nogil=True)
def scale_rotation(camera, rotation):  # type: ignore[no-untyped-def]
    """Split an affine `camera` (2, 4): write its nearest `rotation`, return its scale px/mm.

    The third row is the cross product of the first two; the nearest rotation by singular
    value decomposition (Kabsch 1976; Umeyama 1991).
    """
    rough = np.empty((3, 3))
    lengths = np.empty(2)
    for b in range(2):
        lengths[b] = (camera[b, 0] ** 2 + camera[b, 1] ** 2 + camera[b, 2] ** 2) ** 0.5
        for a in range(3):
            rough[b, a] = camera[b, a] / max(lengths[b], 1e-12)
    rough[2, 0] = rough[0, 1] * rough[1, 2] - rough[0, 2] * rough[1, 1]
    rough[2, 1] = rough[0, 2] * rough[1, 0] - rough[0, 0] * rough[1, 2]
    rough[2, 2] = rough[0, 0] * rough[1, 1] - rough[0, 1] * rough[1, 0]
    u, _, vt = np.linalg.svd(rough)
    nearest = u @ vt
    if np.linalg.det(nearest) < 0.0:
        u[:, 2] = -u[:, 2]
        nearest = u @ vt
    rotation[:] = nearest
    return 0.5 * (lengths[0] + lengths[1])


@njit(cache=True, nogil=True)
def residuals(points, view, seen, out):  # type: ignore[no-untyped-def]
    """Write where the points are, `seen` (68, 3) in the camera frame, and what is missing.

    `out` (68, 2) mm: from each point to the ray through its pixel, in the plane of its
    own depth (the scaled orthography of POSIT: DeMenthon & Davis 1995).
    """
    rotation, translation = view.rotation, view.translation
    for i in range(points.shape[0]):
        for a in range(3):
            seen[i, a] = (
                rotation[a, 0] * points[i, 0]
                + rotation[a, 1] * points[i, 1]
                + rotation[a, 2] * points[i, 2]
                + translation[a]
            )
        depth = -seen[i, 2]
        for a in range(2):
            out[i, a] = view.pixels[i, a] * depth / view.focal - seen[i, a]


@njit(cache=True, nogil=True)
def robust_weights(points, view, certain, tolerance):  # type: ignore[no-untyped-def]
    """Write to the weights of `view` those of Cauchy's estimator (Holland & Welsch 1977).

    `certain` (68,) 1/mm^2 are the weights of points that fit; one that is off by `tolerance`
    standard deviations counts half: a hand on the chin must not turn the head.
    """
    seen, missing = np.empty((points.shape[0], 3)), np.empty((points.shape[0], 2))
    residuals(points, view, seen, missing)
    for i in range(points.shape[0]):
        off = certain[i] * (missing[i, 0] ** 2 + missing[i, 1] ** 2)
        view.weights[i] = certain[i] / (1.0 + off / tolerance**2)


@njit(cache=True, nogil=True)
def pose_columns(view, seen, columns):  # type: ignore[no-untyped-def]
    """Write to `columns` (68, 2, 6) how the residual falls with a small motion of the head.

    Three rotations about the head's origin, three translations, camera frame. Exact in
    perspective: a point that comes nearer moves outwards along its ray.
    """
    for i in range(seen.shape[0]):
        x = seen[i, 0] - view.translation[0]
        y = seen[i, 1] - view.translation[1]
        z = seen[i, 2] - view.translation[2]
        u, v = view.pixels[i, 0] / view.focal, view.pixels[i, 1] / view.focal
        # rows: d(seen) for each parameter is (dx, dy, dz); the ray moves with depth by u dz.
        columns[i, 0, 0], columns[i, 1, 0] = u * y, -z + v * y
        columns[i, 0, 1], columns[i, 1, 1] = z - u * x, -v * x
        columns[i, 0, 2], columns[i, 1, 2] = -y, x
        columns[i, 0, 3], columns[i, 1, 3] = 1.0, 0.0
        columns[i, 0, 4], columns[i, 1, 4] = 0.0, 1.0
        columns[i, 0, 5], columns[i, 1, 5] = u, v


@njit(cache=True, nogil=True)
def basis_columns(basis, view, columns):  # type: ignore[no-untyped-def]
    """Write to `columns` (68, 2, q) how the residual falls with each of `basis` (q, 68, 3)."""
    rotation = view.rotation
    for i in range(basis.shape[1]):
        u, v = view.pixels[i, 0] / view.focal, view.pixels[i, 1] / view.focal
        ax = rotation[0, 0] + u * rotation[2, 0]
        ay = rotation[0, 1] + u * rotation[2, 1]
        az = rotation[0, 2] + u * rotation[2, 2]
        bx = rotation[1, 0] + v * rotation[2, 0]
        by = rotation[1, 1] + v * rotation[2, 1]
        bz = rotation[1, 2] + v * rotation[2, 2]
        for q in range(basis.shape[0]):
            x, y, z = basis[q, i, 0], basis[q, i, 1], basis[q, i, 2]
            columns[i, 0, q] = ax * x + ay * y + az * z
            columns[i, 1, q] = bx * x + by * y + bz * z


@njit(cache=True, nogil=True)
def normal_equations(left, right, weights, out):  # type: ignore[no-untyped-def]
    """Write to `out` (p, q) the weighted product left^T W right of (68, 2, p) and (68, 2, q)."""
    out[:] = 0.0
    for i in range(left.shape[0]):
        for a in range(2):
            for p in range(left.shape[2]):
                w = weights[i] * left[i, a, p]
                if w != 0.0:
                    for q in range(right.shape[2]):
                        out[p, q] += w * right[i, a, q]


@njit(cache=True, nogil=True)
def bounded_solve(matrix, right, lower, upper, solution, sweeps):  # type: ignore[no-untyped-def]
    """Improve `solution` (q,) of the quadratic x^T matrix x / 2 - right^T x within bounds.

    Projected Gauss-Seidel: each coefficient in turn takes its best value (Luo & Tseng
    1992 prove convergence for positive definite matrices). Warm: a few sweeps suffice.
    """
    for _ in range(sweeps):
        largest = 0.0
        for i in range(solution.shape[0]):
            total = right[i]
            for j in range(solution.shape[0]):
                total -= matrix[i, j] * solution[j]
            value = solution[i] + total / matrix[i, i]
            value = min(max(value, lower[i]), upper[i])
            largest = max(largest, abs(value - solution[i]))
            solution[i] = value
        if largest < 1e-5:
            break


@njit(cache=True, nogil=True)
def rotate_by(vector, rotation):  # type: ignore[no-untyped-def]
    """Turn `rotation` (3, 3) in place by `vector` (3,) rad, camera frame (Rodrigues 1840)."""
    angle = (vector[0] ** 2 + vector[1] ** 2 + vector[2] ** 2) ** 0.5
    if angle < 1e-12:
        return
    x, y, z = vector[0] / angle, vector[1] / angle, vector[2] / angle
    s, c = np.sin(angle), 1.0 - np.cos(angle)
    turn = np.array(
        [
            [1 - c * (y * y + z * z), c * x * y - s * z, c * x * z + s * y],
            [c * x * y + s * z, 1 - c * (x * x + z * z), c * y * z - s * x],
            [c * x * z - s * y, c * y * z + s * x, 1 - c * (x * x + y * y)],
        ]
    )
    rotation[:] = turn @ rotation
