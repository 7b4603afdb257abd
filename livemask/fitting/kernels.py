"""The inner loops of the fit: arrays and scalars in, arrays out, no checks.

Throughout: 68 points, q coefficients, `points` (68, 3) mm in the head frame. Loops, and no
matrix functions: those take most of a minute to compile, and none is faster at these sizes.

The solves work in millimetres at the depth of each point, not in pixels: a residual then
means the same for a face of 60 px and one of 600 px, and with it every prior.
"""

from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.fitting.linear import eliminate, substitute
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
    mean, row = np.zeros(5), np.empty(5)
    for i in range(points.shape[0]):
        total += weights[i]
        for a in range(5):
            mean[a] += weights[i] * (points[i, a] if a < 3 else pixels[i, a - 3])
    for a in range(5):
        mean[a] /= total
    moment = np.zeros((5, 5))
    for i in range(points.shape[0]):
        for a in range(5):
            row[a] = (points[i, a] if a < 3 else pixels[i, a - 3]) - mean[a]
        for a in range(5):
            for b in range(a, 5):
                moment[a, b] += weights[i] * row[a] * row[b]
    count = points.shape[1]
    eliminate(moment, count)
    for b in range(2):
        substitute(moment, count, count + b, row)
        camera[b, 3] = mean[3 + b]
        for a in range(3):
            camera[b, a] = row[a]
            camera[b, 3] -= row[a] * mean[a]


@njit(cache=True, nogil=True)
def scale_rotation(camera, rotation):  # type: ignore[no-untyped-def]
    """Split an affine `camera` (2, 4): write its nearest `rotation`, return its scale px/mm.

    Its two rows as unit vectors and their cross product are a rotation but for the angle
    between the two. The nearest one (Kabsch 1976; Umeyama 1991) keeps their bisectors, which
    are the eigenvectors of their product with its transpose, and puts them at right angles.
    """
    lengths = np.empty(2)
    for b in range(2):
        lengths[b] = (camera[b, 0] ** 2 + camera[b, 1] ** 2 + camera[b, 2] ** 2) ** 0.5
    plus, minus = 0.0, 0.0
    for a in range(3):
        x, y = camera[0, a] / max(lengths[0], 1e-12), camera[1, a] / max(lengths[1], 1e-12)
        rotation[0, a], rotation[1, a] = x + y, x - y
        plus += (x + y) ** 2
        minus += (x - y) ** 2
    plus, minus = max(2.0 * plus, 1e-24) ** 0.5, max(2.0 * minus, 1e-24) ** 0.5
    for a in range(3):
        x, y = rotation[0, a] / plus, rotation[1, a] / minus
        rotation[0, a], rotation[1, a] = x + y, x - y
    for a in range(3):
        b, c = (a + 1) % 3, (a + 2) % 3
        rotation[2, a] = rotation[0, b] * rotation[1, c] - rotation[0, c] * rotation[1, b]
    return 0.5 * (lengths[0] + lengths[1])


@njit(cache=True, nogil=True)
def residuals(points, view, seen, out):  # type: ignore[no-untyped-def]
    """Write where the points are, `seen` (68, 3) in the camera frame, and what is missing.

    `out` (68, 2) mm: from each point to the ray through its pixel, in the plane of its
    own depth (the scaled orthography of POSIT: DeMenthon & Davis 1995).
    """
    rotation, translation = view.rotation, view.translation
    pixels, focal = view.pixels, view.focal
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
            out[i, a] = pixels[i, a] * depth / focal - seen[i, a]


@njit(cache=True, nogil=True)
def robust_weights(points, view, certain, tolerance):  # type: ignore[no-untyped-def]
    """Write to the weights of `view` those of Cauchy's estimator (Holland & Welsch 1977).

    `certain` (68,) 1/mm^2 are the weights of points that fit; one that is off by `tolerance`
    standard deviations counts half: a hand on the chin must not turn the head.
    """
    seen, missing = np.empty((points.shape[0], 3)), np.empty((points.shape[0], 2))
    residuals(points, view, seen, missing)
    weights = view.weights
    for i in range(points.shape[0]):
        off = certain[i] * (missing[i, 0] * missing[i, 0] + missing[i, 1] * missing[i, 1])
        weights[i] = certain[i] / (1.0 + off / (tolerance * tolerance))


