import numpy as np
import pytest

from benchmarks.back_pressure import __main__ as bench
from benchmarks.back_pressure.camera import Camera
from livemask import plugins
from livemask.records import Frame


def test_its_outputs_are_found_as_those_of_an_installed_package():
    with bench.installed():
        found = plugins.found("sinks")
    assert {name for name, p in found.items() if p.package} == {"noting", "sleeper", "staller"}


def test_what_comes_while_it_is_on_is_compared_with_what_comes_before_and_after():
    times = [*np.arange(0.0, 3.0, 0.1), *np.arange(3.0, 6.0, 0.2), *np.arange(6.0, 9.0, 0.1)]
    windows = [(0.0, 3.0, False), (3.0, 6.0, True), (6.0, 9.0, False)]
    without, during, ratio, _, pairs = bench._compared([t + 1e-6 for t in times], 2 * windows)
    assert (without, during, ratio) == pytest.approx((10.0, 5.0, 0.5))
    assert pairs == 2


def test_frames_are_played_forwards_and_backwards_at_times_that_rise():
    frames = [Frame(np.full((2, 2, 3), i, np.uint8), 0.0, i) for i in range(3)]
    camera = Camera(frames, 1000.0)
    seen = [camera.read() for _ in range(20)]
    assert [frame.index for frame in seen] == list(range(20))
    assert (np.diff([frame.time for frame in seen]) > 0).all()
    for frame in seen:
        assert frame.image[0, 0, 0] == [0, 1, 2, 1][round(frame.time * 1000) % 4]
