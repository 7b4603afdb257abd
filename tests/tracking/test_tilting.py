"""Heads that are tilted too far for the detector."""

import math

import cv2
import numpy as np
import pytest

from livemask.detectors import dlib68
from livemask.records import Frame
from livemask.tracking.searching import TILTED_EVERY, Search
from livemask.tracking.tilting import SURE, TILTS, find_tilted
from tests.detectors.drawn_face import drawn_face

SIZE, CENTRE, SIDE = (480, 360), (300.0, 190.0), 130.0


def tilted_face(degrees):
    """Return a drawn face that is tilted anticlockwise about its middle."""
    turn = cv2.getRotationMatrix2D(CENTRE, degrees, 1.0)
    return cv2.warpAffine(
        drawn_face(SIZE, CENTRE, SIDE), turn, SIZE, borderMode=cv2.BORDER_REPLICATE
    )


@pytest.fixture(scope="module")
def detector():
    return dlib68.create()


@pytest.mark.parametrize("degrees", [65.0, -65.0])
def test_a_tilted_head_is_found_where_it_is_and_how_far_it_is_tilted(detector, degrees):
    image = tilted_face(degrees)
    assert all(face[4] < 2.0 * SURE for face in detector.find(image))  # but for a glimpse
    (box,) = find_tilted(detector, image, 1.0, [])
    np.testing.assert_allclose(0.5 * (box[:2] + box[2:4]), CENTRE, atol=0.3 * SIDE)
    assert box[4] == pytest.approx(math.radians(degrees), abs=math.radians(31.0))


def test_in_a_reduced_picture_it_is_found_in_the_same_place(detector):
    image = cv2.resize(tilted_face(65.0), None, fx=2.0, fy=2.0)
    (full,), (half,) = (find_tilted(detector, image, scale, []) for scale in (1.0, 0.5))
    assert np.abs(full[:4] - half[:4]).max() < 0.3 * (full[2] - full[0])


def test_who_is_known_is_not_found_again(detector):
    image = tilted_face(65.0)
    (box,) = find_tilted(detector, image, 1.0, [])
    assert find_tilted(detector, image, 1.0, [box[:4]]) == []


class Finder:
    """Sees something in the corner that a turn leaves empty, and something doubtful."""

    def __init__(self):
        self.pictures = []

    def find(self, image, scale=1.0, upsample=0):
        self.pictures.append(image.shape[1::-1])
        middle = 0.5 * np.array(image.shape[1::-1])
        return [(0.0, 0.0, 40.0, 40.0, 1.0), (*(middle - 40), *(middle + 40), 0.5 * SURE)]


def test_corners_that_are_no_picture_and_doubtful_faces_are_left_out():
    assert find_tilted(Finder(), np.zeros((360, 480, 3), np.uint8), 1.0, []) == []


def test_tilted_heads_are_looked_for_now_and_then_and_only_if_asked_to():
    finder = Finder()
    search, frame = Search(finder), Frame(np.zeros((90, 160, 3), np.uint8), 0.0, 0)
    search.find(frame, known=9)
    assert set(finder.pictures) == {(160, 90)}
    search.careful = True
    finder.pictures.clear()
    for _ in range(2 * TILTED_EVERY):
        search.find(frame, known=9)
    turned = [size for size in finder.pictures if size != (160, 90)]
    assert len(turned) == 2 * len(TILTS)
