import numpy as np
import pytest

from livemask.geometry import rigid, rotation_matrix
from livemask.tracking.iris import find_iris
from tests.tracking.drawn_eyes import CAMERA, iris_at, landmarks, picture

BROWN, GREY = (60, 40, 30), (110, 115, 120)


def pose_at(distance, roll=0.0):
    return rigid(rotation_matrix(np.array([0.0, 0.0, roll])), np.array([0.0, 0.0, -distance]))


@pytest.mark.parametrize("colour", [BROWN, GREY])
@pytest.mark.parametrize("distance", [400.0, 600.0, 1000.0])
def test_the_middle_of_an_iris_is_found_to_a_millimetre(colour, distance):
    pose, scale = pose_at(distance), CAMERA.focal / distance
    for look in ((0.0, 0.0), (10.0, 2.0), (-10.0, -2.0)):
        image = picture(pose, look, colour)
        for left in (False, True):
            found = find_iris(image, landmarks(pose), left, scale)
            off = (found - iris_at(pose, left, *look)) / scale
            assert abs(off[0]) < 0.8
            assert abs(off[1]) < 1.2


def test_a_head_may_be_tilted():
    pose, scale = pose_at(500.0, 0.6), CAMERA.focal / 500.0
    found = find_iris(picture(pose, (8.0, 0.0)), landmarks(pose), True, scale)
    assert np.linalg.norm(found - iris_at(pose, True, 8.0, 0.0)) < 1.2 * scale


def test_it_does_not_matter_how_light_the_picture_is():
    pose = pose_at(500.0)
    image, points = picture(pose, (6.0, 0.0)), landmarks(pose)
    found = [
        find_iris((share * image).astype(np.uint8), points, False, CAMERA.focal / 500.0)
        for share in (0.4, 1.0)
    ]
    assert np.linalg.norm(found[0] - found[1]) < 0.5


def test_of_lids_that_touch_nothing_is_said():
    pose = pose_at(500.0)
    points = landmarks(pose)
    points[36:48, 1] = points[36:48, 1].mean()
    assert find_iris(picture(pose, (0.0, 0.0)), points, True, CAMERA.focal / 500.0) is None


def test_an_eye_at_the_border_of_the_picture_is_no_trouble():
    pose = rigid(np.eye(3), np.array([-330.0, 0.0, -500.0]))
    found = find_iris(picture(pose, (0.0, 0.0)), landmarks(pose), False, CAMERA.focal / 500.0)
    assert found is None or np.isfinite(found).all()
