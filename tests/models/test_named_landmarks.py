import numpy as np
import pytest

from livemask.geometry import rotation_matrix
from livemask.models import head
from livemask.models.named_landmarks import NAMES, landmark_vertices
from tests.heads import shipped


def off(mean, turned=None):
    """Return by how many mm the points of a person are off, (68,)."""
    model = shipped()
    points = mean[model.landmark_vertices].astype(float)
    named = {name: points[list(rows)].mean(0) for name, rows in NAMES.items()}
    frame = np.eye(3) if turned is None else turned
    seen = {name: frame @ p + 5.0 for name, p in named.items()}
    found = landmark_vertices(mean @ frame.T + 5.0, seen)
    return np.linalg.norm(mean[found] - points, axis=1)


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(6)
    drawn = [shipped().vertices(rng.normal(size=80), np.zeros(52)) for _ in range(4)]
    return [person.shape for person in head.performers()] + drawn


def test_the_points_of_the_shipped_head_are_its_own():
    away = off(shipped().mean)
    assert away.max() < 0.5


def test_of_other_people_the_inner_points_are_found_to_some_mm(people):
    away = np.mean([off(person) for person in people], axis=0)
    assert away[27:].mean() < 1.0
    assert away[17:27].mean() < 3.0
    assert away[:17].mean() < 6.0


def test_points_of_one_name_are_exact(people):
    single = [rows[0] for rows in NAMES.values() if len(rows) == 1]
    assert max(off(person)[single].max() for person in people) < 1e-3


def test_another_frame_and_unit_change_nothing(people):
    frame = 0.001 * rotation_matrix(np.array([0.2, -0.3, 0.1]))
    np.testing.assert_allclose(off(people[0], frame).mean(), off(people[0]).mean(), atol=0.3)


def test_no_point_has_two_names():
    rows = [row for group in NAMES.values() for row in group]
    assert len(rows) == len(set(rows))
