"""Each kernel against a plain-numpy twin."""

import numpy as np
import pytest

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


def test_pose_rows_are_the_derivatives_of_the_residuals(points, view):
    seen, out, rows = np.empty((68, 3)), np.empty((68, 2)), np.zeros((7, 136))
    kernels.residuals(points, view, seen, out)
    kernels.pose_rows(view, seen, rows)
    for parameter in range(6):
        step = np.zeros(6)
        step[parameter] = 1e-5
        ahead, behind = missing(turned(view, step), points), missing(turned(view, -step), points)
        twin = (behind - ahead) / 2e-5
        np.testing.assert_allclose(rows[parameter], twin.T.ravel(), rtol=1e-4, atol=1e-4)


def test_basis_rows_are_the_derivatives_of_the_residuals(points, view, rng):
    basis = rng.normal(0.0, 3.0, (5, 3, 68))
    rows = np.zeros((9, 136))
    kernels.basis_rows(basis, view, rows, 2)
    for component in range(5):
        twin = missing(view, points) - missing(view, points + basis[component].T)
        np.testing.assert_allclose(rows[2 + component], twin.T.ravel(), atol=1e-9)
    assert not rows[[0, 1, 7, 8]].any()


def test_the_missing_row_is_what_would_be_missing_without_the_solution(points, view, rng):
    basis, solution = rng.normal(0.0, 3.0, (5, 3, 68)), rng.normal(size=5)
    rows = np.empty((6, 136))
    kernels.basis_rows(basis, view, rows, 0)
    posed = points + np.tensordot(solution, basis, 1).T
    kernels.missing_row(missing(view, posed), solution, 0, rows)
    np.testing.assert_allclose(rows[5], missing(view, points).T.ravel(), atol=1e-9)


def test_weighed_rows_make_weighted_products(rng):
    rows, weights = rng.normal(size=(4, 136)), rng.uniform(0.1, 2.0, 68)
    twin = rows @ np.diag(np.tile(weights, 2)) @ rows.T
    kernels.weigh(weights, rows)
    np.testing.assert_allclose(rows @ rows.T, twin, atol=1e-12)


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


def test_rotating_by_a_vector_is_a_product_from_the_left(view):
    vector = np.array([0.3, -0.2, 0.5])
    rotation = view.rotation.copy()
    kernels.rotate_by(vector, rotation)
    np.testing.assert_allclose(rotation, rotation_matrix(vector) @ view.rotation, atol=1e-12)
