import numpy as np
import pytest

from livemask.geometry import euler_angles
from livemask.performer.script import Script
from livemask.records import Camera

CAMERA = Camera.from_field_of_view((1280, 720))
RATE = 30.0


@pytest.fixture(scope="module", params=[0, 5])
def cycle(request, person):
    """The states of the first 28 s of a seed."""
    script = Script(person.expression_names, request.param)
    return [script.at(i / RATE) for i in range(int(28 * RATE))]


def column(cycle, person, name):
    return np.array([s.expression[person.expression_names.index(name)] for s in cycle])


def places(cycle):
    return np.array([s.pose(CAMERA)[:3, 3] for s in cycle])


def test_the_first_frame_looks_straight_into_the_camera(cycle):
    assert np.allclose(cycle[0].pose(CAMERA)[:3, :3], np.eye(3), atol=1e-6)
    assert np.abs(cycle[0].expression).max() < 0.15


def test_expressions_stay_within_their_bounds(cycle):
    all_of_them = np.array([s.expression for s in cycle])
    assert all_of_them.min() >= 0.0
    assert all_of_them.max() <= 1.0


def test_the_face_is_used(cycle, person):
    for name, least in {
        "jawOpen": 0.35, "eyeBlinkLeft": 0.95, "eyeBlinkRight": 0.95, "mouthSmileLeft": 0.6,
        "mouthFrownRight": 0.5, "browDownLeft": 0.7, "browInnerUp": 0.7, "mouthPucker": 0.3,
        "eyeSquintLeft": 0.2, "cheekSquintRight": 0.4, "eyeLookInLeft": 0.5,
    }.items():  # fmt: skip
        assert column(cycle, person, name).max() > least, name


def test_each_eye_winks_while_the_other_is_open(cycle, person):
    left, right = (column(cycle, person, f"eyeBlink{side}") for side in ("Left", "Right"))
    assert ((left > 0.9) & (right < 0.05)).any()
    assert ((right > 0.9) & (left < 0.05)).any()


def test_closed_lids_neither_squint_nor_stare(cycle, person):
    closed = column(cycle, person, "eyeBlinkLeft") > 0.99
    assert closed.any()
    assert column(cycle, person, "eyeSquintLeft")[closed].max() < 0.01
    assert column(cycle, person, "eyeWideLeft")[closed].max() < 0.01


def test_the_head_turns_forty_degrees_to_both_sides(cycle):
    yaw = np.degrees([euler_angles(s.pose(CAMERA)[:3, :3])[1] for s in cycle])
    assert 33.0 < yaw.max() < 50.0
    assert -50.0 < yaw.min() < -33.0


def test_the_performer_leans_near_and_far(cycle):
    distance = -places(cycle)[:, 2]
    assert distance.min() < 390.0
    assert distance.max() > 1050.0


def test_the_performer_leaves_the_picture_and_returns(cycle):
    x, _, z = places(cycle).T
    out = np.abs(CAMERA.focal * x / z) > 640 + 150 * CAMERA.focal / 560
    assert 1.2 * RATE < out.sum() < 3.5 * RATE
    assert not out[-1]


def test_nothing_moves_with_a_jerk(cycle):
    turn = np.array([[s.head[n] for n in ("yaw", "pitch", "roll")] for s in cycle])
    assert np.abs(np.diff(turn, 2, axis=0)).max() < 2.0  # degrees a frame and frame
    assert np.abs(np.diff(places(cycle), 2, axis=0)).max() < 12.0  # mm a frame and frame


def test_state_is_a_function_of_seed_and_time(person):
    first, again, other = (Script(person.expression_names, seed).at(61.7) for seed in (2, 2, 3))
    assert (first.expression == again.expression).all()
    assert first.head == again.head
    assert first.head != other.head
