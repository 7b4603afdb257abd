import contextlib
import os
import threading
from pathlib import Path

import numpy as np
import pytest

from livemask.errors import SinkError
from livemask.sinks.film.coding import coding
from livemask.sinks.film.fragments import Fragments
from livemask.sinks.film.planes import as_stored
from livemask.sinks.film.priority import ordinary_priority
from livemask.sinks.film.ticks import CLOCK

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_setscheduler") or not Path("/proc/self/task").is_dir(),
    reason="threads are scheduled by other names on this system",
)


def hurried():
    """Return how many threads of this process go before all ordinary ones."""
    threads = (int(entry.name) for entry in Path("/proc/self/task").iterdir())
    # Mesa's threads that write its cache are the contrary of hurried: SCHED_BATCH.
    hurries = (os.SCHED_FIFO, os.SCHED_RR)
    return sum(os.sched_getscheduler(thread) in hurries for thread in threads)


def hurry():
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except PermissionError:
        pytest.skip("only root may ask for real-time priority")


@pytest.mark.parametrize("codec", ["h264", "h265", "vp9", "av1"])
def test_no_encoder_goes_before_everybody_else(tmp_path, codec):
    assert hurried() == 0
    ending = ".webm" if codec == "vp9" else ".mp4"
    written = Fragments(tmp_path / f"film{ending}", (64, 48), 30.0, coding(ending, codec))
    assert hurried() == 0
    for number in range(3):
        picture = as_stored(np.full((48, 64, 3), 80 * number, np.uint8), "yuv420p")
        written.write(picture, number * CLOCK // 30, CLOCK // 30, key=number == 0)
        assert hurried() == 0
    written.close()
    assert hurried() == 0


def test_what_took_priority_gives_it_back():
    with ordinary_priority():
        hurry()
        assert hurried() == 1
    assert hurried() == 0


def test_it_is_given_back_after_an_error_too():
    def fail():
        with ordinary_priority():
            hurry()
            raise SinkError

    with pytest.raises(SinkError):
        fail()
    assert hurried() == 0


def test_who_had_it_before_keeps_it():
    ended, hurries = threading.Event(), threading.Event()

    def wait():
        with contextlib.suppress(PermissionError):
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        hurries.set()
        ended.wait()

    thread = threading.Thread(target=wait)
    thread.start()
    try:
        hurries.wait()
        before = hurried()
        with ordinary_priority():
            pass
        assert hurried() == before
    finally:
        ended.set()
        thread.join()
