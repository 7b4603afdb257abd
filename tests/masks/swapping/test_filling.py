"""Filling of what is unknown."""

import numpy as np

from livemask.masks.swapping.filling import filled


def test_what_is_known_stays_and_the_rest_is_smooth():
    image = np.zeros((64, 96, 3), np.float32)
    image[:, :48], image[:, 48:] = 0.2, 0.8
    weight = np.zeros((64, 96), np.float32)
    weight[:, :30] = weight[:, 66:] = 1.0
    made = filled(image, weight)

    np.testing.assert_allclose(made[:, :30], 0.2, atol=1e-5)
    np.testing.assert_allclose(made[:, 66:], 0.8, atol=1e-5)
    assert 0.2 < made[32, 47, 0] < 0.8
    assert np.abs(np.diff(made[..., 0], axis=1)).max() < 0.2


def test_one_known_place_fills_all():
    weight = np.zeros((33, 47), np.float32)
    weight[5, 7] = 1.0
    made = filled(np.full((33, 47, 3), 0.4, np.float32), weight)
    np.testing.assert_allclose(made, 0.4, atol=1e-5)
