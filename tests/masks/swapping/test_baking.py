"""Textures of a photo."""

from livemask.masks.painting.layout import PLACES
from livemask.masks.swapping.baking import SIDE, baked
from tests.masks.swapping.portraits import portrait


def test_a_cheek_has_the_colour_that_the_photo_shows_there():
    skin = baked(portrait()).skin.astype(int)
    x, y = (PLACES[19] * SIDE).astype(int)
    right, left = skin[y + 210, x], skin[y + 210, SIDE - 1 - x]
    assert right[0] > right[2] + 30
    assert left[2] > left[0] + 30


def test_no_texel_is_left_out():
    skin = baked(portrait()).skin
    assert skin.shape == (SIDE, SIDE, 3)
    assert (skin.max(2) > 20).all()


def test_the_light_is_taken_off():
    """The cheeks are of one colour: what differs over them in the photo was light."""
    skin = baked(portrait()).skin.astype(float)
    x, y = (PLACES[36] * SIDE).astype(int)
    cheek = skin[y + 90 : y + 190, x - 20 : x + 60, 0]
    assert cheek.std() < 0.06 * cheek.mean()


def test_a_portrait_is_baked_once():
    assert baked(portrait()) is baked(portrait())
