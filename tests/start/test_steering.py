"""What the quality is told of a run's times."""

from types import SimpleNamespace

import pytest

from livemask.quality import Load
from livemask.start.steering import EVERY, LATEST, Steering, load


@pytest.mark.parametrize(
    ("track", "draw", "expected"), [(20.0, 5.0, 0.6), (10.0, 27.0, 0.9), (40.0, 40.0, 1.29)]
)
def test_the_most_of_the_load_is_that_of_the_slower_stage(track, draw, expected):
    recent = {"track": (track,) * LATEST, "draw": (draw,) * 20, "readback": (3.0,) * 20}
    assert load(recent, 1.0 / 30.0).most == pytest.approx(expected)


def test_one_slow_frame_says_nothing():
    recent = {"track": (*(10.0,) * (LATEST - 1), 900.0)}
    assert load(recent, 0.1) == Load(drawn=0.0, tracked=pytest.approx(0.1))


def test_before_there_are_enough_frames_nothing_is_known():
    assert load({"track": (10.0,) * (LATEST - 1)}, 0.1) is None


@pytest.fixture
def run():
    """Return a run that tells how often the quality was told."""
    run = SimpleNamespace(told=[], now=0.0, frames=0, interval=0.1, multisamples=True)
    run.recent = {"track": (50.0,) * LATEST}
    run.see = lambda time, load, multisamples: run.told.append((time, load, multisamples))
    run.steering = Steering(run, run, run, run, clock=lambda: run.now)
    return run


def pass_by(run, seconds, *, frames=1, ready=True):
    for _ in range(int(seconds / 0.1)):
        run.now += 0.1
        run.frames += frames
        run.steering.look(ready=ready)


def test_it_is_told_now_and_then(run):
    pass_by(run, 10.0)
    assert 10.0 / EVERY - 5 <= len(run.told) <= 10.0 / EVERY + 1
    assert run.told[-1][1:] == (Load(0.0, pytest.approx(0.5)), True)


@pytest.mark.parametrize("how", [{"frames": 0}, {"ready": False}])
def test_while_nothing_is_drawn_or_something_is_loaded_it_is_not_told(run, how):
    pass_by(run, 10.0, **how)
    assert run.told == []


def test_where_the_cameras_rate_is_not_known_it_is_not_told(run):
    run.interval = None
    pass_by(run, 10.0)
    assert run.told == []
