"""The painted close-up."""

import numpy as np

from livemask.masks.fruit.card import SIZE, card


def test_it_is_a_square_in_which_the_fruit_fills_the_middle():
    picture = card("orange").astype(float)
    band = picture[SIZE // 4 : 3 * SIZE // 4]  # what a wide picture shows

    assert picture.shape == (SIZE, SIZE, 3)
    assert (band[..., 0] > band[..., 1] + 20).mean() > 0.97


def test_it_is_painted_once():
    assert card("orange") is card("orange")


def test_it_is_lit_from_above():
    light = card("orange").astype(float).sum(-1)
    middle = light[:, SIZE // 3 : 2 * SIZE // 3]

    assert middle[SIZE // 4 : SIZE // 2].mean() > 1.1 * middle[SIZE // 2 : -SIZE // 4].mean()


def test_what_is_behind_the_fruit_is_dark_green():
    red, green, blue = card("orange")[:40, :40].reshape(-1, 3).mean(0)

    assert green > red > 0
    assert green > blue
    assert green < 100
    assert np.ptp(card("orange")[:40, :40, 1]) < 80
