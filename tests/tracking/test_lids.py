import cv2
import numpy as np
import pytest

from livemask.geometry import rigid, rotation_matrix
from livemask.models import head
from livemask.records import Camera, Face, Fit, Float64, Frame, State, UInt8
from livemask.tracking.lids import Lids, together

NAMES = ("eyeBlinkLeft", "eyeBlinkRight", "eyeSquintLeft", "eyeWideLeft", "jawOpen")
LEFT, RIGHT, SQUINT, WIDE, JAW = range(5)
STEP = 1 / 30  # s
OPEN, SHUT = 0.4, 0.02  # height of the open part, in widths of an eye


def points_of(eyes: float = 100.0) -> Float64:
    """Return the 68 points of a face that looks ahead, `eyes` px between the outer corners."""
    flat = head.create().landmark_model.mean[:68, :2] * (1.0, -1.0)
    flat = flat - flat.mean(axis=0)
    return np.asarray(eyes / np.linalg.norm(flat[45] - flat[36]) * flat + (160.0, 120.0))


def picture(points: Float64, left: float, right: float, light: float = 1.0) -> UInt8:
    """Return a face of bare skin with two eyes, each open by so much."""
    image = np.full((240, 320, 3), (205, 160, 135), np.uint8)
    for outer, inner, height in ((45, 42, left), (36, 39, right)):
        middle, width = 0.5 * (points[outer] + points[inner]), abs(points[outer] - points[inner])[0]
        size = round(4 * width), max(round(4 * width * height), 8)
        opening, iris = np.zeros((240, 320), np.uint8), np.zeros((240, 320), np.uint8)
        at = tuple(round(8 * c) for c in middle)
        cv2.ellipse(opening, at, size, 0, 0, 360, 255, -1, cv2.LINE_AA, 3)
        cv2.circle(iris, at, round(8 * 0.22 * width), 255, -1, cv2.LINE_AA, 3)
        # Shut, a dark row of lashes remains.
        inside = (190, 180, 175) if height > 0.05 else (70, 50, 45)
        image = blend(image, inside, opening)
        image = blend(image, (50, 35, 30), np.minimum(opening, iris))
    return (image * light).astype(np.uint8)


def blend(image: UInt8, colour: tuple[int, int, int], share: UInt8) -> UInt8:
    alpha = share[..., None] / 255.0
    return np.asarray(image * (1.0 - alpha) + np.array(colour) * alpha, np.uint8)


def fit_of(turn: float = 0.0) -> Fit:
    pose = rigid(rotation_matrix(np.array([0.0, turn, 0.0])), np.array([0.0, 0.0, -600.0]))
    camera = Camera.from_field_of_view((320, 240))
    expression = np.array([0.3, 0.3, 0.5, 0.5, 0.7])
    return Fit(0, camera, pose, np.zeros(3), expression, 1.0, 1.0, State.TRACKED)


def watch(pictures: list[UInt8], points: Float64, turn: float = 0.0) -> Float64:
    """Return the coefficients (n, 5) that are seen."""
    lids, face = Lids(NAMES), Face(0, points, 1.0)
    return np.array(
        [
            lids.see(Frame(image, i * STEP, i), face, fit_of(turn)).expression
            for i, image in enumerate(pictures)
        ]
    )


@pytest.fixture(scope="module")
def points() -> Float64:
    return points_of()


def test_a_blink_of_three_frames_is_seen_at_once_and_over_at_once(points):
    eyes = [(OPEN, OPEN)] * 5 + [(SHUT, SHUT)] * 3 + [(OPEN, OPEN)] * 5
    seen = watch([picture(points, *each) for each in eyes], points)
    assert (seen[5:8, [LEFT, RIGHT]] > 0.8).all()
    assert (np.delete(seen, slice(5, 8), axis=0)[:, [LEFT, RIGHT]] < 0.1).all()


