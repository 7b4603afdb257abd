"""Small symmetric systems, solved in loops: faster here than LAPACK, and compiled in a moment.

A least squares problem is kept as one row per unknown, the residual last; then as the Gram
matrix of these rows. Eliminating the first unknowns leaves the problem of the others with
those at their best (the Schur complement: Triggs et al. 2000, section 6.1); eliminating all of
them leaves a triangle to be solved from below. Only the upper triangle is read and written.

Counts are taken from the shapes of arrays: for each literal number numba compiles anew.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def gram(rows, out):  # type: ignore[no-untyped-def]
    """Write to `out` (n, n) the products of all pairs of `rows` (n, m), upper triangle.

    Sums may be taken in any order: only so are they done four at a time.
    """
    for p in range(rows.shape[0]):
        for r in range(p, rows.shape[0]):
            total = 0.0
            for i in range(rows.shape[1]):
                total += rows[p, i] * rows[r, i]
            out[p, r] = total


@njit(cache=True, nogil=True)
def eliminate(matrix, count):  # type: ignore[no-untyped-def]
    """Eliminate the first `count` unknowns of `matrix` (n, n).

    Gauss (Golub & Van Loan, Matrix Computations, 4th ed., 2013, algorithm 4.1.2). An unknown
    of which nothing is known stays 0.
    """
    n = matrix.shape[0]
    for p in range(count):
        pivot = matrix[p, p]
        if pivot <= 1e-12:
            for r in range(p, n):
                matrix[p, r] = 0.0
            continue
        for i in range(p + 1, n):
            factor = matrix[p, i] / pivot
            if factor != 0.0:
                for r in range(i, n):
                    matrix[i, r] -= factor * matrix[p, r]


@njit(cache=True, nogil=True)
def substitute(matrix, count, column, solution):  # type: ignore[no-untyped-def]
    """Write the first `count` unknowns, all eliminated, to `solution`.

    `column` is the right side.
    """
    for back in range(count):
        p = count - 1 - back
        total = matrix[p, column]
        for r in range(p + 1, count):
            total -= matrix[p, r] * solution[r]
        solution[p] = total / matrix[p, p] if matrix[p, p] > 0.0 else 0.0


@njit(cache=True, nogil=True)
def bounded_solve(matrix, right, lower, upper, solution, sweeps):  # type: ignore[no-untyped-def]
    """Improve `solution` (q,) of the quadratic x^T matrix x / 2 - right^T x within bounds.

    `matrix` (q, q) whole. Projected Gauss-Seidel: each coefficient in turn takes its best
    value (Luo & Tseng 1992 prove convergence for positive definite matrices). The gradient is
    kept up to date, so that a coefficient that does not move costs nothing.
    """
    q = solution.shape[0]
    slope = np.empty(q)
    for i in range(q):
        slope[i] = right[i]
        for j in range(q):
            slope[i] -= matrix[i, j] * solution[j]
    for _ in range(sweeps):
        largest = 0.0
        for i in range(q):
            value = solution[i] + slope[i] / matrix[i, i]
            value = min(max(value, lower[i]), upper[i])
            change = value - solution[i]
            if change != 0.0:
                solution[i] = value
                largest = max(largest, abs(change))
                for j in range(q):
                    slope[j] -= change * matrix[i, j]
        if largest < 1e-5:
            break
