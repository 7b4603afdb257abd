"""Faces are found tilted, mirrored and small; by a detector that sees one bright square."""

import cv2
import numpy as np
import pytest

from livemask.reconstruction.finding import find_faces, roll_of
from livemask.records import Frame


class SeesArrow:
    """Finds a bright square of 100 px or so if the dark spot in it is at its upper side."""

    def find(self, image, scale=1.0, upsample=0):
        if scale != 1.0:
            return []
        grey = image.mean(axis=2)
        rows, columns = np.nonzero(grey > 200)
        if len(rows) < 500:
            return []
        box = np.array([columns.min(), rows.min(), columns.max(), rows.max()], float)
        inside = grey[rows.min() : rows.max(), columns.min() : columns.max()]
        dark = np.argwhere((inside > 90) & (inside < 150)).mean(axis=0) / inside.shape
        score = 1.0 - 8.0 * np.abs(dark - (0.2, 0.5)).max()
        return [(*box.tolist(), score)] if score > 0.0 else []


def picture(turns):
    image = np.zeros((400, 400, 3), np.uint8)
    image[120:260, 90:230] = 255
    image[134:162, 146:174] = 120  # its dark spot, near the upper side
    image = np.ascontiguousarray(np.rot90(image, turns))
    return Frame(image, 0.0, 0)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_face_is_found_however_the_photo_lies(turns):
    frame = picture(turns)
    rows, columns = np.nonzero(frame.image[..., 0] > 90)
    (box,) = find_faces(frame, SeesArrow())
    middle = 0.5 * (box[:2] + box[2:])
    np.testing.assert_allclose(middle, [columns.mean(), rows.mean()], atol=3.0)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_its_roll_is_told_anticlockwise(turns):
    frame = picture(turns)
    (box,) = find_faces(frame, SeesArrow())
    off = np.degrees(roll_of(frame, SeesArrow(), box)) - 90.0 * turns
    assert abs((off + 180.0) % 360.0 - 180.0) < 1.0


def test_where_nothing_is_no_face_is_found():
    assert find_faces(Frame(np.zeros((90, 120, 3), np.uint8), 0.0, 0), SeesArrow()) == []


class SeesBright:
    """Finds bright squares of 60 px or more in what it is shown."""

    def __init__(self):
        self.shown = []

    def find(self, image, scale=1.0, upsample=0):
        self.shown.append(round(max(image.shape[:2]) * scale) << upsample)
        grey = image.mean(axis=2) > 200
        count, _, stats, _ = cv2.connectedComponentsWithStats(grey.astype(np.uint8))
        squares = (stats[i, :4] for i in range(1, count))
        return [
            (x, y, x + w, y + h, 1.0)
            for x, y, w, h in squares
            if min(w, h) * scale * 2**upsample >= 60
        ]


def with_squares(size, *squares):
    image = np.zeros((size[1], size[0], 3), np.uint8)
    for x, y, side in squares:
        image[y : y + side, x : x + side] = 255
    return Frame(image, 0.0, 0)


def test_small_faces_beside_a_large_one_are_found_too():
    frame = with_squares((1280, 720), (100, 100, 300), (900, 300, 80))
    boxes = find_faces(frame, SeesBright())
    assert [round(box[2] - box[0]) for box in boxes] == [300, 80]


def test_a_picture_is_doubled_only_where_no_face_was_found():
    detector = SeesBright()
    (box,) = find_faces(with_squares((1280, 720), (900, 300, 40)), detector)
    assert round(box[2] - box[0]) == 40
    assert max(detector.shown) == 2560
    detector = SeesBright()
    find_faces(with_squares((1280, 720), (100, 100, 300)), detector)
    assert max(detector.shown) == 1280


@pytest.mark.parametrize("lies", [True, False])
def test_faces_in_a_long_picture_are_found_each_once(lies):
    squares = [(200, 100, 150), (7000, 300, 120)]
    frame = with_squares((9000, 500), *squares)
    if not lies:
        frame = Frame(np.ascontiguousarray(frame.image.transpose(1, 0, 2)), 0.0, 0)
    boxes = find_faces(frame, SeesBright())
    along = [round(0.5 * (box[0] + box[2] if lies else box[1] + box[3])) for box in boxes]
    np.testing.assert_allclose(along, [275, 7060], atol=4)


@pytest.mark.parametrize("size", [(1, 1), (30000, 1), (1, 3000)])
def test_a_picture_without_room_for_a_face_has_none(size):
    assert find_faces(with_squares(size), SeesBright()) == []
