"""How a face moves: bounded expression coefficients, the pose eliminated."""

from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.fitting.kernels import (
    basis_columns,
    bounded_solve,
    normal_equations,
    pose_columns,
    residuals,
)
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


@njit(cache=True, nogil=True)
def linearise(points, basis, view, matrix, right):  # type: ignore[no-untyped-def]
    """Write the normal equations of the coefficients of `basis` (q, 68, 3) at a pose.

    The head may move while its face does: the six columns of the pose are eliminated by
    the Schur complement, so that a solve does not fight the pose found before it (Triggs
    et al. 2000, section 6.1). `matrix` (q, q), `right` (q,), 1.
    """
    n, q = points.shape[0], basis.shape[0]
    seen, missing = np.empty((n, 3)), np.empty((n, 2))
    pose = np.empty((n, 2, 6))
    moves = np.empty((n, 2, q))
    residuals(points, view, seen, missing)
    pose_columns(view, seen, pose)
    basis_columns(basis, view, moves)
    own, cross, across = np.empty((6, 6)), np.empty((6, q)), np.empty((6, 1))
    gradient = np.empty((q, 1))
    last = missing.reshape(n, 2, 1)
    normal_equations(moves, moves, view.weights, matrix)
    normal_equations(pose, pose, view.weights, own)
    normal_equations(pose, moves, view.weights, cross)
    normal_equations(moves, last, view.weights, gradient)
    normal_equations(pose, last, view.weights, across)
    share = np.linalg.solve(own, cross)
    matrix -= cross.T @ share
    right[:] = gradient[:, 0] - (share.T @ across)[:, 0]


@njit(cache=True, nogil=True)
def solve_expression(points, basis, view, prior, solution, sweeps):  # type: ignore[no-untyped-def]
    """Improve the coefficients `solution` (q,), which `points` (68, 3) hold, within bounds.

    The prior of each is a Gaussian cut at its bounds; at most `sweeps` rounds.
    """
    q = basis.shape[0]
    matrix, right = np.empty((q, q)), np.empty(q)
    linearise(points, basis, view, matrix, right)
    right += matrix @ solution
    for i in range(q):
        matrix[i, i] += prior.precision[i]
    bounded_solve(matrix, right, prior.lower, prior.upper, solution, sweeps)
