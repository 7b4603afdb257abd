import numpy as np

from benchmarks.metrics.finding import stretches, waits


def frames(text):
    return np.array([letter == "x" for letter in text])


def test_stretches_are_first_and_behind_the_last():
    assert stretches(frames("-xx--x")) == [(1, 3), (5, 6)]
    assert stretches(frames("---")) == []


def test_who_comes_back_waits_until_tracked():
    expected, gone = frames("xxx---xxxx"), frames("---xxx----")
    assert waits(expected, gone, frames("xxx-----xx")) == [2]


def test_who_is_tracked_at_once_does_not_wait():
    assert waits(frames("xx--xx"), frames("--xx--"), frames("xx--xx")) == [0]


def test_who_is_never_found_waits_as_long_as_they_were_there():
    assert waits(frames("xx--xxx"), frames("--xx---"), frames("xx-----")) == [3]


def test_a_first_glimpse_is_no_meeting():
    expected, gone = frames("x-xxxxxxxxxx"), frames("-x----------")
    assert waits(expected, gone, frames("x-xx---xxxxx")) == [5]


def test_who_was_never_gone_is_not_waited_for():
    assert waits(frames("xx--xx"), frames("------"), frames("xx----")) == []


def test_the_first_meeting_is_none_again():
    assert waits(frames("xxxx"), frames("----"), frames("--xx")) == []
