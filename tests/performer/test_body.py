import numpy as np
import pytest

from livemask.geometry import euler_angles, rigid, rotation_matrix
from livemask.performer.body import Neck, body_pose, dress
from livemask.performer.style import Style

AHEAD = rigid(np.eye(3), np.array([0.0, 0.0, -600.0]))
TURNED = rigid(rotation_matrix(np.array([0.0, 0.6, 0.0])), np.array([0.0, 0.0, -600.0]))


@pytest.fixture(scope="module")
def neck(person):
    return Neck.of(person)


def test_a_straight_head_leaves_the_neck_as_it_is(person, neck):
    bent = person.mean.copy()
    neck.bend(bent, AHEAD)
    assert np.allclose(bent, person.mean, atol=1e-3)


def test_a_turned_head_bends_the_neck_and_nothing_of_the_face(person, neck):
    bent = person.mean.copy()
    neck.bend(bent, TURNED)
    moved = np.linalg.norm(bent - person.mean, axis=1)
    assert moved.max() > 15.0
    assert moved[person.landmark_vertices].max() < 0.5
    assert moved[person.face_weight > 0.9].max() < 0.5


def test_shoulders_turn_less_than_the_head(neck):
    yaw = euler_angles(body_pose(TURNED, neck.base)[:3, :3])[1]
    assert 0.1 < yaw < 0.3


def test_the_body_stays_under_the_head(neck):
    place = body_pose(TURNED, neck.base)[:3, 3]
    assert abs(place[0]) < 30.0
    assert place[1] < -90.0


def test_the_collar_lies_around_the_neck(person, neck):
    skin = person.mean[person.parts["skin"]]
    for point in neck.line[::6]:
        assert np.linalg.norm(skin - point, axis=1).min() < 9.0


def test_clothes_face_outwards(person, neck):
    cloth = dress(neck, Style.of(person, 0))
    outwards = cloth.vertices - neck.base
    level = cloth.vertices[:, 1] < neck.base[1] - 120.0
    assert ((outwards * cloth.normals)[level][:, [0, 2]].sum(1) > 0.0).mean() > 0.97
    assert np.allclose(np.linalg.norm(cloth.normals, axis=1), 1.0, atol=1e-4)