@njit(cache=True, nogil=True)
def pose_rows(view, seen, rows):  # type: ignore[no-untyped-def]
    """Write to the first six of `rows` (n, 136) how a motion of the head shows.

    By how much the residual falls, x of all points and then y, with three rotations about
    the head's origin and three translations, camera frame. Exact in perspective: a point that
    comes nearer moves outwards along its ray.
    """
    n = seen.shape[0]
    pixels, focal, translation = view.pixels, view.focal, view.translation
    for i in range(n):
        x = seen[i, 0] - translation[0]
        y = seen[i, 1] - translation[1]
        z = seen[i, 2] - translation[2]
        u, v = pixels[i, 0] / focal, pixels[i, 1] / focal
        k = n + i
        # d(seen) for each parameter is (dx, dy, dz); the ray moves with depth by u dz.
        rows[0, i], rows[0, k] = u * y, -z + v * y
        rows[1, i], rows[1, k] = z - u * x, -v * x
        rows[2, i], rows[2, k] = -y, x
        rows[3, i], rows[3, k] = 1.0, 0.0
        rows[4, i], rows[4, k] = 0.0, 1.0
        rows[5, i], rows[5, k] = u, v


@njit(cache=True, nogil=True)
def basis_rows(basis, view, rows, first):  # type: ignore[no-untyped-def]
    """Write to `rows` (n, 136) from `first` on how each displacement of a basis shows.

    `basis` (q, 3, 68) mm: of each displacement the x of all points, then y, then z.
    """
    rotation, pixels, focal = view.rotation, view.pixels, view.focal
    n = basis.shape[2]
    u, v = np.empty(n), np.empty(n)
    for i in range(n):
        u[i], v[i] = pixels[i, 0] / focal, pixels[i, 1] / focal
    for c in range(basis.shape[0]):
        for i in range(n):
            x, y, z = basis[c, 0, i], basis[c, 1, i], basis[c, 2, i]
            away = rotation[2, 0] * x + rotation[2, 1] * y + rotation[2, 2] * z
            across = rotation[0, 0] * x + rotation[0, 1] * y + rotation[0, 2] * z
            up = rotation[1, 0] * x + rotation[1, 1] * y + rotation[1, 2] * z
            rows[first + c, i] = across + u[i] * away
            rows[first + c, n + i] = up + v[i] * away


@njit(cache=True, nogil=True)
def missing_row(missing, solution, first, rows):  # type: ignore[no-untyped-def]
    """Write to the last of `rows` what would be missing if `solution` (q,) were 0.

    `missing` (68, 2) mm is missing now; the rows of the q unknowns begin at `first`.
    """
    n, last = missing.shape[0], rows.shape[0] - 1
    for i in range(n):
        rows[last, i], rows[last, n + i] = missing[i, 0], missing[i, 1]
    for c in range(solution.shape[0]):
        for i in range(rows.shape[1]):
            rows[last, i] += solution[c] * rows[first + c, i]


@njit(cache=True, nogil=True)
def weigh(weights, rows):  # type: ignore[no-untyped-def]
    """Multiply `rows` (n, 136) by the roots of `weights` (68,)."""
    count = weights.shape[0]
    roots = np.sqrt(weights)
    for p in range(rows.shape[0]):
        for i in range(count):
            rows[p, i] *= roots[i]
            rows[p, count + i] *= roots[i]


@njit(cache=True, nogil=True)
def rotate_by(vector, rotation):  # type: ignore[no-untyped-def]
    """Turn `rotation` (3, 3) in place by `vector` (3,) rad, camera frame (Rodrigues 1840)."""
    angle = (vector[0] ** 2 + vector[1] ** 2 + vector[2] ** 2) ** 0.5
    if angle < 1e-12:
        return
    x, y, z = vector[0] / angle, vector[1] / angle, vector[2] / angle
    s, c = np.sin(angle), 1.0 - np.cos(angle)
    for a in range(3):
        i, j, k = rotation[0, a], rotation[1, a], rotation[2, a]
        # the cross product with the axis, once and twice
        ci, cj, ck = y * k - z * j, z * i - x * k, x * j - y * i
        rotation[0, a] = i + s * ci + c * (y * ck - z * cj)
        rotation[1, a] = j + s * cj + c * (z * ci - x * ck)
        rotation[2, a] = k + s * ck + c * (x * cj - y * ci)
