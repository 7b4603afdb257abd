"""Photos of the performer become what the performer looks like then."""

import cv2
import numpy as np
import pytest

from livemask.editing.change import Amount, Change
from livemask.editing.retouch import retouched
from tests.editing.performed import SIZE, landmarks, picture, portrayal

CASES = {
    "smile": ({"mouthSmileLeft": 0.8, "mouthSmileRight": 0.8}, (0.0, 0.0, 0.0), 0.7),
    "open mouth": ({"jawOpen": 0.5}, (0.0, 0.0, 0.0), 0.5),
    "closed eyes": ({"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}, (0.0, 0.0, 0.0), 0.7),
    "yaw": ({}, (12.0, 0.0, 0.0), 0.4),
    "yaw the other way": ({}, (-18.0, 0.0, 0.0), 0.5),
    "pitch": ({}, (0.0, 12.0, 0.0), 0.4),
    "roll": ({}, (0.0, 0.0, 12.0), 0.4),
    "all": ({"jawOpen": 0.4}, (8.0, -5.0, 6.0), 0.45),
}


def off(image, truth, points):
    """Return the mean difference of two pictures on a face."""
    mask = np.zeros(image.shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(points.astype(np.float32)).astype(np.int32), 1)
    return np.abs(image.astype(float) - truth)[mask > 0].mean()


@pytest.mark.parametrize("name", CASES)
def test_an_edited_photo_looks_like_one_that_was_taken_so(name):
    amounts, turn, share = CASES[name]
    made = retouched(portrayal(), Change(amounts, turn=turn))
    truth, points = picture(turn, **amounts), landmarks(turn, **amounts)
    assert off(made, truth, points) < share * off(picture(), truth, points)


def test_what_is_set_to_what_it_is_changes_nothing():
    made = retouched(portrayal(), Change({"jawOpen": Amount(0.0, True), "mouthSmile": 0.0}))
    assert np.array_equal(made, picture())
    assert np.array_equal(retouched(portrayal(), Change(neutral=True)), picture())


def test_a_smile_moves_nothing_far_from_the_head():
    made = retouched(portrayal(), Change({"mouthSmile": 1.0}))
    changed = (made != picture()).any(axis=2)
    assert changed[:40].sum() == 0
    assert changed[:, :60].sum() == changed[:, -60:].sum() == 0
    assert changed[150:260, 130:230].mean() > 0.3


def test_a_turned_head_leaves_the_borders_of_the_photo_where_they_are():
    made = retouched(portrayal(), Change(turn=(20.0, 0.0, 10.0)))
    for edge in (np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1]):
        assert np.abs(made[edge].astype(int) - picture()[edge]).mean() < 1.0


def test_a_lamp_lights_its_side_and_not_the_other_and_no_wall():
    left, right = (
        retouched(portrayal(), Change(lamp=(azimuth, 10.0))).astype(float)
        for azimuth in (-60.0, 60.0)
    )
    eyes = landmarks()[[36, 45]]
    low = round(landmarks()[33, 1])
    for image, bright, dark in ((left, 0, 1), (right, 1, 0)):
        cheeks = [image[low - 4 : low + 5, round(x) - 4 : round(x) + 5].mean() for x, _ in eyes]
        assert cheeks[bright] > 1.3 * cheeks[dark]
        assert np.array_equal(image[:, :30], picture()[:, :30])
    assert left.shape == (SIZE[1], SIZE[0], 3)


def test_a_mouth_that_opens_shows_what_is_behind_the_lips_and_not_their_skin():
    made = retouched(portrayal(), Change({"jawOpen": 0.6}))
    upper, lower = landmarks(jawOpen=0.6)[[62, 66]]
    x, y = np.rint(0.3 * upper + 0.7 * lower).astype(int)
    assert made[y - 2 : y + 3, x - 2 : x + 3].mean() < 0.6 * picture()[y, x].mean()
