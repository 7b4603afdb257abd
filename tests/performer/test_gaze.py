import numpy as np
import pytest

from livemask.performer.gaze import FIXATION, look


def towards(time, yaw=0.0, pitch=0.0, seed=1):
    amounts = look(time, seed, yaw, pitch)
    left = amounts["eyeLookOutLeft"] - amounts["eyeLookInLeft"]
    return left, amounts["eyeLookDown"] - amounts["eyeLookUp"]


def test_eyes_stay_on_the_camera_while_the_head_turns():
    assert towards(0.5, yaw=10.0)[0] == pytest.approx(-10.0 / 14.4, abs=0.15)
    assert towards(0.5, yaw=-10.0)[0] == pytest.approx(10.0 / 14.2, abs=0.15)
    assert towards(0.5, pitch=-5.0)[1] == pytest.approx(5.0 / 10.8, abs=0.2)


def test_both_eyes_look_the_same_way():
    amounts = look(0.5, 1, -12.0, 0.0)
    assert amounts["eyeLookOutLeft"] == pytest.approx(amounts["eyeLookInRight"], rel=0.05)
    assert amounts["eyeLookInLeft"] == amounts["eyeLookOutRight"] == 0.0


def test_eyes_turn_no_farther_than_they_can():
    for yaw in (-60.0, 60.0):
        assert max(look(0.5, 1, yaw, 40.0).values()) <= 1.0


def test_glances_leave_the_camera_and_return():
    middles = np.array([towards((i + 0.5) * FIXATION)[0] for i in range(200)])
    away = np.abs(middles) > 0.2
    assert 0.1 < away.mean() < 0.4
