import numpy as np
import pytest

from livemask import landmarks
from livemask.detectors.mesh.ibug import Ibug
from livemask.detectors.mesh.mesh import POINTS


def test_the_points_move_and_turn_with_the_mesh():
    mesh = np.random.default_rng(1).normal(size=(POINTS, 2))
    turn = np.array([[0.0, 2.0], [-2.0, 0.0]])
    moved = Ibug()(mesh @ turn.T + (3.0, -8.0))
    assert moved == pytest.approx(Ibug()(mesh) @ turn.T + (3.0, -8.0), abs=1e-5)


def test_no_point_is_far_from_the_mesh_points_that_it_is_made_of():
    ibug = Ibug()
    assert ibug._weights.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.abs(ibug._weights).sum(axis=1).max() < 2.5


def test_known_mesh_points_are_among_those_that_a_point_is_made_of():
    near = Ibug()._near
    known = {
        landmarks.RIGHT_EYE_OUTER: 33,
        landmarks.LEFT_EYE_OUTER: 263,
        landmarks.NOSE_TIP: 4,
        landmarks.CHIN: 152,
        landmarks.RIGHT_MOUTH_CORNER: 61,
        landmarks.LEFT_MOUTH_CORNER: 291,
    }
    for point, mesh_point in known.items():
        assert mesh_point in near[point]
