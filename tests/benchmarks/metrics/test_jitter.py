import numpy as np
import pytest

from benchmarks.metrics.jitter import jitter, steps


def test_points_that_move_evenly_do_not_tremble():
    points = np.zeros((10, 5, 2)) + np.arange(10.0)[:, None, None]
    assert jitter(points, 100.0) == pytest.approx(0.0, abs=1e-12)


def test_a_point_that_alternates_by_one_px_has_second_differences_of_four_half_steps():
    points = np.zeros((10, 5, 2))
    points[:, :, 0] = np.arange(10)[:, None] % 2
    assert jitter(points, 100.0) == pytest.approx(0.02)


def test_only_frames_beside_a_gap_are_left_out():
    points = np.zeros((11, 5, 2))
    points[:, :, 0] = np.arange(11)[:, None] % 2
    points[5] = np.nan
    assert jitter(points, 100.0) == pytest.approx(0.02)


def test_nothing_seen_is_no_number():
    assert np.isnan(jitter(np.full((9, 5, 2), np.nan), 100.0))


def test_an_even_turn_has_steps_of_one():
    assert steps(np.linspace(3.0, 9.0, 20)) == pytest.approx((1.0, 1.0))


def test_a_turn_backwards_is_even_too():
    assert steps(np.linspace(9.0, 3.0, 20)) == pytest.approx((1.0, 1.0))


def test_a_turn_that_sticks_and_slips_has_a_great_step():
    stuck = np.array([0.0, 0.0, 0.0, 3.0, 3.0, 3.0, 6.0])
    assert steps(stuck) == pytest.approx((3.0, 0.0))
