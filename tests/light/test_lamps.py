"""Lights that are chosen rather than found."""

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.harmonics import shade
from livemask.light.lamps import chosen_light
from livemask.records import Light
from livemask.showing import Showing
from tests.masks import tiny

SIDES = np.array([[1.0, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1]])


def test_the_light_of_the_room_is_not_chosen():
    assert chosen_light(Showing(light="auto")) is None


def test_studio_light_is_the_default_whatever_the_room():
    light = chosen_light(Showing(light="studio")).update(tiny.frame(), tiny.fit(tiny.model()))

    np.testing.assert_array_equal(light.harmonics, Light.default().harmonics)


def test_flat_light_is_the_same_from_all_sides_and_makes_no_highlight():
    light = chosen_light(Showing(light="flat")).value

    assert np.ptp(shade(light.harmonics, SIDES)) < 1e-6
    assert not light.colour.any()


@pytest.mark.parametrize(
    ("angles", "towards"),
    [
        ("0,0", (0, 0, 1)),
        ("90,0", (1, 0, 0)),
        ("-90, 0", (-1, 0, 0)),
        ("0,90", (0, 1, 0)),
        ("180,0", (0, 0, -1)),
        ("30.0,-30", (0.433, -0.5, 0.75)),
    ],
)
def test_a_lamp_stands_where_its_angles_say(angles, towards):
    light = chosen_light(Showing(light=angles)).value

    np.testing.assert_allclose(light.direction, towards, atol=1e-3)
    assert shade(light.harmonics, np.array([towards]))[0, 0] == pytest.approx(1.15, abs=0.1)


@pytest.mark.parametrize(
    "light", ["", "sun", "10", "10,20,30", "200,0", "0,91", "nan,0", "1.2.3,0"]
)
def test_what_is_no_light_is_refused_with_what_to_give(light):
    with pytest.raises(UsageError, match="give auto, studio, flat"):
        Showing(light=light)
