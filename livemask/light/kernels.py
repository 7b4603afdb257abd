"""Kernels that fit light to the colours of skin: weighted least squares near what is expected.

Each fits, weighs every sample by how well it came out (Huber 1964), and fits again.
"""

import numpy as np
from numba import njit

WELL = 1e-3
"""Errors below this are none: of a perfect fit the median is 0."""


@njit(cache=True, nogil=True)
def fit_lamp(normals, bright, expected, trust, tolerance, rounds):  # type: ignore[no-untyped-def]
    """Return (4,): distant light (3) and ambient light that explain `bright` (s,) best.

    The model is `max(n . l, 0) + a`, linear on the lit side of `normals` (s, 3). `bright` is
    scaled to be as bright as `expected` (4,) makes it; `trust` (4,) per sample pulls there.
    """
    count = bright.shape[0]
    solution, weights = expected.copy(), np.ones(count)
    rows, errors = np.empty((count, 4)), np.empty(count)
    for _ in range(rounds):
        for i in range(count):
            n = normals[i]
            lit = n[0] * solution[0] + n[1] * solution[1] + n[2] * solution[2] > 0.0
            for k in range(3):
                rows[i, k] = n[k] if lit else 0.0
            rows[i, 3] = 1.0
        scale = level(rows, bright, expected, weights)
        solution = solve(rows, bright, scale, weights, expected, trust)
        weigh(rows, bright, scale, solution, tolerance, errors, weights)
    return solution


@njit(cache=True, nogil=True)
def fit_harmonics(rows, seen, shape, trust, own_trust, tolerance, rounds):  # type: ignore[no-untyped-def]
    """Return (9, 3): the harmonics of light that explain `seen` (s, 4) best.

    `rows` (s, 9) is the basis at the normals, `shape` (9,) what is expected. Of `seen` the last
    column is the luminance: it is fitted first, near `shape`, and each colour near that. All
    are as bright as `shape` makes them. `trust` (9,) and `own_trust` (9,) are per sample.
    """
    count = seen.shape[0]
    weights, errors = np.ones(count), np.empty(count)
    bright = seen[:, 3].copy()
    found = shape.copy()
    for _ in range(rounds):
        scale = level(rows, bright, shape, weights)
        found = solve(rows, bright, scale, weights, shape, trust)
        weigh(rows, bright, scale, found, tolerance, errors, weights)
    colours = np.empty((rows.shape[1], 3))
    for c in range(3):
        bright[:] = seen[:, c]
        scale = level(rows, bright, found, weights)
        colours[:, c] = solve(rows, bright, scale, weights, found, own_trust)
    return colours


@njit(cache=True, nogil=True)
def level(rows, bright, expected, weights):  # type: ignore[no-untyped-def]
    """Return how many times brighter `bright` (s,) is than `expected` (k,) makes `rows` (s, k)."""
    seen, made = 0.0, 0.0
    for i in range(bright.shape[0]):
        value = 0.0
        for k in range(rows.shape[1]):
            value += rows[i, k] * expected[k]
        seen += weights[i] * bright[i]
        made += weights[i] * value
    return max(seen / max(made, 1e-6), 1e-6)


@njit(cache=True, nogil=True)
def solve(rows, bright, scale, weights, expected, trust):  # type: ignore[no-untyped-def]
    """Return (k,) that makes `rows` (s, k) `bright` / `scale`, and stays near `expected`."""
    size = rows.shape[1]
    normal, right, total = np.zeros((size, size)), np.zeros(size), 0.0
    for i in range(bright.shape[0]):
        total += weights[i]
        for k in range(size):
            weighted = weights[i] * rows[i, k]
            right[k] += weighted * bright[i] / scale
            for m in range(k + 1):
                normal[k, m] += weighted * rows[i, m]
    for k in range(size):
        normal[k, k] += trust[k] * total
        right[k] += trust[k] * total * expected[k]
    _cholesky(normal, right)
    return right


@njit(cache=True, nogil=True)
def weigh(rows, bright, scale, solution, tolerance, errors, weights):  # type: ignore[no-untyped-def]
    """Write to `weights` (s,) less than 1 where `solution` errs by `tolerance` medians or more."""
    for i in range(bright.shape[0]):
        value = -bright[i] / scale
        for k in range(rows.shape[1]):
            value += rows[i, k] * solution[k]
        errors[i] = abs(value)
    allowed = tolerance * max(np.median(errors), WELL)
    for i in range(bright.shape[0]):
        weights[i] = min(1.0, allowed / max(errors[i], 1e-9))


@njit(cache=True, nogil=True)
def _cholesky(matrix, right):  # type: ignore[no-untyped-def]
    """Solve in place, into `right` (k,), with the lower half of a positive `matrix` (k, k)."""
    size = right.shape[0]
    for k in range(size):
        for m in range(k + 1):
            value = matrix[k, m]
            for j in range(m):
                value -= matrix[k, j] * matrix[m, j]
            matrix[k, m] = np.sqrt(max(value, 1e-12)) if m == k else value / matrix[m, m]
        for j in range(k):
            right[k] -= matrix[k, j] * right[j]
        right[k] /= matrix[k, k]
    for k in range(size - 1, -1, -1):
        for j in range(k + 1, size):
            right[k] -= matrix[j, k] * right[j]
        right[k] /= matrix[k, k]
