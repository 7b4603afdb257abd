"""One live source after the other, as if they were one."""

import threading
import time
from collections import deque

import numpy as np
import pytest

from livemask.errors import SourceError
from livemask.records import Frame
from livemask.sources import exchange as module
from livemask.sources.exchange import Exchange


class Camera:
    """Gives pictures of one brightness until it is closed."""

    live, count, path, rate = True, None, None, 30.0

    def __init__(self, tone, size=(8, 6)):
        self.tone, self.size, self.given, self.closed = tone, size, 0, False

    def read(self):
        if self.closed:
            return None
        self.given += 1
        image = np.full((self.size[1], self.size[0], 3), self.tone, np.uint8)
        return Frame(image, (self.given - 1) / self.rate, self.given - 1)

    def close(self):
        self.closed = True


def changed(exchange, make):
    """Ask for another source while somebody reads; return the first frame of it, and errors."""
    errors, frames = [], []

    def ask():
        try:
            exchange.change(make)
        except SourceError as error:
            errors.append(str(error))

    asking = threading.Thread(target=ask)
    asking.start()
    while asking.is_alive() or not frames:
        frames.append(exchange.read())
    return frames[-1], errors


def test_times_and_indices_go_on_and_the_size_stays():
    first = Camera(10)
    exchange = Exchange(first, lambda: Camera(10))
    before = [exchange.read() for _ in range(5)]
    frame, errors = changed(exchange, lambda: Camera(200, (16, 12)))
    assert errors == []
    assert first.closed
    assert (frame.image == 200).all()
    assert frame.size == (8, 6)
    assert frame.time > before[-1].time
    assert frame.index > before[-1].index
    assert not frame.image.flags.writeable


def test_other_proportions_get_black_bars():
    exchange = Exchange(Camera(10), lambda: Camera(10))
    frame, _ = changed(exchange, lambda: Camera(200, (24, 6)))
    assert (frame.image[0] == 0).all()
    assert (frame.image[3] == 200).all()


def test_a_camera_that_cannot_be_opened_leaves_the_former_on():
    def refuse():
        raise SourceError("it is in use.")

    exchange = Exchange(Camera(10), lambda: Camera(11))
    exchange.read()
    frame, errors = changed(exchange, refuse)
    assert errors == ["it is in use."]
    assert (frame.image == 11).all()


def test_every_camera_that_is_left_is_closed_though_another_is_asked_for_meanwhile():
    opened = [Camera(10)]
    exchange = Exchange(opened[0], lambda: Camera(10))

    def slow():
        opened.append(Camera(20))
        # Somebody else loses patience while this one opens: they close what is still there.
        again = threading.Thread(target=exchange.change, args=(fast,))
        again.start()
        while exchange._asked is None:
            time.sleep(0.001)
        return opened[-1]

    def fast():
        opened.append(Camera(30))
        return opened[-1]

    frame, errors = changed(exchange, slow)
    frames = [frame, *(exchange.read() for _ in range(3))]
    assert errors == []
    assert (frames[-1].image == 30).all()
    assert [camera.closed for camera in opened] == [True, True, False]


@pytest.fixture
def hasty(monkeypatch):
    """Give up a source at once."""
    monkeypatch.setattr(module, "PERSISTENCE", 0.0)
    monkeypatch.setattr(module, "PAUSE", 0.001)


@pytest.mark.usefixtures("hasty")
def test_who_asks_is_told_though_the_former_cannot_be_opened_again():
    def refuse():
        raise SourceError("it is in use.")

    exchange, asked = Exchange(Camera(10), refuse), []
    asking = threading.Thread(target=lambda: asked.append(_told(exchange, refuse)))
    asking.start()
    with pytest.raises(SourceError, match="it is in use"):
        deque(iter(exchange.read, None))
    asking.join(5)
    assert asked == ["it is in use."]


def _told(exchange, make):
    try:
        exchange.change(make)
    except SourceError as error:
        return str(error)


def test_nothing_comes_after_it_was_closed():
    exchange = Exchange(Camera(10), lambda: Camera(10))
    exchange.read()
    exchange.close()
    exchange.close()
    assert exchange.read() is None


def test_a_source_that_ends_by_itself_ends_the_run():
    camera = Camera(10)
    exchange = Exchange(camera, lambda: Camera(10))
    exchange.read()
    camera.close()
    with pytest.raises(StopIteration):
        next(iter(exchange.read, None))


class Faulty(Camera):
    """Fails after three pictures."""

    def read(self):
        if self.given == 3:
            raise SourceError("the cable was pulled.")
        return super().read()


def test_a_source_that_fails_is_opened_again_until_it_works(monkeypatch, caplog):
    monkeypatch.setattr(module, "PAUSE", 0.001)
    tries = []

    def again():
        tries.append(1)
        if len(tries) < 4:
            raise SourceError("it is not there.")
        return Camera(20)

    first = Faulty(10)
    exchange = Exchange(first, again)
    frames = [exchange.read() for _ in range(5)]
    assert [int(frame.image[0, 0, 0]) for frame in frames] == [10] * 3 + [20] * 2
    assert (np.diff([frame.time for frame in frames]) > 0.0).all()
    assert [frame.index for frame in frames] == list(range(5))
    assert first.closed
    assert "the cable was pulled. It is opened again." in caplog.text


@pytest.mark.usefixtures("hasty")
def test_a_source_that_does_not_come_back_ends_the_run_with_its_own_error():
    def refuse():
        raise SourceError("it is not there.")

    exchange = Exchange(Faulty(10), refuse)
    with pytest.raises(SourceError, match="the cable was pulled"):
        deque(iter(exchange.read, None))


def test_a_source_that_has_never_worked_is_not_waited_for():
    camera = Faulty(10)
    camera.given = 3
    with pytest.raises(SourceError, match="cable"):
        Exchange(camera, lambda: Camera(20)).read()


def test_while_one_is_waited_for_another_may_be_chosen(monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.01)

    def refuse():
        raise SourceError("it is not there.")

    exchange = Exchange(Faulty(10), refuse)
    frame, errors = changed(exchange, lambda: Camera(30))
    assert errors == []
    assert (frame.image == 30).all()
