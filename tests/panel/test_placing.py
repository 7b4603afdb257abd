"""Where the picture lies in the window, and which face is under the pointer."""

import numpy as np
import pytest

from livemask.geometry import project, rigid
from livemask.hiding import CENTRE
from livemask.panel.placing import Placing, everybody, face_at
from livemask.records import Camera, Fit, Frame, Light, Scene, Seen, State

CAMERA = Camera.from_field_of_view((640, 360))
ROOMS = [(0, 0, 640, 360), (416, 84, 1264, 704), (832, 168, 2528, 1408), (0, 0, 300, 900)]
"""The whole window, beside the panel, the same on a screen twice as fine, and a narrow one."""


def head(number, x, z=-900.0, state=State.TRACKED):
    pose = rigid(np.eye(3), np.array([x, 0.0, z]))
    return Fit(number, CAMERA, pose, np.zeros(1), np.zeros(1), 1.0, 1.0, state)


def middle(fit):
    x, y = project(fit.camera, fit.camera_from_head, CENTRE[None])[0]
    return float(x), float(y)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("room", ROOMS)
def test_what_is_shown_somewhere_is_what_is_seen_there(room, mirrored):
    placing = Placing.within(room, room[3] + 40, (640, 360), mirrored=mirrored)
    for point in ((0.0, 0.0), (639.0, 359.0), (100.5, 20.25)):
        assert placing.seen(placing.shown(point)) == pytest.approx(point)


def test_the_corners_of_the_picture_are_those_of_its_letterbox():
    placing = Placing.within((0, 0, 1280, 1000), 1000, (640, 360))
    assert placing.shown((-0.5, -0.5)) == (0.0, 140.0)
    assert placing.shown((639.5, 359.5)) == (1280.0, 860.0)


def test_a_mirror_image_has_left_and_right_exchanged():
    placing = Placing.within((0, 0, 640, 360), 360, (640, 360), mirrored=True)
    assert placing.shown((0.0, 10.0)) == (639.5, 10.5)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("room", ROOMS)
def test_a_click_hits_the_face_that_is_under_it(room, mirrored):
    fits = head(0, -200.0), head(1, 200.0)
    placing = Placing.within(room, room[3] + 40, (640, 360), mirrored=mirrored)
    for fit in fits:
        x, y = placing.shown(middle(fit))
        assert face_at(fits, placing.seen((x, y))).id == fit.id
        half = 0.5 * (placing.left + placing.right)
        assert (x < half) == ((fit.id == 0) != mirrored)
    assert face_at(fits, placing.seen((placing.left + 1.0, placing.top + 1.0))) is None


def test_of_two_heads_that_overlap_the_nearer_middle_counts():
    fits = head(0, -60.0), head(1, 60.0)
    for fit in fits:
        assert face_at(fits, middle(fit)).id == fit.id


def test_passers_by_can_be_chosen_and_lost_faces_cannot():
    chosen, passer = head(0, -200.0), head(1, 200.0)
    seen = Seen((chosen, head(2, 0.0, state=State.LOST)), (passer,), frozenset(), Light.default())
    frame = Frame(np.zeros((360, 640, 3), np.uint8), 0.0, 0)
    scene = Scene(frame, (chosen,), (), Light.default(), seen=seen)
    assert [fit.id for fit in everybody(scene)] == [0, 1]
