import numpy as np
import pytest

from benchmarks.metrics.points import box_size, error, errors
from livemask.landmarks import LEFT_EYE_OUTER, RIGHT_EYE_OUTER


@pytest.fixture
def points():
    found = np.random.default_rng(3).uniform(0.0, 100.0, (68, 2))
    found[:2] = [[0.0, 0.0], [100.0, 400.0]]
    found[[RIGHT_EYE_OUTER, LEFT_EYE_OUTER]] = [[20.0, 50.0], [70.0, 50.0]]
    return found


def test_the_size_of_a_box_is_the_root_of_its_area(points):
    assert box_size(points) == 200.0


def test_points_that_are_all_ten_px_off_are_off_by_ten_px(points):
    off = points + np.array([6.0, 8.0])
    assert error(off, points, 50.0) == pytest.approx(0.2)
    assert errors(off, points) == pytest.approx((0.05, 0.2, 0.05))


def test_the_jaw_is_no_inner_point(points):
    off = points.copy()
    off[:17] += 34.0
    assert error(off, points, 1.0, inner=True) == 0.0
    assert error(off, points, 1.0) == pytest.approx(34.0 * 2.0**0.5 / 4.0)
