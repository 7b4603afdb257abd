import logging
import threading

import numpy as np
import pytest

from livemask.errors import SourceError
from livemask.records import Frame
from livemask.sources import broadcast
from livemask.sources.broadcast import Broadcast
from tests.sources.films import number, numbered


class Part:
    """What comes between two breaks: numbered pictures."""

    rate = 25.0

    def __init__(self, *numbers, size=(64, 48), times=None):
        self.size, self.closed = size, False
        times = times or [n / 25 for n in range(len(numbers))]
        self.frames = [
            Frame(numbered(n, size), t, i)
            for i, (n, t) in enumerate(zip(numbers, times, strict=True))
        ]

    def read(self):
        return self.frames.pop(0) if self.frames else None

    def close(self):
        self.closed = True


class Clock:
    """An event that lets time pass at once, and the clock that shows it."""

    def __init__(self, monkeypatch):
        self.now, self.waits, self.set_after = 100.0, [], None
        monkeypatch.setattr(broadcast, "perf_counter", lambda: self.now)

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds
        return self.is_set()

    def is_set(self):
        return self.set_after is not None and len(self.waits) >= self.set_after

    def set(self):
        self.set_after = 0


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


def opened(clock, first, *later, paced=False):
    """Return a broadcast; of what comes `later`, an error is raised."""
    parts = list(later)

    def again():
        part = parts.pop(0)
        if isinstance(part, Exception):
            raise part
        return part

    return Broadcast(first, again, "the stream x", clock, paced)


def test_frames_come_at_the_time_of_their_arrival_which_grows_strictly(clock):
    source = opened(clock, Part(1, 2, 3), None)
    assert (source.live, source.size, source.rate, source.count) == (True, (64, 48), 25.0, None)
    frames = [source.read(), source.read()]
    clock.now += 0.5
    frames.append(source.read())
    assert [frame.time for frame in frames] == pytest.approx([0.0, 0.0, 0.5], abs=1e-5)
    assert frames[1].time > frames[0].time
    assert [frame.index for frame in frames] == [0, 1, 2]


def test_a_stream_that_breaks_off_is_waited_for_and_goes_on(clock, caplog):
    first = Part(1)
    source = opened(clock, first, SourceError("refused"), SourceError("refused"), Part(7), None)
    with caplog.at_level(logging.WARNING, "livemask"):
        frames = list(iter(source.read, None))
    assert [number(frame.image) for frame in frames] == [1, 7]
    assert frames[1].time == pytest.approx(3.0)
    assert first.closed
    assert [record.getMessage() for record in caplog.records] == [
        "the stream x has broken off; waiting for it.",
        "refused. Waiting for it.",
        "the stream x is back.",
        "the stream x comes and goes; is the network weak? Waiting for it.",
    ]


def test_a_stream_that_comes_back_in_another_size_keeps_the_first(clock):
    source = opened(clock, Part(1), Part(7, size=(32, 48)), None)
    assert [frame.image.shape for frame in iter(source.read, None)] == [(48, 64, 3)] * 2


def test_a_stream_that_does_not_come_back_is_no_longer_waited_for_after_the_end(clock):
    source = opened(clock, Part(1), *[SourceError("refused")] * 9)
    source.read()
    clock.set_after = 4
    assert source.read() is None
    assert clock.waits == [1.0] * 4


def test_what_is_wrong_with_the_program_is_not_taken_for_a_break(clock):
    source = opened(clock, Part(), ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        source.read()


def test_a_stream_in_pieces_is_shown_at_its_own_speed(clock):
    source = opened(clock, Part(1, 2, 3, times=[0.0, 0.04, 0.08]), None, paced=True)
    frames = [source.read() for _ in range(3)]
    assert [frame.time for frame in frames] == pytest.approx([0.0, 0.04, 0.08], abs=1e-5)
    assert sum(clock.waits) == pytest.approx(0.08)


def test_a_piece_that_is_late_is_not_waited_for(clock):
    source = opened(clock, Part(1, 2, times=[0.0, 0.04]), None, paced=True)
    source.read()
    clock.now += 3.0
    assert source.read().time == pytest.approx(3.0)
    assert sum(clock.waits) == 0.0


@pytest.mark.parametrize("jump", [3600.0, 0.0])
def test_a_stream_whose_own_time_jumps_is_not_waited_for(clock, jump):
    source = opened(clock, Part(1, 2, times=[1800.0, jump]), None, paced=True)
    source.read()
    source.read()
    assert sum(clock.waits) == 0.0


def test_frames_are_sealed():
    source = Broadcast(Part(1), lambda: None, "x", threading.Event())
    image = source.read().image
    assert not image.flags.writeable
    assert image.dtype == np.uint8
