"""Read as the reader for Unity does (emilianavt/OpenSeeFace, Unity/OpenSee.cs)."""

import struct

import cv2
import numpy as np
import pytest

from livemask.geometry import project
from livemask.morphable_model import fit_landmarks
from livemask.records import State
from livemask.sinks import openseeface
from tests.heads import shipped
from tests.sinks.listening import (
    CAMERA,
    DOWN,
    LEFT,
    RIGHT,
    TILTED,
    UP,
    listening,
    made,
    shown,
    silent,
)

ANY = (0.2, -0.4, 0.15)
CORNERS = {58: 48, 62: 54}  # its number of a corner of the mouth: iBUG's


class Reader:
    """Takes numbers from bytes one after the other."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, form):
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values if len(values) > 1 else values[0]


def read(data):
    """Return the fields of one face."""
    r = Reader(data)
    face = {"time": r.take("d"), "id": r.take("i"), "size": r.take("2f")}
    face["right"], face["left"], face["success"] = r.take("f"), r.take("f"), r.take("B")
    face["error"], face["quaternion"], face["euler"] = r.take("f"), r.take("4f"), r.take("3f")
    face["translation"] = np.array(r.take("3f"))
    face["confidence"] = np.array(r.take("68f"))
    face["points"] = np.array(r.take("136f")).reshape(68, 2)
    face["head"] = np.array(r.take("210f")).reshape(70, 3)
    face["features"] = r.take("14f")
    assert r.at == 1785
    return face


def heard(*fits):
    with listening() as (sock, address):
        sink = openseeface.create(address)
        sink.send(shown(*fits))
        sink.close()
        data = sock.recv(65536)
    assert len(data) % 1785 == 0
    return [read(data[i : i + 1785]) for i in range(0, len(data), 1785)]


def unity(face):
    """Return rotation and translation as the reader turns them to Unity's axes."""
    x, y, z = face["euler"]
    rotation = np.array([-(x + 180.0), -y, z - 90.0])
    tx, ty, tz = face["translation"]
    return (rotation + 180.0) % 360.0 - 180.0, np.array([-ty, tx, -tz])


def test_a_face_before_the_camera_is_turned_nowhere():
    (face,) = heard(made(place=(0.0, 0.0, -580.0)))
    rotation, place = unity(face)
    assert rotation == pytest.approx([0, 0, 0], abs=1e-3)
    assert place[:2] == pytest.approx([0.0, 0.0], abs=0.5)  # the nose, not the head's origin
    assert 3.0 < place[2] < 4.0


@pytest.mark.parametrize(
    ("place", "axis"), [((145, 0, -600), 0), ((0, 145, -600), 1), ((0, 0, -745), 2)]
)
def test_right_up_and_away_are_positive_for_the_reader(place, axis):
    (here,), (there,) = heard(made()), heard(made(place=place))
    assert (unity(there)[1] - unity(here)[1])[axis] == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize(
    ("rotation", "axis", "degrees"),
    [(UP, 0, 20), (DOWN, 0, -20), (LEFT, 1, -20), (RIGHT, 1, 20), (TILTED, 2, 20)],
)
def test_each_turn_has_its_own_sign_for_the_reader(rotation, axis, degrees):
    (face,) = heard(made(rotation))
    found, _ = unity(face)
    assert found[axis] == pytest.approx(degrees, abs=1e-3)
    assert np.delete(found, axis) == pytest.approx([0, 0], abs=1e-3)


def solid(face):
    """Return the points on the head as facetracker.py had them before it packed them."""
    return face["head"] * [1.0, -1.0, -1.0]


def rotation_of(face):
    """Return the matrix from the quaternion, which is that of its transpose (`tracker.py`)."""
    x, y, z, w = face["quaternion"]
    assert np.linalg.norm(face["quaternion"]) == pytest.approx(1.0)
    vector = 2.0 * np.arctan2(np.linalg.norm([x, y, z]), w) * np.array([x, y, z])
    return cv2.Rodrigues(vector / np.linalg.norm([x, y, z]))[0].T


def test_quaternion_and_angles_tell_the_same_rotation():
    (face,) = heard(made(ANY))
    x, y, z = (
        cv2.Rodrigues(np.radians(a) * axis)[0]
        for a, axis in zip(face["euler"], np.eye(3), strict=True)
    )
    np.testing.assert_allclose(z @ y @ x, rotation_of(face), atol=1e-5)


def test_the_points_on_the_head_are_seen_where_the_points_in_the_picture_are():
    """Rows before columns, with our focal length and centre, the depth turned over again."""
    (face,) = heard(made(ANY, (40.0, -30.0, -650.0), eyeLookOutLeft=0.5, jawOpen=0.3))
    seen = solid(face) @ rotation_of(face).T * [-1.0, -1.0, 1.0] - face["translation"]
    rows, columns = (CAMERA.focal * seen[:, i] / seen[:, 2] for i in (0, 1))
    there = np.column_stack([CAMERA.centre[0] + columns, CAMERA.centre[1] + rows])
    np.testing.assert_allclose(there[:68], face["points"], atol=0.01)


