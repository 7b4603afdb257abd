import numpy as np
import pytest

from livemask.editing.pair import JOINT, Pair, turned
from livemask.geometry import euler_angles, rigid, rotation_matrix, transform_points
from tests.editing.performed import expression, portrayal


@pytest.mark.parametrize("turn", [(20.0, 0.0, 0.0), (0.0, 10.0, 0.0), (5.0, -6.0, 7.0)])
def test_a_head_is_turned_by_what_is_asked_about_the_joint_of_its_neck(turn):
    pose = rigid(rotation_matrix(np.array([0.1, -0.2, 0.05])), np.array([30.0, 5.0, -600.0]))
    made = turned(pose, turn)
    pitch, yaw, roll = np.degrees(
        np.subtract(euler_angles(made[:3, :3]), euler_angles(pose[:3, :3]))
    )
    assert np.allclose((yaw, pitch, roll), turn)
    joint = JOINT[None]
    assert np.allclose(transform_points(made, joint), transform_points(pose, joint))


def test_nothing_moves_that_is_not_asked_to():
    given = portrayal()
    pair = Pair.of(given.model, given.fit, given.fit.expression, (0.0, 0.0, 0.0))
    assert np.array_equal(pair.before.points, pair.after.points)
    assert pair.moved.max() == 0.0


def test_a_jaw_that_opens_moves_the_chin_and_not_the_brows():
    given = portrayal()
    pair = Pair.of(given.model, given.fit, expression(jawOpen=0.5), (0.0, 0.0, 0.0))
    moved = pair.moved[given.model.landmark_vertices]
    assert moved[8] > 5.0
    assert moved[17:27].max() < 0.5
