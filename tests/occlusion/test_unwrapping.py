"""A face laid flat."""

from dataclasses import replace

import numpy as np
import pytest

from livemask import landmarks as ibug
from livemask.errors import ModelError
from livemask.geometry import project, rigid, rotation_matrix
from livemask.occlusion.unwrapping import SIDE, Unwrapping, on_square
from livemask.records import Fit, Frame, State
from tests.heads import CAMERA, shipped


@pytest.fixture(scope="module")
def unwrapping():
    return Unwrapping(shipped())


def fitted(yaw=0.0, at=(0.0, 0.0, -600.0)):
    model = shipped()
    pose = rigid(rotation_matrix(np.array([0.0, np.radians(yaw), 0.0])), np.array(at))
    nobody = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    return Fit(0, CAMERA, pose, *nobody, 0.0, 1.0, State.TRACKED)


def grey():
    return Frame(np.full((CAMERA.size[1], CAMERA.size[0], 3), 128, np.uint8), 0.0, 0)


@pytest.mark.parametrize("yaw", [0.0, 25.0])
def test_brows_nose_and_lips_stay_at_their_cells_however_the_head_turns(unwrapping, yaw):
    fit = fitted(yaw)
    points = np.r_[17:31, 48:55]
    places = shipped().mean[shipped().landmark_vertices[points]]

    pixels = unwrapping.unwrap(grey(), fit).pixels

    cells = np.rint(on_square(points)).astype(int)
    seen = pixels[cells[:, 1], cells[:, 0]]
    a_cell = np.ptp(pixels[..., 0][unwrapping.face]) / SIDE
    off = np.linalg.norm(seen - project(CAMERA, fit.camera_from_head, places), axis=1)
    assert np.median(off) < 1.5 * a_cell


def test_each_cell_has_the_colour_of_the_picture_there(unwrapping):
    x, y = np.meshgrid(np.arange(CAMERA.size[0]), np.arange(CAMERA.size[1]))
    ramp = np.stack([x * 0.15, y * 0.3, np.zeros_like(x)], -1).astype(np.uint8)

    flat = unwrapping.unwrap(Frame(ramp, 0.0, 0), fitted())

    expected = flat.pixels * np.array([0.15, 0.3])
    assert np.abs(flat.colours[..., :2] - expected)[unwrapping.face].max() < 2.5


def test_a_face_ahead_faces_the_camera_and_one_outside_the_picture_does_not(unwrapping):
    ahead = unwrapping.unwrap(grey(), fitted()).facing
    beside = unwrapping.unwrap(grey(), fitted(at=(2000.0, 0.0, -600.0))).facing

    assert np.median(ahead[unwrapping.face]) > 0.5
    assert beside.max() <= 0.0


def test_a_part_of_the_square_is_the_face_and_eyes_are_in_it(unwrapping):
    assert 0.25 < unwrapping.face.mean() < 0.75
    column, row = np.rint(on_square(ibug.RIGHT_EYE).mean(0)).astype(int)
    assert unwrapping.face[row, column]


def test_a_model_without_a_face_is_refused():
    blank = replace(shipped(), face_weight=np.zeros_like(shipped().face_weight))

    with pytest.raises(ModelError, match="--occlusion off"):
        Unwrapping(blank)
