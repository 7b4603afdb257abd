import numpy as np
import pytest

from livemask.detectors.mesh.blaze_face import BlazeFace
from tests.detectors.mesh.stand_in import Faces

FACE = (300, np.array([40.0, 60.0]), 32.0, np.array([33.0, 55.0]), np.array([47.0, 55.0]), 3.0)
IMAGE = np.zeros((256, 512, 3), np.uint8)


def test_a_face_is_given_in_pixels_of_the_picture():
    (guess,) = BlazeFace(Faces(FACE))(IMAGE)
    assert guess.centre == pytest.approx([161.5, 241.5])
    assert guess.side == pytest.approx(128.0)
    assert guess.roll == pytest.approx(0.0)
    assert guess.score == pytest.approx(1.0 / (1.0 + np.exp(-3.0)))


def test_eyes_of_which_the_left_is_higher_are_tilted_anticlockwise():
    at, centre, side, right, left, logit = FACE
    (guess,) = BlazeFace(Faces((at, centre, side, right, left - [0, 14.0], logit)))(IMAGE)
    assert guess.roll == pytest.approx(np.pi / 4)


def test_a_head_in_profile_whose_eyes_nearly_coincide_is_upright_if_its_mouth_is_below():
    at, centre, side, right, _, logit = FACE
    face = (at, centre, side, right, right + np.array([0.2, 2.0]), logit)
    (guess,) = BlazeFace(Faces(face, mouth=np.array([0.0, 15.0])))(IMAGE)
    assert abs(guess.roll) < 0.2


def test_of_guesses_at_one_face_the_surest_is_kept():
    twice = (700, FACE[1] + 6.0, *FACE[2:5], 5.0)
    (guess,) = BlazeFace(Faces(FACE, twice))(IMAGE)
    assert guess.centre == pytest.approx([185.5, 265.5])


def test_two_faces_apart_are_both_kept_the_surest_first():
    other = (10, np.array([100.0, 30.0]), *FACE[2:5], 5.0)
    first, second = BlazeFace(Faces(FACE, other))(IMAGE)
    assert first.score > second.score
    assert first.centre[0] > second.centre[0]


def test_what_is_hardly_likely_is_no_face():
    assert BlazeFace(Faces((*FACE[:5], -0.1)))(IMAGE) == []


def test_the_picture_is_seen_whole_in_the_corner_of_a_square():
    faces = Faces()
    BlazeFace(faces)(np.full((200, 400, 3), 255, np.uint8))
    ((square, low),) = faces.seen
    assert low == -1.0
    assert square.shape == (128, 128, 3)
    assert square[:64].min() == 255
    assert square[64:].max() == 0
