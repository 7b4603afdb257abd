import numpy as np
import pytest

from livemask.landmarks import OUTER_LIPS
from livemask.tracking.motion import NOISE, calmed

MAP = np.array([[0.02, -0.05], [0.05, 0.02]])


@pytest.fixture
def points():
    return np.random.default_rng(0).uniform(30.0, 110.0, (68, 2))


def common(points):
    return points @ MAP.T + (2.0, -1.0)


def test_noise_about_a_common_move_is_mostly_taken_away(points):
    noise = np.random.default_rng(1).normal(0.0, 0.2, (68, 2))
    calm, _ = calmed(points, common(points) + noise, np.ones(68))
    left = np.linalg.norm(calm - common(points), axis=1).mean()
    assert left < 0.4 * np.linalg.norm(noise, axis=1).mean()


def test_a_common_move_stays_as_it_is(points):
    calm, own = calmed(points, common(points), np.ones(68))
    assert calm == pytest.approx(common(points), abs=1e-3)
    assert own == pytest.approx(0.0, abs=1e-3)


def test_lips_that_part_keep_their_move_and_are_told_from_the_head(points):
    moves = common(points)
    moves[OUTER_LIPS] += (0.0, 6.0)
    calm, own = calmed(points, moves, np.ones(68))
    assert calm == pytest.approx(moves, abs=0.2)
    assert own[OUTER_LIPS] == pytest.approx(6.0, abs=0.3)
    assert np.delete(own, np.arange(68)[OUTER_LIPS]).max() < NOISE


def test_points_that_are_not_believed_say_nothing_of_the_others(points):
    moves, trust = common(points), np.ones(68)
    moves[20:30] += 30.0
    trust[20:30] = 0.0
    calm, _ = calmed(points, moves, trust)
    others = np.delete(np.arange(68), np.arange(20, 30))
    assert calm[others] == pytest.approx(common(points)[others], abs=1e-3)


def test_nothing_believed_and_all_in_one_place_give_finite_moves():
    place = np.full((68, 2), 50.0)
    for trust in (np.zeros(68), np.ones(68)):
        calm, own = calmed(place, np.ones((68, 2)), trust)
        assert np.isfinite(calm).all()
        assert np.isfinite(own).all()