@pytest.mark.parametrize("rotation", [(0, 0, 0), LEFT, RIGHT, UP, DOWN, TILTED])
def test_the_pose_is_what_the_tracker_itself_would_find(rotation):
    """As in `estimate_depth`: from rvec = tvec = 0, which ends with the head behind the camera."""
    (face,) = heard(made(rotation, (20.0, 20.0, -2500.0)))
    points = [0, 1, 8, 15, 16, 27, 28, 29, 30, 31, 32, 33, 34, 35]
    pixels = face["points"][points][:, ::-1].astype(np.float32)
    focal, (column, row) = CAMERA.focal, CAMERA.centre
    camera = np.array([[focal, 0, row], [0, focal, column], [0, 0, 1]], np.float32)
    start = np.zeros(3, np.float32), np.zeros(3, np.float32)
    _, vector, place = cv2.solvePnP(
        solid(face)[points].astype(np.float32), pixels, camera, np.zeros(4), *start, True
    )
    there = cv2.Rodrigues(vector)[0]
    angle = np.arccos((np.trace(there.T @ rotation_of(face)) - 1.0) / 2.0)
    assert np.degrees(angle) < 12.0
    np.testing.assert_allclose(
        place.ravel() / np.linalg.norm(place),
        face["translation"] / np.linalg.norm(face["translation"]),
        atol=0.05,
    )


def test_the_points_are_those_of_ibug_in_its_order():
    fit = made(ANY)
    (face,) = heard(fit)
    pixels = project(CAMERA, fit.camera_from_head, fit_landmarks(shipped(), fit))
    np.testing.assert_allclose(face["points"][:48], pixels[:48], atol=1e-3)
    for mine, ibug in (CORNERS | {50: 51, 55: 57, 60: 62, 64: 66}).items():
        np.testing.assert_allclose(face["points"][mine], pixels[ibug], atol=1e-3)


def test_points_are_image_points_with_x_first():
    (face,) = heard(made(place=(100.0, 50.0, -600.0)))
    chin, brow = face["points"][8], face["points"][19]
    assert (face["points"][:, 0] > 320).all()
    assert chin[1] > brow[1]
    assert face["size"] == (640.0, 480.0)
    assert face["head"][30] == pytest.approx([0, 0, 0])  # the tip of the nose


@pytest.mark.parametrize(
    ("does", "pupil", "axis", "sign"),
    [
        ({"eyeLookOutLeft": 1.0}, 67, 0, -1),  # its x is to the subject's right
        ({"eyeLookOutRight": 1.0}, 66, 0, 1),
        ({"eyeLookInLeft": 1.0}, 67, 0, 1),
        ({"eyeLookUpLeft": 1.0}, 67, 1, 1),
        ({"eyeLookDownRight": 1.0}, 66, 1, -1),
    ],
)
def test_the_pupils_lie_where_the_eyes_look(does, pupil, axis, sign):
    def gaze(face):
        return solid(face)[pupil] - solid(face)[pupil + 2]

    (still,), (moved,) = heard(made()), heard(made(**does))
    change = gaze(moved) - gaze(still)
    assert sign * change[axis] > 0.01
    assert gaze(still)[2] > 0.05


def test_lids_are_those_of_their_side():
    (face,) = heard(made(eyeBlinkLeft=0.75))
    assert (face["right"], face["left"]) == pytest.approx((1.0, 0.25))
    assert face["features"][:2] == pytest.approx((-0.75, 0.0))


@pytest.mark.parametrize(
    ("does", "at", "sign"),
    [
        ({"browInnerUp": 0.5}, 2, 1),
        ({"browDownLeft": 0.5}, 3, -1),
        ({"browOuterUpRight": 0.5}, 6, 1),
        ({"mouthSmileLeft": 0.5}, 8, -1),  # lower is positive
        ({"mouthSmileLeft": 0.5}, 9, 1),
        ({"mouthFrownRight": 0.5}, 10, 1),
        ({"jawOpen": 0.5}, 12, 1),
        ({"mouthPucker": 0.5}, 13, -1),
    ],
)
def test_each_feature_has_its_own_sign(does, at, sign):
    (face,) = heard(made(**does))
    assert sign * face["features"][at] > 0.2


def test_all_faces_are_in_one_packet_and_one_that_is_held_may_not_be_relied_on():
    first, second = heard(made(state=State.HELD, number=4), made(number=2))
    assert (first["id"], first["success"]) == (2, 1)
    assert (second["id"], second["success"]) == (4, 0)
    assert first["confidence"] == pytest.approx(0.75)
    assert first["error"] == pytest.approx(0.5)


def test_without_a_face_nothing_is_sent():
    with listening() as (sock, address):
        sink = openseeface.create(address)
        sink.send(shown())
        sink.send(shown(made(state=State.LOST)))
        sink.close()
        assert silent(sock)
