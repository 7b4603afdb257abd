import numpy as np
import pytest

from benchmarks.back_pressure import __main__ as bench
from benchmarks.back_pressure.camera import Camera
from livemask import plugins
from livemask.records import Frame


def test_its_outputs_are_found_as_those_of_an_installed_package():
    with bench._installed():
        found = plugins.found("sinks")
    assert {name for name, p in found.items() if p.package} == {"noting", "sleeper", "staller"}


def test_a_rate_is_told_of_what_comes_after_the_start():
    assert bench._rate([0.0, 0.1, 0.2, 3.5, 4.0, 4.5]) == pytest.approx(2.0)


def test_frames_are_played_forwards_and_backwards_at_times_that_rise():
    frames = [Frame(np.full((2, 2, 3), i, np.uint8), 0.0, i) for i in range(3)]
    camera = Camera(frames, 1000.0)
    seen = [camera.read() for _ in range(20)]
    assert [frame.index for frame in seen] == list(range(20))
    assert (np.diff([frame.time for frame in seen]) > 0).all()
    for frame in seen:
        assert frame.image[0, 0, 0] == [0, 1, 2, 1][round(frame.time * 1000) % 4]
