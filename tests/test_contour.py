import numpy as np
import pytest

from livemask.contour import basis_on_contour, contour_weights, on_contour, outline, strips
from livemask.geometry import rotation_matrix
from tests.heads import shipped


def twin_outline(points, table, rotation):
    """Plain numpy: a soft maximum of how far out each candidate lies in the image."""
    out = points[:68].copy()
    seen = points @ rotation.T
    for j, row in enumerate(table):
        chosen = row[row >= 0]
        if not len(chosen):
            continue
        away = points[j] - points[33]
        direction = rotation[:2, :2] @ away[:2]
        direction /= np.linalg.norm(direction)
        distance = seen[chosen, :2] @ direction
        weights = np.exp((distance - distance.max()) / 1.5)
        out[j] = weights @ points[chosen] / weights.sum()
    return out


@pytest.fixture
def rows():
    return shipped().landmark_model


@pytest.mark.parametrize("yaw", [-50, -20, 0, 35])
def test_the_outline_is_that_of_plain_numpy(rows, yaw):
    rotation = rotation_matrix(np.radians([5.0, yaw, 0.0]))
    found = outline(rows.mean, rows.strips, rotation)
    np.testing.assert_allclose(found, twin_outline(rows.mean, rows.strips, rotation), atol=1e-3)


def test_a_basis_moves_as_its_points_do(rows):
    rotation = rotation_matrix(np.radians([0.0, 30.0, 0.0]))
    weights = np.empty(rows.strips.shape)
    contour_weights(rows.mean, rows.strips, rotation, weights)
    basis, one = rows.identity[:3, :68].transpose(0, 2, 1).copy(), np.empty((68, 3))
    by_point = rows.identity[:3].transpose(1, 2, 0).reshape(-1, 9)
    basis_on_contour(by_point, rows.strips, weights, basis)
    on_contour(rows.identity[1], rows.strips, weights, one)
    np.testing.assert_allclose(basis[1].T, one, atol=1e-12)


def test_on_a_turned_head_the_far_jaw_lies_farther_out_than_its_vertices(rows):
    rotation = rotation_matrix(np.radians([0.0, 40.0, 0.0]))  # the nose to the image's right
    found = outline(rows.mean, rows.strips, rotation) @ rotation.T
    fixed = rows.mean[:68] @ rotation.T
    assert found[12:16, 0].mean() > fixed[12:16, 0].mean() + 3.0


def test_the_outline_moves_smoothly_with_the_head(rows):
    seen = []
    for yaw in np.radians(np.arange(0.0, 40.0, 0.25)):
        rotation = rotation_matrix(np.array([0.0, yaw, 0.0]))
        seen.append((outline(rows.mean, rows.strips, rotation) @ rotation.T)[:17, :2])
    steps = np.linalg.norm(np.diff(seen, axis=0), axis=2)
    assert steps.max() < 3.0


def test_points_without_candidates_stay_where_they_are():
    points = np.arange(68 * 3, dtype=np.float64).reshape(68, 3)
    table = strips(tuple(np.empty(0, np.int32) for _ in range(17)))
    np.testing.assert_array_equal(outline(points, table, np.eye(3)), points)
