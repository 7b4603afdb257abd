import threading
import time

import numpy as np
import pytest

from livemask.errors import SourceError
from livemask.records import Frame
from livemask.sources.ahead import ReadAhead


class Given:
    """A source of frames whose time is their number and one half."""

    size, rate, path = (4, 3), 25.0, None

    def __init__(self, count, live=False, error=None, gate=None):
        self.count, self.live, self.error, self.gate = count, live, error, gate
        self.made = 0
        self.closed = threading.Event()

    def read(self):
        if self.gate is not None:
            self.gate.wait()
        if self.made == self.count:
            if self.error:
                raise self.error
            return None
        self.made += 1
        return Frame(np.zeros((3, 4, 3), np.uint8), self.made - 0.5, self.made - 1)

    def close(self):
        self.closed.set()


def times(source):
    return [frame.time for frame in iter(source.read, None)]


def test_every_frame_of_a_film_comes_in_order():
    given = Given(50)
    source = ReadAhead(lambda _: given, "x")
    assert (source.size, source.rate, source.count, source.live) == ((4, 3), 25.0, 50, False)
    frames = list(iter(source.read, None))
    assert [frame.time for frame in frames] == list(range(50))
    assert [frame.index for frame in frames] == list(range(50))
    assert given.closed.wait(5.0)


def test_a_film_is_read_only_a_little_ahead():
    given = Given(50)
    source = ReadAhead(lambda _: given, "x")
    source.read()
    time.sleep(0.05)
    assert given.made <= 1 + 2 + 1  # taken, waiting, and in the hand
    source.close()


def test_of_a_live_source_the_newest_frame_is_given_and_others_are_counted():
    given = Given(50, live=True)
    source = ReadAhead(lambda _: given, "x")
    assert given.closed.wait(5.0)
    (frame,) = iter(source.read, None)
    assert (frame.time, frame.index) == (0.0, 0)
    assert source.dropped == 49


def test_what_goes_wrong_is_raised_after_the_frames_that_came():
    source = ReadAhead(lambda _: Given(2, error=SourceError("torn")), "x")
    assert [source.read().index, source.read().index] == [0, 1]
    with pytest.raises(SourceError, match="torn"):
        source.read()


def test_what_goes_wrong_in_the_making_is_raised_at_once():
    def make(_):
        raise SourceError("no such thing")

    with pytest.raises(SourceError, match="no such thing"):
        ReadAhead(make, "x")


def test_who_makes_one_wait_too_long_is_given_up_and_then_closed():
    gate, given = threading.Event(), Given(5)

    def make(end):
        gate.wait()
        assert end.is_set()
        return given

    with pytest.raises(SourceError, match=r"x does not answer; nothing came for 0\.05 s"):
        ReadAhead(make, "x", 0.05)
    gate.set()
    assert given.closed.wait(5.0)


def test_closing_wakes_the_reader_though_nothing_comes():
    gate = threading.Event()
    given = Given(5, gate=gate)
    source = ReadAhead(lambda _: given, "x")
    got = []
    reader = threading.Thread(target=lambda: got.append(source.read()))
    reader.start()
    source.close()
    reader.join(5.0)
    assert got == [None]
    assert not given.closed.is_set()  # the thread that reads it closes it
    gate.set()
    assert given.closed.wait(5.0)


def test_after_closing_twice_nothing_comes():
    source = ReadAhead(lambda _: Given(5), "x")
    source.read()
    source.close()
    source.close()
    assert source.read() is None
