import logging
import sys

import pytest

from livemask.logs import rate_limit
from livemask.logs.rate_limit import RateLimit


class Clock:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self):
        return self.now


class Kept(logging.Handler):
    """Keeps what is written."""

    def __init__(self, limit):
        super().__init__()
        self.addFilter(limit)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def log(clock):
    """A logger with two handlers that share a limit of 10 s."""
    log = logging.Logger("test", logging.DEBUG)
    limit = RateLimit(10.0, clock)
    log.addHandler(Kept(limit))
    log.addHandler(Kept(limit))
    return log


def lines(log):
    return log.handlers[0].lines


def test_what_is_said_for_every_frame_is_written_once_in_ten_seconds(log, clock):
    for frame in range(900):
        clock.now = frame / 30
        log.debug("frame %d took %.1f ms", frame, frame * 0.1)
    assert lines(log) == [
        "frame 0 took 0.0 ms",
        "frame 300 took 30.0 ms (and 299 more like it)",
        "frame 600 took 60.0 ms (and 299 more like it)",
    ]


def test_two_handlers_write_the_same(log, clock):
    for clock.now in (0.0, 1.0, 20.0):
        log.warning("again")
    assert log.handlers[0].lines == log.handlers[1].lines
    assert lines(log) == ["again", "again (and 1 more like it)"]


def test_different_messages_and_different_places_do_not_hide_one_another(log):
    for name in ("csv", "film"):
        log.info("%s is ready", name)
    log.info("csv is ready")
    assert lines(log) == ["csv is ready", "film is ready", "csv is ready"]


def test_what_is_not_kept_back_is_not_changed(log, clock):
    for clock.now in (0.0, 10.0, 20.0):
        log.info("a calm %d%%", 5)
    assert lines(log) == ["a calm 5%"] * 3


def test_a_message_whose_arguments_do_not_fit_does_not_stop_the_work(clock):
    record = logging.LogRecord("test", logging.INFO, __file__, 1, "%d of %d", ("a",), None)
    assert RateLimit(10.0, clock).filter(record)


def test_memory_does_not_grow_with_the_number_of_messages(log, clock, monkeypatch):
    monkeypatch.setattr(rate_limit, "_MOST", 10)
    limit = log.handlers[0].filters[0]
    for number in range(200):
        clock.now = 20.0 * number
        log.info("%s", "x" * number)
    assert sys.getsizeof(limit._said) < 2000
    assert len(limit._said) <= 10
