import numpy as np
import pytest

from benchmarks.metrics.shape import distance
from livemask.geometry import rotation_matrix


@pytest.fixture
def points():
    return np.random.default_rng(4).uniform(-80.0, 80.0, (50, 3))


def test_a_moved_face_is_the_same_face(points):
    moved = points @ rotation_matrix(np.array([0.3, -1.0, 0.2])).T + [5.0, -3.0, 600.0]
    assert distance(moved, points) == pytest.approx(0.0, abs=1e-9)


def test_a_larger_face_is_another_one_unless_it_is_sized(points):
    centred = points - points.mean(0)
    expected = 0.1 * np.linalg.norm(centred, axis=1).mean()
    assert distance(1.1 * points, points) == pytest.approx(expected)
    assert distance(1.1 * points, points, sized=True) == pytest.approx(0.0, abs=1e-9)


def test_a_mirrored_face_is_not_the_same(points):
    assert distance(points * [-1.0, 1.0, 1.0], points, sized=True) > 5.0
