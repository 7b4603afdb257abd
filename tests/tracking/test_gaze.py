from dataclasses import replace

import numpy as np
import pytest

from livemask.geometry import rigid, rotation_matrix
from livemask.records import Face, Fit, Frame, State
from livemask.tracking.gaze import FULL, Gaze
from tests.heads import shipped
from tests.tracking.drawn_eyes import CAMERA, landmarks, picture

STEP = 1 / 30  # s
NAMES = shipped().expression_names
ROWS = {name: row for row, name in enumerate(NAMES)}


def fit_of(pose, shut=0.0):
    expression = np.zeros(len(NAMES))
    expression[[ROWS["eyeBlinkLeft"], ROWS["eyeBlinkRight"]]] = shut
    nobody = np.zeros(len(shipped().identity))
    return Fit(0, CAMERA, pose, nobody, expression, 1.0, 1.0, State.TRACKED)


def pose_of(turn=0.0):
    return rigid(rotation_matrix(np.array([0.0, turn, 0.0])), np.array([0.0, 0.0, -500.0]))


class Watcher:
    """Lets one face look here and there."""

    def __init__(self, model=None):
        self.gaze, self.index = Gaze(model or shipped()), 0

    def see(self, look, pose=None, shut=0.0):
        pose = pose_of() if pose is None else pose
        frame = Frame(picture(pose, look), self.index * STEP, self.index)
        self.index += 1
        return self.gaze.see(frame, Face(0, landmarks(pose), 1.0), fit_of(pose, shut)).gesture

    def settled(self):
        for _ in range(25):
            self.see((0.0, 0.0))
        return self


@pytest.mark.parametrize(
    ("look", "played"),
    [
        ((10.0, 0.0), {"eyeLookOutLeft": 10.0, "eyeLookInRight": 10.0}),
        ((-10.0, 0.0), {"eyeLookInLeft": 10.0, "eyeLookOutRight": 10.0}),
        ((0.0, -6.0), {"eyeLookDownLeft": 6.0, "eyeLookDownRight": 6.0}),
        ((0.0, 6.0), {"eyeLookUpLeft": 6.0, "eyeLookUpRight": 6.0}),
    ],
)
def test_a_glance_is_told_by_the_names_of_both_eyes(look, played):
    seen = Watcher().settled().see(look)
    for way, full in FULL.items():
        for side in ("Left", "Right"):
            name = f"eyeLook{way}{side}"
            assert abs(full * seen[ROWS[name]] - played.get(name, 0.0)) < 3.0, name


def test_what_all_glances_have_in_common_is_an_error_of_the_fit():
    watcher = Watcher()
    for _ in range(30):
        seen = watcher.see((5.0, 3.0))
    assert max(seen[ROWS[name]] for name in NAMES if name.startswith("eyeLook")) < 0.1


def test_closed_lids_leave_the_eyes_where_they_last_looked():
    watcher = Watcher().settled()
    before = watcher.see((10.0, 0.0))
    after = watcher.see((-10.0, 0.0), shut=1.0)
    assert after[ROWS["eyeLookOutLeft"]] == before[ROWS["eyeLookOutLeft"]]
    assert after[ROWS["eyeBlinkLeft"]] == 1.0


def test_who_turns_the_head_and_keeps_looking_into_the_camera_is_seen_to_look_back():
    watcher = Watcher().settled()
    turn = 0.2  # rad, to the subject's left
    seen = watcher.see((-np.degrees(turn), 0.0), pose_of(turn))
    assert abs(FULL["In"] * seen[ROWS["eyeLookInLeft"]] - np.degrees(turn)) < 4.0


def test_the_mesh_s_eyes_look_there_too():
    watcher = Watcher().settled()
    pose = pose_of()
    frame = Frame(picture(pose, (10.0, 0.0)), 1.0, 30)
    fit = watcher.gaze.see(frame, Face(0, landmarks(pose), 1.0), fit_of(pose))
    assert fit.expression[ROWS["eyeLookOutLeft"]] == fit.gesture[ROWS["eyeLookOutLeft"]] > 0.4


def test_eyes_too_far_away_are_left_alone():
    pose = rigid(np.eye(3), np.array([0.0, 0.0, -3000.0]))
    fit = fit_of(pose)
    frame = Frame(np.zeros((480, 640, 3), np.uint8), 0.0, 0)
    assert Gaze(shipped()).see(frame, Face(0, landmarks(pose), 1.0), fit) is fit


def test_a_model_without_eyeballs_or_without_glances_is_left_alone():
    model = shipped()
    blind = replace(model, parts={})
    dumb = replace(model, expression_names=tuple(f"exp_{i}" for i in range(len(NAMES))))
    pose = pose_of()
    frame = Frame(picture(pose, (0.0, 0.0)), 0.0, 0)
    for other in (blind, dumb):
        fit = fit_of(pose)
        assert Gaze(other).see(frame, Face(0, landmarks(pose), 1.0), fit) is fit
