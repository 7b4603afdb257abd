"""Skin that takes on another colour."""

import numpy as np
import pytest

from livemask.masks.fruit.tint import GREATEST, LEAST, Tint
from livemask.skin import LINEAR
from tests.masks import tiny

SPOTS = np.random.default_rng(2).uniform(0.1, 0.9, (60, 2)).astype(np.float32)
GREEN = np.array([0.1, 0.3, 0.05])


def test_skin_times_tint_is_the_wanted_colour():
    tint = Tint()
    tint.update(tiny.frame(tiny.plain((200, 150, 130))), SPOTS)

    made = LINEAR[[200, 150, 130]] * tint.towards(GREEN)

    np.testing.assert_allclose(made, GREEN, rtol=1e-5)


def test_it_is_bounded_on_black_skin_and_for_bright_colours():
    tint = Tint()
    tint.update(tiny.frame(tiny.plain((0, 0, 0))), SPOTS)

    assert tint.towards(np.ones(3)).tolist() == [GREATEST] * 3
    assert tint.towards(np.zeros(3)) == pytest.approx([LEAST] * 3)


def test_spots_outside_the_picture_are_left_out():
    tint, same = Tint(), Tint()
    frame = tiny.frame(tiny.plain((200, 150, 130)))
    same.update(frame, SPOTS)

    tint.update(frame, np.concatenate([SPOTS, SPOTS + 5, SPOTS - 3]))

    np.testing.assert_array_equal(tint.towards(GREEN), same.towards(GREEN))


def test_no_spot_at_all_changes_nothing():
    tint = Tint()
    before = tint.towards(GREEN)

    tint.update(tiny.frame(), SPOTS + 5)

    np.testing.assert_array_equal(tint.towards(GREEN), before)


def test_the_colour_of_skin_is_followed_slowly():
    tint = Tint()
    tint.update(tiny.frame(tiny.plain((200, 150, 130))), SPOTS)
    before = tint.towards(GREEN)
    tint.update(tiny.frame(tiny.plain((120, 90, 80)), 0.1), SPOTS)
    soon = tint.towards(GREEN)
    for step in range(2, 40):
        tint.update(tiny.frame(tiny.plain((120, 90, 80)), 0.1 * step), SPOTS)

    target = GREEN / LINEAR[[120, 90, 80]]
    assert (before < soon).all()
    assert (soon < 0.9 * target).all()
    np.testing.assert_allclose(tint.towards(GREEN), np.clip(target, LEAST, GREATEST), rtol=0.01)
