"""What rinds are painted with."""

import numpy as np
import pytest

from livemask.light.skin import LINEAR
from livemask.masks.fruit import noise


def test_noise_wraps_and_is_about_as_strong_as_normal_noise():
    field = noise.noise(np.random.default_rng(4), 40, 64)

    assert field.shape == (noise.HEIGHT, noise.WIDTH)
    assert 0.6 < field.std() < 1.3
    assert np.abs(field[:, 0] - field[:, -1]).max() < 0.5


def test_a_step_rises_from_0_to_1():
    assert noise.step(np.array([0.0, 1.0, 2.0, 3.0, 9.0]), 1.0, 3.0).tolist() == [0, 0, 0.5, 1, 1]


def test_a_mix_is_between_two_colours():
    share = np.array([[0.0, 0.5, 1.0, 7.0]])

    mixed = noise.mix((0, 0, 0), (100, 50, 0), share)

    assert mixed[0].tolist() == [[0, 0, 0], [50, 25, 0], [100, 50, 0], [100, 50, 0]]


def test_dots_are_as_dense_near_the_poles_as_at_the_equator():
    field = noise.dots(np.random.default_rng(3), 0.04, 0.008)
    rows = (field > 0.5).mean(1)

    near, belt = rows[50:100].mean(), rows[230:280].mean()
    assert near == pytest.approx(belt, rel=0.3)
    assert 0.01 < belt < 0.3


def test_a_thumbnail_has_the_colours_of_the_rind():
    rind = np.zeros((noise.HEIGHT, noise.WIDTH, 3), np.uint8)
    rind[:, : noise.WIDTH // 2] = (200, 100, 50)

    small = noise.thumbnail(rind, 8, 16)

    assert small.shape == (8, 16, 3)
    np.testing.assert_allclose(small[4, 4], LINEAR[[200, 100, 50]], rtol=0.05)
    np.testing.assert_allclose(small[4, 12], 0.0, atol=0.03)
