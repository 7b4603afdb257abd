import pytest

from livemask.sources.pace import WINDOW, Pace


class Camera:
    """Delivers at rates that change, into a measure."""

    def __init__(self, promised=30.0):
        self.pace, self.now, self.arrived = Pace(promised), 0.0, 0

    def runs(self, rate, seconds=10.0):
        """Return what was noticed in some seconds at a rate."""
        noticed = []
        for _ in range(round(rate * seconds)):
            self.now += 1.0 / rate
            self.arrived += 1
            noticed.append(self.pace.slowed_to(self.now, self.arrived))
        return [rate for rate in noticed if rate is not None]


@pytest.fixture
def camera():
    return Camera()


@pytest.mark.parametrize("rate", [30.0, 25.0, 15.0, 14.0])
def test_half_of_what_was_promised_is_still_fast_enough(camera, rate):
    assert camera.runs(rate) == []


@pytest.mark.parametrize("rate", [12.0, 7.5, 5.0, 1.0])
def test_clearly_less_than_half_is_noticed_once_with_the_rate(camera, rate):
    assert camera.runs(rate, 30.0) == [pytest.approx(rate)]


def test_a_camera_that_becomes_slow_later_is_noticed(camera):
    assert camera.runs(30.0, 60.0) == []
    assert len(camera.runs(5.0)) == 1


def test_it_is_noticed_again_only_after_it_has_recovered(camera):
    assert len(camera.runs(5.0)) == 1
    assert camera.runs(15.0) == []
    assert camera.runs(5.0) == []
    assert camera.runs(30.0) == []
    assert len(camera.runs(5.0)) == 1


def test_a_short_hitch_is_not_slowness(camera):
    assert camera.runs(30.0) == []
    camera.now += 1.0
    assert camera.runs(30.0) == []


def test_nothing_is_said_before_it_was_measured_for_some_seconds(camera):
    assert camera.runs(5.0, WINDOW) == []


def test_pictures_that_nobody_read_count(camera):
    for _ in range(100):
        camera.now += 0.5
        camera.arrived += 15
        assert camera.pace.slowed_to(camera.now, camera.arrived) is None


def test_a_gap_of_which_is_known_why_is_not_measured(camera):
    assert camera.runs(30.0) == []
    camera.now += 60.0
    camera.arrived = 0  # of another grabber
    camera.pace.begin_anew()
    assert camera.runs(30.0) == []


def test_a_rate_is_slow_against_what_this_camera_promised():
    assert Camera(promised=10.0).runs(5.0) == []
    assert len(Camera(promised=60.0).runs(20.0)) == 1
