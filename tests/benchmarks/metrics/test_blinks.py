import numpy as np

from benchmarks.metrics.blinks import Event, counts, events

TIME = np.arange(10) / 10.0
OPEN = np.zeros(10)


def shut(*frames, by=1.0):
    values = np.zeros(10)
    values[list(frames)] = by
    return values


def test_both_eyes_that_close_are_a_blink():
    assert events(TIME, shut(3, 4), shut(4, 5)) == [Event(0.3, 0.5, "blink")]


def test_one_eye_that_closes_is_a_wink_of_its_side():
    assert [e.kind for e in events(TIME, shut(2), shut(7))] == ["left", "right"]


def test_half_closed_eyes_are_nothing():
    assert events(TIME, shut(3, by=0.5), shut(3, by=0.4)) == []


def test_eyes_shut_at_both_ends_count():
    assert len(events(TIME, shut(0, 9), OPEN)) == 2


def test_a_blink_that_comes_a_little_late_was_seen():
    true, seen = [Event(1.0, 1.1, "blink")], [Event(1.2, 1.3, "blink")]
    assert counts(true, seen, ("blink",)) == (1, 1, 1, 1)


def test_a_wink_that_is_told_as_a_blink_is_missed_and_a_false_blink():
    true, seen = [Event(1.0, 1.2, "left")], [Event(1.0, 1.2, "blink")]
    assert counts(true, seen, ("left", "right")) == (1, 0, 0, 0)
    assert counts(true, seen, ("blink",)) == (0, 0, 1, 0)


def test_a_wink_of_the_other_eye_is_wrong():
    true, seen = [Event(1.0, 1.2, "left")], [Event(1.0, 1.2, "right")]
    assert counts(true, seen, ("left", "right")) == (1, 0, 1, 0)
