import threading
import time

import numpy as np

from livemask.reader import STILL_RATE, Reader
from livemask.records import Frame


class Source:
    def __init__(self, count, rate=30.0, live=False, known=True):
        self.left, self.count, self.live, self.rate = count, count if known else None, live, rate
        self.given = 0

    def read(self):
        if self.given == self.left:
            return None
        self.given += 1
        return Frame(np.zeros((2, 2, 3), np.uint8), (self.given - 1) / self.rate, self.given - 1)


def all_of(reader, most=1000):
    frames = []
    while len(frames) < most and (frame := reader()) is not None:
        frames.append(frame)
    return frames


def test_everything_is_read_once_and_in_order():
    reader = Reader(Source(5))
    assert [f.index for f in all_of(reader)] == [0, 1, 2, 3, 4]
    assert (reader.read_frames, reader.total) == (5, 5)


def test_a_limit_ends_the_run_and_reads_no_frame_more():
    source = Source(10)
    reader = Reader(source, 3)
    assert len(all_of(reader)) == 3
    assert source.given == 3
    assert reader.total == 3


def test_a_source_of_unknown_length_has_no_total():
    assert Reader(Source(5, known=False)).total is None


def test_a_watched_film_never_runs_ahead_of_its_time():
    reader = Reader(Source(6, rate=50.0), watched=True)
    start = time.monotonic()
    for frame in all_of(reader):
        assert time.monotonic() - start >= frame.time - 0.002


def test_a_watched_photo_stays():
    frames = all_of(Reader(Source(1), watched=True), most=3)
    assert [f.index for f in frames] == [0, 1, 2]
    assert [f.time for f in frames] == [0.0, 1.0 / STILL_RATE, 2.0 / STILL_RATE]


def test_a_photo_that_nobody_watches_is_read_once():
    assert len(all_of(Reader(Source(1)), most=3)) == 1


def test_a_live_source_sets_its_own_pace():
    reader = Reader(Source(3, rate=0.001, live=True), watched=True)  # 1000 s between frames
    assert len(all_of(reader)) == 3


class Resting(Source):
    """A live source that notes when it rests."""

    def __init__(self):
        super().__init__(100, live=True)
        self.noted, self.closed = [], threading.Event()
        self.rests = threading.Event()

    def rest(self, on):
        self.noted.append((on, self.given))
        if on:
            self.rests.set()

    def close(self):
        self.closed.set()


def test_a_live_source_is_not_read_while_it_rests_and_read_at_once_afterwards():
    source = Resting()
    reader = Reader(source)
    assert reader().index == 0
    reader.rest(True)
    read = []
    thread = threading.Thread(target=lambda: read.append(reader()))
    thread.start()
    assert source.rests.wait(5.0)
    assert source.given == 1
    reader.rest(False)
    thread.join(5.0)
    assert [frame.index for frame in read] == [1]
    assert source.noted == [(True, 1), (False, 1)]


def test_a_run_can_end_while_its_source_rests():
    source = Resting()
    reader = Reader(source)
    reader.rest(True)
    thread = threading.Thread(target=reader)
    thread.start()
    assert source.rests.wait(5.0)
    reader.close()
    reader.rest(True)  # too late: it is closed
    thread.join(5.0)
    assert not thread.is_alive()
    assert source.closed.is_set()


def test_a_film_never_rests():
    reader = Reader(Source(3))
    reader.rest(True)
    assert len(all_of(reader)) == 3


def test_how_fast_frames_come_is_known_after_some():
    reader = Reader(Source(60, rate=25.0))
    reader()
    assert reader.interval is None
    all_of(reader)
    assert abs(reader.interval - 0.04) < 1e-9
