"""Straight ahead, as the person sits."""

import numpy as np
import pytest

from livemask.calibration.stance import centre_of, stance
from livemask.geometry import rigid, rotation_matrix


def pose(turn, at):
    return rigid(rotation_matrix(np.array(turn)), np.array(at))


ASIDE = pose([0.05, -0.4, 0.1], [120.0, -60.0, -700.0])


def test_the_pose_at_the_centre_is_straight_ahead_in_the_middle():
    seen = stance(ASIDE, centre_of(ASIDE))
    assert seen[:3, :3] == pytest.approx(np.eye(3), abs=1e-12)
    assert seen[:2, 3] == pytest.approx([0.0, 0.0], abs=1e-9)


def test_the_head_stays_as_far_away_as_it_was():
    away = float(np.linalg.norm(ASIDE[:3, 3]))
    assert stance(ASIDE, centre_of(ASIDE))[2, 3] == pytest.approx(-away)


def test_who_turns_by_so_much_from_the_centre_is_turned_by_so_much():
    turn = rotation_matrix(np.array([0.0, 0.3, 0.0]))  # about the head's own axis
    turned = rigid(ASIDE[:3, :3] @ turn, ASIDE[:3, 3])
    assert stance(turned, centre_of(ASIDE))[:3, :3] == pytest.approx(turn, abs=1e-12)


def test_who_leans_forward_where_they_look_comes_nearer():
    nearer = ASIDE.copy()
    nearer[:3, 3] += 100.0 * ASIDE[:3, 2]  # along the nose
    moved = stance(nearer, centre_of(ASIDE))[:3, 3] - stance(ASIDE, centre_of(ASIDE))[:3, 3]
    assert moved == pytest.approx([0.0, 0.0, 100.0], abs=1e-9)


def test_without_a_centre_nothing_changes():
    assert stance(ASIDE, None) is ASIDE
