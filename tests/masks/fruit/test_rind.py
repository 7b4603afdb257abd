"""The painted rind."""

import numpy as np
import pytest

from livemask.masks.fruit import rind
from livemask.skin import LINEAR


@pytest.fixture(scope="module")
def painted():
    return rind.paint()


def test_it_is_the_same_every_time(painted):
    np.testing.assert_array_equal(rind.paint(), painted)


def test_its_left_edge_meets_its_right_one(painted):
    """The step across the seam is no greater than steps elsewhere."""
    coded = painted.astype(float)
    steps = np.abs(np.diff(coded, axis=1)).mean((0, 2))
    seam = np.abs(coded[:, 0] - coded[:, -1]).mean()

    assert seam < np.percentile(steps, 99)


def test_it_is_green(painted):
    """All but the pale spot where it lay on the field."""
    red, green, blue = (painted[..., i].astype(int) for i in range(3))

    assert ((green > red) & (green > blue)).mean() > 0.9


def test_it_has_dark_stripes_from_pole_to_pole(painted):
    """Brightness along the equator falls below its middle once a stripe."""
    belt = painted[rind.HEIGHT // 2 - 40 : rind.HEIGHT // 2 + 40, :, 1].mean(0)
    waves = np.abs(np.fft.rfft(belt - belt.mean()))

    assert np.argmax(waves) == rind.STRIPES


def test_the_stripes_are_dark_and_the_ground_is_light(painted):
    light = LINEAR[painted] @ (0.2126, 0.7152, 0.0722)

    assert 0.2 < (light < 0.1).mean() < 0.6
    assert 0.2 < (light > 0.25).mean() < 0.8


def test_its_usual_colour_lies_between_stripe_and_ground(painted):
    red, green, blue = rind.usual_colour(painted)

    assert green > 1.5 * red
    assert green > 3 * blue
    assert 0.15 < green < 0.45


def test_noise_wraps_and_is_about_as_strong_as_normal_noise():
    field = rind.noise(np.random.default_rng(4), 40, 64)

    assert field.shape == (rind.HEIGHT, rind.WIDTH)
    assert 0.6 < field.std() < 1.3
    assert np.abs(field[:, 0] - field[:, -1]).max() < 0.5


def test_a_step_rises_from_0_to_1():
    assert rind.step(np.array([0.0, 1.0, 2.0, 3.0, 9.0]), 1.0, 3.0).tolist() == [0, 0, 0.5, 1, 1]
