import numpy as np
import pytest

from livemask.landmarks import JAW
from tools.turned.pictures import AWAY, FACE, SIDE, YAW, pictures


@pytest.fixture(scope="module")
def drawn():
    return list(pictures(range(1), 4))


def test_the_face_is_in_its_box_and_the_box_in_the_picture(drawn):
    for picture in drawn:
        assert picture.grey.shape == (SIDE, SIDE)
        assert FACE[0] <= picture.box[2] - picture.box[0] <= FACE[1]
        inner = picture.points[JAW.stop :].mean(axis=0)
        assert (picture.box[:2] < inner).all()
        assert (inner < picture.box[2:]).all()


def test_the_heads_are_turned_to_the_images_right(drawn):
    for picture in drawn:
        assert np.radians(YAW[0]) <= picture.yaw <= np.radians(YAW[1])
        nose, right, left = picture.points[[30, 36, 45], 0]
        assert nose > 0.5 * (right + left)


def test_the_same_numbers_give_the_same_pictures(drawn):
    again = next(pictures(range(1), 1))
    np.testing.assert_array_equal(again.grey, drawn[0].grey)
    np.testing.assert_array_equal(again.points, drawn[0].points)


def test_heads_that_are_turned_away_are_so(drawn):
    away = next(pictures(range(1), 1, AWAY))
    assert np.cos(away.yaw) < 0.0
