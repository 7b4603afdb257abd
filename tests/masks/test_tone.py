"""How a person's skin differs from the model's."""

import numpy as np
import pytest

from livemask.harmonics import shade
from livemask.masks.tone import Tone, tone
from livemask.skin import LINEAR, Skin
from tests.masks import tiny


def seen(factors, lit=1.0):
    normals = np.tile([0.0, 0.0, 1.0], (50, 1))
    albedo = np.tile([0.5, 0.3, 0.2], (50, 1))
    return Skin(normals, albedo, albedo * factors * lit)


def test_the_tone_is_what_the_albedo_is_to_be_multiplied_with():
    lit = shade(tiny.LIGHT.harmonics, np.array([[0.0, 0.0, 1.0]]))[0]

    found = tone(seen((0.4, 0.5, 0.6), lit), tiny.LIGHT)

    np.testing.assert_allclose(found, (0.4, 0.5, 0.6), rtol=1e-5)


def test_a_hand_before_the_face_hardly_changes_the_tone():
    skin = seen((1.0, 1.0, 1.0))
    skin.colours[:20] = 0.0

    np.testing.assert_allclose(tone(skin, tiny.LIGHT), tone(seen(1.0), tiny.LIGHT))


def test_the_first_frame_sets_the_tone_and_later_ones_move_it():
    fit, follower = tiny.fit(tiny.model()), Tone(tiny.model())

    light = follower.update(tiny.frame(tiny.plain((180, 140, 120))), fit, tiny.LIGHT)
    soon = follower.update(tiny.frame(tiny.plain((90, 70, 60)), 0.1), fit, tiny.LIGHT)
    for step in range(2, 40):
        late = follower.update(tiny.frame(tiny.plain((90, 70, 60)), step / 10), fit, tiny.LIGHT)

    assert light[0] > soon[0] > late[0]
    assert late[0] / light[0] == pytest.approx(LINEAR[90] / LINEAR[180], rel=0.02)


def test_frames_that_follow_quickly_share_a_tone():
    fit, follower = tiny.fit(tiny.model()), Tone(tiny.model())
    first = follower.update(tiny.frame(), fit, tiny.LIGHT)

    assert follower.update(tiny.frame(time=0.04), fit, tiny.LIGHT) is first


def test_a_face_that_is_not_seen_leaves_the_tone_as_it_is():
    follower = Tone(tiny.model())
    away = tiny.fit(tiny.model(), tiny.pose(place=(5000, 0, -480)))

    assert follower.update(tiny.frame(), away, tiny.LIGHT).tolist() == [1.0, 1.0, 1.0]