@pytest.mark.parametrize(("shut", "other"), [(LEFT, RIGHT), (RIGHT, LEFT)])
def test_winks_are_told_apart(points, shut, other):
    wink = (SHUT, OPEN) if shut == LEFT else (OPEN, SHUT)
    seen = watch([picture(points, *each) for each in [(OPEN, OPEN)] * 5 + [wink] * 5], points)
    assert (seen[5:, shut] > 0.8).all()
    assert (seen[5:, other] < 0.1).all()


def test_the_farther_lids_are_down_the_greater_is_the_coefficient(points):
    heights = [OPEN] * 5 + [0.75 * OPEN, 0.6 * OPEN, SHUT]
    seen = watch([picture(points, each, each) for each in heights], points)
    assert (np.diff(seen[4:, [LEFT, RIGHT]], axis=0) > 0.1).all()


def test_less_light_is_no_blink(points):
    lights = [1.0] * 5 + [0.6] * 5
    seen = watch([picture(points, OPEN, OPEN, light) for light in lights], points)
    assert (seen[:, [LEFT, RIGHT]] < 0.1).all()


def test_eyes_that_stay_shut_for_three_seconds_stay_shut(points):
    shut = picture(points, SHUT, SHUT)
    seen = watch([picture(points, OPEN, OPEN)] * 5 + [shut] * 90, points)
    assert (seen[5:, [LEFT, RIGHT]] > 0.6).all()


def test_a_face_that_is_first_seen_with_closed_eyes_is_understood_within_two_seconds(points):
    open_ = picture(points, OPEN, OPEN)
    shut = picture(points, SHUT, SHUT)
    seen = watch([shut] * 5 + [open_] * 60 + [shut], points)
    assert (seen[-1, [LEFT, RIGHT]] > 0.7).all()


def test_closed_lids_neither_squint_nor_stare_and_the_rest_of_the_face_stays(points):
    eyes = [(OPEN, OPEN)] * 5 + [(SHUT, SHUT)]
    seen = watch([picture(points, *each) for each in eyes], points)
    assert (seen[5, [SQUINT, WIDE]] < 0.15).all()
    np.testing.assert_allclose(seen[:, JAW], 0.7)


def test_of_a_head_that_is_turned_far_the_far_eye_does_as_the_near_one(points):
    eyes = [(OPEN, OPEN)] * 5 + [(OPEN, SHUT)] * 2
    pictures = [picture(points, *each) for each in eyes]
    turned_left = watch(pictures, points, np.radians(45.0))  # shows the right eye
    assert (turned_left[5:, [LEFT, RIGHT]] > 0.8).all()
    turned_right = watch(pictures, points, np.radians(-45.0))
    assert (turned_right[5:, [LEFT, RIGHT]] < 0.1).all()


def test_of_eyes_too_small_to_see_the_fit_is_left_as_it_is():
    small = points_of(20.0)
    face, frame = Face(0, small, 1.0), Frame(picture(small, OPEN, OPEN), 0.0, 0)
    fit = fit_of()
    assert Lids(NAMES).see(frame, face, fit) is fit


def test_a_model_without_lids_is_left_as_it_is(points):
    face, frame = Face(0, points, 1.0), Frame(picture(points, OPEN, OPEN), 0.0, 0)
    fit = fit_of()
    assert Lids(("exp_0", "exp_1")).see(frame, face, fit) is fit


def test_a_face_that_was_forgotten_is_known_anew(points):
    lids, face, fit = Lids(NAMES), Face(0, points, 1.0), fit_of()
    lids.see(Frame(picture(points, OPEN, OPEN), 0.0, 0), face, fit)
    lids.forget(0)
    again = lids.see(Frame(picture(points, SHUT, SHUT), STEP, 1), face, fit)
    assert again.expression[LEFT] == 0.0


def test_a_doubtful_eye_goes_with_the_sure_one_but_an_open_one_does_not():
    np.testing.assert_allclose(together(np.array([1.0, 0.4])), [1.0, 0.8])
    np.testing.assert_allclose(together(np.array([1.0, 0.0])), [1.0, 0.0])
    np.testing.assert_allclose(together(np.array([0.2, 0.3])), [0.3, 0.3])
