"""Faces are found tilted, mirrored and small; by a detector that sees one bright square."""

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
