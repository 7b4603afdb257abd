"""How a face moves: bounded expression coefficients, the pose eliminated."""

from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.fitting.kernels import basis_rows, missing_row, pose_rows, residuals, weigh
from livemask.fitting.linear import bounded_solve, eliminate, gram
from livemask.records import Float64


class Prior(NamedTuple):
    """What is known of coefficients before looking.

    Attributes
    ----------
    precision : (q,) float64
        1 / sigma^2 of a Gaussian about 0.
    lower, upper : (q,) float64
        Bounds; infinite where there are none.
    """

    precision: Float64
    lower: Float64
    upper: Float64


class Quadratic(NamedTuple):
    """What a frame and the prior say of the coefficients x: x^T matrix x / 2 - right^T x.

    Attributes
    ----------
    matrix : (q, q) float64
    right : (q,) float64
    """

    matrix: Float64
    right: Float64


@njit(cache=True, nogil=True)
def solve_expression(points, basis, view, prior, solution, said, sweeps):  # type: ignore[no-untyped-def]
    """Improve the coefficients `solution` (q,), which `points` (68, 3) hold, within bounds.

    `basis` (q, 3, 68) mm. The head may move while its face does: the six
    unknowns of the pose are eliminated, so that a solve does not fight the pose found before
    it. The prior of each coefficient is a Gaussian cut at its bounds; at most `sweeps` rounds.
    What the frame has `said`, a `Quadratic`, is written.
    """
    n, q = points.shape[0], solution.shape[0]
    seen, missing = np.empty((n, 3)), np.empty((n, 2))
    rows, whole = np.empty((7 + q, 2 * n)), np.empty((7 + q, 7 + q))
    residuals(points, view, seen, missing)
    pose_rows(view, seen, rows)
    first = rows.shape[0] - 1 - q
    basis_rows(basis, view, rows, first)
    missing_row(missing, solution, first, rows)
    weigh(view.weights, rows)
    gram(rows, whole)
    eliminate(whole, first)
    matrix, right = said.matrix, said.right
    for i in range(q):
        right[i] = whole[first + i, first + q]
        for j in range(i, q):
            matrix[i, j] = matrix[j, i] = whole[first + i, first + j]
        matrix[i, i] += prior.precision[i]
    bounded_solve(matrix, right, prior.lower, prior.upper, solution, sweeps)
