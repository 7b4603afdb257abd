import numpy as np
import pytest

from benchmarks.tracking.stills import Still, aflw_angles
from benchmarks.tracking.true_box import TrueBox, hog_box
from livemask.geometry import euler_angles

ANGLES = np.radians([12.0, -35.0, 8.0])


def aflw_rotation(pitch, yaw, roll):
    """As published with the set."""
    (sp, sy, sr), (cp, cy, cr) = np.sin([pitch, yaw, roll]), np.cos([pitch, yaw, roll])
    x = np.array([[1, 0, 0], [0, cp, sp], [0, -sp, cp]])
    y = np.array([[cy, 0, -sy], [0, 1, 0], [sy, 0, cy]])
    z = np.array([[cr, sr, 0], [-sr, cr, 0], [0, 0, 1]])
    return x @ y @ z


def test_the_angles_of_a_rotation_are_those_it_was_made_of():
    assert aflw_angles(aflw_rotation(*ANGLES)) == pytest.approx(np.degrees(ANGLES))


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_the_sets_angles_have_the_other_sign_than_ours(axis):
    angles = np.zeros(3)
    angles[axis] = 0.3
    assert np.array(euler_angles(aflw_rotation(*angles))) == pytest.approx(-angles)


@pytest.mark.parametrize(("yaw", "group"), [(-14.0, "a yaw 0-15"), (61.0, "a yaw 60-90")])
def test_a_still_is_in_the_range_of_its_yaw(yaw, group):
    still = Still("a", np.zeros((9, 9, 3), np.uint8), np.zeros((68, 2)), np.array([0.0, yaw, 0.0]))
    assert still.group == group


def test_the_true_box_is_given_for_the_picture_alone():
    class Nothing:
        roi = 3

        def find(self, image, scale=1.0, upsample=0):
            return []

    image = np.zeros((50, 50, 3), np.uint8)
    box = hog_box(np.random.default_rng(0).uniform(10.0, 40.0, (68, 2)))
    told = TrueBox(Nothing(), image, box)
    assert told.find(image, scale=0.5) == [(*box.tolist(), 1.0)]
    assert told.find(image.copy()) == []
    assert told.roi == 3


def test_the_true_box_is_a_square_about_the_inner_points():
    points = np.random.default_rng(0).uniform(10.0, 40.0, (68, 2))
    left, top, right, bottom = hog_box(points)
    assert right - left == pytest.approx(bottom - top)
    assert [0.5 * (left + right), 0.5 * (top + bottom)] == pytest.approx(points[17:].mean(0))
