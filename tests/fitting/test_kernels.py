"""Each kernel against a plain-numpy twin."""

import numpy as np
import pytest
from scipy.optimize import lsq_linear

from livemask.fitting import kernels
from livemask.fitting.kernels import View
from livemask.geometry import nearest_rotation, rotation_matrix

FOCAL = 900.0


@pytest.fixture
def rng():
    return np.random.default_rng(7)


@pytest.fixture
def points(rng):
    return rng.normal(0.0, 50.0, (68, 3))


@pytest.fixture
def view(rng):
    rotation = rotation_matrix(np.array([0.2, -0.4, 0.1]))
    pixels = rng.normal(0.0, 80.0, (68, 2))
    weights = rng.uniform(0.1, 2.0, 68)
    return View(pixels, weights, FOCAL, rotation, np.array([20.0, -10.0, -700.0]))


def seen_by(view, points):
    return points @ view.rotation.T + view.translation


def missing(view, points):
    seen = seen_by(view, points)
    return view.pixels * -seen[:, 2:] / view.focal - seen[:, :2]


def turned(view, parameters):
    rotation = rotation_matrix(parameters[:3]) @ view.rotation
    return view._replace(rotation=rotation, translation=view.translation + parameters[3:])


def test_the_affine_camera_is_the_weighted_least_squares_one(points, view):
    camera = np.empty((2, 4))
    kernels.affine_camera(points, view.pixels, view.weights, camera)
    root = np.sqrt(view.weights)[:, None]
    rows = np.column_stack([points, np.ones(68)])
    twin = np.linalg.lstsq(rows * root, view.pixels * root, rcond=None)[0].T
    np.testing.assert_allclose(camera, twin, rtol=1e-9, atol=1e-9)


def test_a_scaled_rotation_is_split_into_its_scale_and_rotation(view):
    camera = np.column_stack([1.7 * view.rotation[:2], [3.0, 4.0]])
    rotation = np.empty((3, 3))
    assert kernels.scale_rotation(camera, rotation) == pytest.approx(1.7)
    np.testing.assert_allclose(rotation, view.rotation, atol=1e-12)


def test_a_skewed_camera_gets_the_nearest_rotation(rng):
    camera = rng.normal(0.0, 1.0, (2, 4))
    rotation = np.empty((3, 3))
    kernels.scale_rotation(camera, rotation)
    rows = camera[:, :3] / np.linalg.norm(camera[:, :3], axis=1, keepdims=True)
    twin = nearest_rotation(np.vstack([rows, np.cross(*rows)]))
    np.testing.assert_allclose(rotation, twin, atol=1e-12)


def test_residuals_are_the_distances_to_the_rays_at_the_depth_of_the_points(points, view):
    seen, out = np.empty((68, 3)), np.empty((68, 2))
    kernels.residuals(points, view, seen, out)
    np.testing.assert_allclose(seen, seen_by(view, points), atol=1e-9)
    np.testing.assert_allclose(out, missing(view, points), atol=1e-9)


def test_pose_columns_are_the_derivatives_of_the_residuals(points, view):
    seen, out, columns = np.empty((68, 3)), np.empty((68, 2)), np.empty((68, 2, 6))
    kernels.residuals(points, view, seen, out)
    kernels.pose_columns(view, seen, columns)
    for parameter in range(6):
        step = np.zeros(6)
        step[parameter] = 1e-5
        ahead, behind = missing(turned(view, step), points), missing(turned(view, -step), points)
        twin = (behind - ahead) / 2e-5
        np.testing.assert_allclose(columns[:, :, parameter], twin, rtol=1e-4, atol=1e-4)


def test_basis_columns_are_the_derivatives_of_the_residuals(points, view, rng):
    basis = rng.normal(0.0, 3.0, (5, 68, 3))
    columns = np.empty((68, 2, 5))
    kernels.basis_columns(basis, view, columns)
    for component in range(5):
        twin = missing(view, points) - missing(view, points + basis[component])
        np.testing.assert_allclose(columns[:, :, component], twin, atol=1e-9)


def test_normal_equations_are_a_weighted_product(rng):
    left, right = rng.normal(size=(68, 2, 3)), rng.normal(size=(68, 2, 4))
    weights, out = rng.uniform(0.0, 1.0, 68), np.empty((3, 4))
    kernels.normal_equations(left, right, weights, out)
    twin = np.einsum("i,iap,iaq->pq", weights, left, right)
    np.testing.assert_allclose(out, twin, atol=1e-12)


def test_a_point_that_is_far_off_counts_little(points, view):
    certain = np.full(68, 0.5)
    view = view._replace(
        pixels=FOCAL * seen_by(view, points)[:, :2] / -seen_by(view, points)[:, 2:]
    )
    view.pixels[5] += 100.0
    kernels.robust_weights(points, view, certain, 2.5)
    off = missing(view, points)[5]
    assert view.weights[5] == pytest.approx(0.5 / (1.0 + 0.5 * off @ off / 2.5**2))
    np.testing.assert_allclose(np.delete(view.weights, 5), 0.5)


def test_the_bounded_solution_is_that_of_scipy(rng):
    columns, target = rng.normal(size=(40, 12)), rng.normal(size=40)
    lower, upper = np.full(12, -0.1), np.full(12, 0.15)
    lower[:3], upper[3:5] = -np.inf, np.inf
    solution = np.zeros(12)
    kernels.bounded_solve(columns.T @ columns, columns.T @ target, lower, upper, solution, 500)
    twin = lsq_linear(columns, target, (lower, upper), tol=1e-12).x
    np.testing.assert_allclose(solution, twin, atol=1e-4)


def test_rotating_by_a_vector_is_a_product_from_the_left(view):
    vector = np.array([0.3, -0.2, 0.5])
    rotation = view.rotation.copy()
    kernels.rotate_by(vector, rotation)
    np.testing.assert_allclose(rotation, rotation_matrix(vector) @ view.rotation, atol=1e-12)
