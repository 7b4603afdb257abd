"""The one tone in which skin is drawn."""

from dataclasses import replace

import numpy as np

from livemask.masks.looks.tone import USUAL, SkinTone, stylised
from livemask.records import State
from tests.masks import tiny

PALE, BROWN = (230, 180, 160), (90, 55, 40)


def seen(tone, skin, time, **other):
    fit = replace(tiny.fit(tiny.model()), **other)
    return tone.update(tiny.frame(tiny.plain(skin), time), fit, tiny.LIGHT)


def test_the_first_look_is_taken_as_it_is_and_later_ones_are_followed_slowly():
    tone = SkinTone(tiny.model())
    first, soon, later = seen(tone, PALE, 0.0), seen(tone, BROWN, 0.1), seen(tone, BROWN, 10.0)

    assert first != USUAL
    assert soon[0] > 0.7 * first[0]
    np.testing.assert_allclose(later, seen(SkinTone(tiny.model()), BROWN, 0.0), rtol=0.01)


def test_what_is_where_a_held_face_was_is_not_its_skin():
    tone = SkinTone(tiny.model())
    assert seen(tone, BROWN, 0.0, state=State.HELD) == USUAL


def test_a_drawing_is_neither_black_nor_white():
    black, white = stylised(np.zeros(3)), stylised(np.full(3, 4.0))
    assert min(white) < 0.8
    assert np.isfinite([*black, *white]).all()
