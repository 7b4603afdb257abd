import numpy as np
import pytest

from benchmarks.metrics.pose import place_errors, turn_errors, without_offset, without_size
from livemask.geometry import rotation_matrix


@pytest.fixture
def turns():
    random = np.random.default_rng(1)
    return np.array([rotation_matrix(v) for v in random.uniform(-0.6, 0.6, (20, 3))])


def test_a_pose_that_is_five_degrees_off_is_five_degrees_off(turns):
    off = turns @ rotation_matrix(np.radians([0.0, 3.0, 4.0]))
    assert turn_errors(turns, off) == pytest.approx(np.full(20, 5.0))


def test_an_even_turn_between_two_head_frames_is_no_error(turns):
    off = turns @ rotation_matrix(np.array([0.1, -0.2, 0.05]))
    assert turn_errors(turns, without_offset(turns, off)) == pytest.approx(np.zeros(20), abs=1e-6)


def test_what_is_uneven_remains_without_the_offset(turns):
    signs = np.where(np.arange(20) % 2, 1.0, -1.0)
    off = np.array(
        [
            t @ rotation_matrix(s * np.radians([2.0, 0.0, 0.0]))
            for t, s in zip(turns, signs, strict=True)
        ]
    )
    assert turn_errors(turns, without_offset(turns, off)) == pytest.approx(np.full(20, 2.0))


def test_places_are_apart_by_their_distance():
    places = np.array([[3.0, 4.0, 0.0], [0.0, 0.0, 2.0]])
    assert place_errors(np.zeros((2, 3)), places).tolist() == [5.0, 2.0]


def test_a_head_that_is_taken_for_a_larger_one_is_in_its_place_without_size():
    true = np.random.default_rng(2).uniform([-100, -50, -900], [100, 50, -500], (9, 3))
    assert without_size(true, 1.1 * true) == pytest.approx(true)
