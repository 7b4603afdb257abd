import threading

import cv2
import numpy as np
import pytest

from livemask.records import Frame
from livemask.tracking.searching import DOUBLED_EVERY, FULL_EVERY, Search, ThreadedSearch, look

BOX = (100.0, 80.0, 220.0, 200.0, 1.0)


def frame(time=0.0, size=(1280, 720)):
    return Frame(np.zeros((size[1], size[0], 3), np.uint8), time, 0)


class Finder:
    """Finds `boxes` at looks at least as thorough as `needs`, and notes all looks."""

    def __init__(self, *boxes, needs=0.0):
        self.boxes, self.needs, self.looks = boxes, needs, []

    def find(self, image, scale=1.0, upsample=0):
        self.looks.append((image.shape[1], scale, upsample))
        return list(self.boxes) if scale * 2**upsample >= self.needs else []


def test_a_large_face_costs_one_look_at_the_reduced_picture():
    finder = Finder(BOX)
    np.testing.assert_array_equal(Search(finder).find(frame()), [BOX[:4]])
    assert finder.looks == [(1280, 0.5, 0)]


def test_the_first_look_goes_on_to_the_full_and_the_doubled_picture():
    finder = Finder(needs=9.0)
    assert Search(finder).find(frame()) == []
    assert [(scale, up) for _, scale, up in finder.looks] == [(0.5, 0), (1.0, 0), (1.0, 1)]


def test_thorough_looks_are_taken_now_and_then_only():
    finder = Finder()
    search = Search(finder)
    for _ in range(2 * DOUBLED_EVERY):
        search.find(frame())
    count = {
        kind: sum((s, u) == kind for _, s, u in finder.looks)
        for kind in [(0.5, 0), (1.0, 0), (1.0, 1)]
    }
    assert count == {
        (0.5, 0): 2 * DOUBLED_EVERY,
        (1.0, 0): 2 * DOUBLED_EVERY // FULL_EVERY,
        (1.0, 1): 2,
    }


def test_a_small_picture_is_never_reduced():
    finder = Finder(needs=9.0)
    Search(finder).find(frame(size=(400, 300)))
    assert finder.looks == [(400, 1.0, 0), (400, 1.0, 1)]


LARGE = (300.0, 80.0, 500.0, 280.0, 0.5)


def test_of_several_faces_the_largest_comes_first():
    found = Search(Finder(BOX, LARGE)).find(frame())
    np.testing.assert_array_equal(found, [LARGE[:4], BOX[:4]])


def test_a_look_that_sees_only_the_known_faces_is_followed_by_closer_ones():
    finder = Finder(BOX)
    assert len(Search(finder).find(frame(), known=1)) == 1
    assert [(scale, up) for _, scale, up in finder.looks] == [(0.5, 0), (1.0, 0), (1.0, 1)]


def test_a_face_beyond_the_known_ones_ends_the_look():
    finder = Finder(BOX, LARGE)
    assert len(Search(finder).find(frame(), known=1)) == 2
    assert len(finder.looks) == 1


def test_a_closer_look_that_sees_less_takes_no_face_away():
    class Fickle(Finder):
        def find(self, image, scale=1.0, upsample=0):
            super().find(image, scale, upsample)
            return [BOX] if scale < 1.0 else []

    assert len(Search(Fickle()).find(frame(), known=1)) == 1


def test_a_look_sees_the_surroundings_of_the_region_alone():
    finder = Finder((90.0, 90.0, 310.0, 310.0, 1.0))
    region = np.array([500.0, 300.0, 700.0, 500.0])
    box = look(finder, frame(), region)
    ((width, scale, _),) = finder.looks
    assert width < 400
    assert scale == pytest.approx(110 / 200)
    corner = np.array([600.0, 400.0]) - 180.0
    np.testing.assert_allclose(box, np.array([90.0, 90.0, 310.0, 310.0]) + np.tile(corner, 2))


def test_a_look_does_not_take_a_neighbour_for_the_face():
    assert (
        look(Finder((0.0, 0.0, 120.0, 120.0, 1.0)), frame(), np.array([500.0, 300, 700, 500]))
        is None
    )


def test_a_look_outside_the_picture_sees_nothing():
    finder = Finder(BOX)
    assert look(finder, frame(), np.array([-900.0, 0.0, -700.0, 200.0])) is None
    assert finder.looks == []


class SlowFinder(Finder):
    """Waits for leave before each look."""

    def __init__(self, *boxes):
        super().__init__(*boxes)
        self.leave, self.done = threading.Semaphore(0), threading.Semaphore(0)

    def find(self, image, scale=1.0, upsample=0):
        assert self.leave.acquire(timeout=10)
        try:
            return super().find(image, scale, upsample)
        finally:
            self.done.release()


@pytest.fixture
def slow():
    finder = SlowFinder(BOX)
    search = ThreadedSearch(finder)
    yield finder, search
    finder.leave.release(1000)
    search.close()
    search.close()


def until_found(search, time):
    for _ in range(2000):
        boxes = search.find(frame(time))
        if boxes:
            return boxes
        threading.Event().wait(0.005)
    return None


def test_a_threaded_search_never_waits_and_brings_its_box_later(slow):
    finder, search = slow
    assert search.find(frame(0.0)) is None
    assert search.find(frame(0.03)) is None
    finder.leave.release(1000)
    np.testing.assert_array_equal(until_found(search, 0.1), [BOX[:4]])


def test_a_box_of_long_ago_is_not_taken(slow):
    finder, search = slow
    search.find(frame(0.0))
    finder.leave.release()
    assert finder.done.acquire(timeout=10)
    threading.Event().wait(0.05)
    assert search.find(frame(9.0)) is None


def test_an_error_in_the_thread_is_raised_where_it_is_seen():
    class Broken:
        def find(self, image, scale=1.0, upsample=0):
            raise ZeroDivisionError

    search = ThreadedSearch(Broken())
    with pytest.raises(ZeroDivisionError):
        until_found(search, 0.0)
    search.close()


def test_a_tilted_face_is_looked_at_upright():
    """A bar that points up along the tilted head stands upright in what the finder sees."""
    tilt, image = 0.6, np.zeros((720, 1280, 3), np.uint8)
    along = 80.0 * np.array([np.sin(-tilt), -np.cos(tilt)])
    centre = np.array([600.0, 400.0])
    ends = [tuple(int(v) for v in centre + end) for end in (0.0 * along, along)]
    cv2.line(image, *ends, (255, 255, 255), 9)

    class Seeing(Finder):
        def find(self, image, scale=1.0, upsample=0):
            self.seen = image
            return super().find(image, scale, upsample)

    finder = Seeing((90.0, 90.0, 270.0, 270.0, 1.0))
    box = look(finder, Frame(image, 0.0, 0), np.array([500.0, 300.0, 700.0, 500.0]), tilt)
    columns = np.flatnonzero(finder.seen[..., 0].max(axis=0) > 128)
    rows = np.flatnonzero(finder.seen[..., 0].max(axis=1) > 128)
    assert np.ptp(columns) < 14
    assert 75 < np.ptp(rows) < 100
    assert rows.max() < 0.55 * len(finder.seen)  # above the middle
    np.testing.assert_allclose(0.5 * (box[:2] + box[2:]), centre, atol=1.0)
