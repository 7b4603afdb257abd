import pytest

from benchmarks.tracking.scenarios import Scenario
from benchmarks.tracking.watch import takes
from livemask.detectors import dlib68
from tests.heads import shipped

STILL = Scenario("still", 0.2, sways=False, size=(320, 240))


@pytest.fixture(scope="module")
def watched():
    """The same six frames, with detected and with true points."""
    told = []
    found = [
        next(takes([STILL], [0], shipped(), dlib68.create(), told.append, perfect=perfect))
        for perfect in (False, True)
    ]
    return *found, told


def test_a_still_performer_is_tracked_and_each_take_is_told(watched):
    detected, _, told = watched
    assert detected.right.all()
    assert len(detected.time) == 6
    assert told == ["1/1: still, performer 0"] * 2


def test_true_points_leave_only_the_fits_error(watched):
    detected, perfect, _ = watched
    assert perfect.off.mean() < 0.5 * detected.off.mean()
