"""Skin that passes for fruit."""

import numpy as np
import pytest

from livemask.light.skin import LINEAR
from livemask.masks.fruit.features import AROUND, RINGS, Features, Layout, frame_uv
from livemask.masks.fruit.match import RELIGHT, Match
from livemask.records import Light
from tests.heads import shipped
from tests.masks import tiny

FEATURES = Features(Layout())
AHEAD = np.tile(np.array([0.0, 0.0, 1.0]), (3 * RINGS * AROUND, 1))
GREEN = np.tile(np.array([0.1, 0.3, 0.05]), (len(AHEAD), 1))
EVEN = Light(np.array([0, 0, 1], np.float32), np.zeros(3, np.float32), np.ones(3, np.float32))


def matched(image, time=0.0, match=None, place=(0, 0, -480)):
    fit = tiny.fit(shipped(), tiny.pose(place=place))
    match = match or Match(FEATURES, shipped())
    cut, _ = FEATURES.cut(shipped().landmark_model.points(fit.identity, fit.expression)[:68])
    match.update(tiny.frame(image, time), fit, frame_uv(fit, cut)[0])
    return match, fit


def rings(array):
    return array.reshape(3, RINGS, AROUND, 3)


def test_skin_beyond_the_rim_becomes_the_fruit_in_its_light():
    match, fit = matched(tiny.plain((200, 150, 130)))

    made = rings(match.colours(fit, EVEN, AHEAD, GREEN))[:, -1] * LINEAR[[200, 150, 130]]

    np.testing.assert_allclose(made, np.broadcast_to(GREEN[0], made.shape), rtol=0.05)


def test_a_face_that_is_darker_on_one_side_makes_a_fruit_that_is_not():
    image = tiny.plain((200, 150, 130))
    image[:, : tiny.SIZE[0] // 2] = (100, 75, 65)
    match, fit = matched(image)
    colours = rings(match.colours(fit, EVEN, AHEAD, GREEN))

    right = colours[0, -1].mean(0) * LINEAR[[100, 75, 65]]
    left = colours[1, -1].mean(0) * LINEAR[[200, 150, 130]]
    np.testing.assert_allclose(right, left, rtol=0.1)


def test_the_shadowed_side_of_the_fruit_is_darker():
    """Light from the subject's left: +x."""
    lamp = Light(
        np.array([0.8, 0.0, 0.6], np.float32),
        np.ones(3, np.float32),
        np.full(3, 0.2, np.float32),
    )
    match, fit = matched(tiny.plain((200, 150, 130)))
    turned = np.where(np.arange(len(AHEAD))[:, None] < RINGS * AROUND, -1.0, 1.0) * [0.6, 0, 0]
    colours = rings(match.colours(fit, lamp, turned + AHEAD * 0.8, GREEN))

    assert colours[0, -1].mean() < 0.6 * colours[1, -1].mean()


def test_eyes_and_lips_keep_their_colour_and_are_relit_within_bounds():
    match, fit = matched(tiny.plain((200, 150, 130)))
    inner = rings(match.colours(fit, tiny.LIGHT, AHEAD, GREEN))[:, 0]

    assert (np.ptp(inner, axis=-1) < 1e-6).all()  # no hue
    assert inner.min() > 0.9 * RELIGHT[0]
    assert inner.max() <= RELIGHT[1]


def test_a_brow_or_a_beard_is_not_taken_for_skin():
    image = tiny.plain((200, 150, 130))
    image[::3] = (30, 20, 15)
    match, fit = matched(image)
    plain, _ = matched(tiny.plain((200, 150, 130)))

    with_hair, without = (m.colours(fit, EVEN, AHEAD, GREEN) for m in (match, plain))
    np.testing.assert_allclose(rings(with_hair)[:, -1], rings(without)[:, -1], rtol=0.35)


def test_the_colour_of_skin_is_followed_slowly():
    match, fit = matched(tiny.plain((200, 150, 130)))
    before = rings(match.colours(fit, EVEN, AHEAD, GREEN))[0, -1].mean()
    matched(tiny.plain((120, 90, 80)), 0.1, match)
    soon = rings(match.colours(fit, EVEN, AHEAD, GREEN))[0, -1].mean()
    for step in range(2, 40):
        matched(tiny.plain((120, 90, 80)), 0.1 * step, match)
    late = rings(match.colours(fit, EVEN, AHEAD, GREEN))[0, -1].mean()

    ratio = (LINEAR[[200, 150, 130]] / LINEAR[[120, 90, 80]]).mean()
    assert before < soon < 0.9 * before * ratio
    assert late == pytest.approx(before * ratio, rel=0.05)


def test_a_face_outside_the_picture_changes_nothing():
    match, fit = matched(tiny.plain((200, 150, 130)))
    before = match.colours(fit, EVEN, AHEAD, GREEN)

    matched(tiny.plain((10, 10, 10)), 1.0, match, place=(2000, 0, -480))

    np.testing.assert_array_equal(match.colours(fit, EVEN, AHEAD, GREEN), before)
