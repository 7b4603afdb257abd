import numpy as np
import pytest
from scipy.optimize import lsq_linear

from livemask.fitting.linear import bounded_solve, eliminate, gram, substitute


@pytest.fixture
def rng():
    return np.random.default_rng(12)


def problem(rng, unknowns=9, points=40):
    """Return the Gram matrix of a least squares problem, its columns and its target."""
    rows = rng.normal(size=(unknowns + 1, points))
    matrix = np.full((unknowns + 1, unknowns + 1), np.nan)
    gram(rows, matrix)
    return matrix, rows[:-1].T, rows[-1]


def test_a_gram_matrix_holds_the_products_of_the_rows(rng):
    rows, out = rng.normal(size=(6, 83)), np.empty((6, 6))
    gram(rows, out)
    np.testing.assert_allclose(np.triu(out), np.triu(rows @ rows.T), atol=1e-12)


def test_eliminating_all_unknowns_solves_the_least_squares_problem(rng):
    matrix, columns, target = problem(rng)
    eliminate(matrix, 9)
    solution = np.empty(9)
    substitute(matrix, 9, 9, solution)
    twin = np.linalg.lstsq(columns, target, rcond=None)[0]
    np.testing.assert_allclose(solution, twin, atol=1e-10)


def test_eliminating_some_leaves_the_problem_of_the_others(rng):
    matrix, columns, target = problem(rng)
    eliminate(matrix, 4)
    whole = columns.T @ columns
    share = whole[4:, :4] @ np.linalg.inv(whole[:4, :4])
    schur = whole[4:, 4:] - share @ whole[:4, 4:]
    right = columns[:, 4:].T @ target - share @ columns[:, :4].T @ target
    np.testing.assert_allclose(np.triu(matrix[4:9, 4:9]), np.triu(schur), atol=1e-10)
    np.testing.assert_allclose(matrix[4:9, 9], right, atol=1e-10)


def test_an_unknown_of_which_nothing_is_known_stays_zero(rng):
    rows = rng.normal(size=(4, 80))
    rows[1] = 0.0
    matrix, solution = np.empty((4, 4)), np.empty(3)
    gram(rows, matrix)
    eliminate(matrix, 3)
    substitute(matrix, 3, 3, solution)
    assert solution[1] == 0.0
    twin = np.linalg.lstsq(rows[[0, 2]].T, rows[3], rcond=None)[0]
    np.testing.assert_allclose(solution[[0, 2]], twin, atol=1e-10)


@pytest.mark.parametrize("start", [0.0, 0.1])
def test_the_bounded_solution_is_that_of_scipy(rng, start):
    columns, target = rng.normal(size=(40, 12)), rng.normal(size=40)
    lower, upper = np.full(12, -0.1), np.full(12, 0.15)
    lower[:3], upper[3:5] = -np.inf, np.inf
    solution = np.full(12, start)
    bounded_solve(columns.T @ columns, columns.T @ target, lower, upper, solution, 500)
    twin = lsq_linear(columns, target, (lower, upper), tol=1e-12).x
    np.testing.assert_allclose(solution, twin, atol=1e-4)
