"""A camera that rests is emptied and not decoded."""

import time

import pytest

from livemask.sources.grabber import Grabber
from tests.sources.fake_capture import FakeCapture


class Counting(FakeCapture):
    """Counts what is decoded."""

    def __init__(self):
        super().__init__()
        self.decoded = 0

    def retrieve(self):
        self.decoded += 1
        self.value = self.decoded % 200
        return super().retrieve()


@pytest.fixture
def capture():
    return Counting()


@pytest.fixture
def grabber(capture):
    grabber = Grabber(lambda: capture)
    yield grabber
    grabber.stop()


def arrive(grabber, count):
    """Wait until so many more pictures have come."""
    wanted = grabber.arrived + count
    deadline = time.monotonic() + 20.0
    while grabber.arrived < wanted and time.monotonic() < deadline:
        time.sleep(0.002)
    assert grabber.arrived >= wanted


def test_while_it_rests_pictures_come_and_none_is_decoded(grabber, capture):
    assert grabber.take(5.0) is not None
    grabber.rest(True)
    arrive(grabber, 2)  # one may have been under way
    decoded = capture.decoded
    arrive(grabber, 10)
    assert capture.decoded == decoded


def test_after_a_rest_comes_a_new_picture_and_none_from_before(grabber, capture):
    assert grabber.take(5.0) is not None
    grabber.rest(True)
    arrive(grabber, 3)
    capture.value = 77
    grabber.rest(False)
    image, _ = grabber.take(5.0)
    assert image[0, 0, 0] in (77, capture.decoded % 200)


def test_a_camera_that_is_gone_while_it_rests_is_missed_afterwards(grabber, capture):
    assert grabber.take(5.0) is not None
    grabber.rest(True)
    arrive(grabber, 2)
    capture.silence()
    grabber.rest(False)
    while grabber.take(0.2) is not None:  # what was under way
        pass
    assert grabber.take(0.05) is None
