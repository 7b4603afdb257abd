"""The painted rind."""

import numpy as np
import pytest

from livemask.light.skin import LINEAR
from livemask.masks.fruit import rind
from livemask.masks.fruit.noise import HEIGHT


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
    belt = painted[HEIGHT // 2 - 40 : HEIGHT // 2 + 40, :, 1].mean(0)
    waves = np.abs(np.fft.rfft(belt - belt.mean()))

    assert np.argmax(waves) == rind.STRIPES


def test_the_stripes_are_dark_and_the_ground_is_light(painted):
    light = LINEAR[painted] @ (0.2126, 0.7152, 0.0722)

    assert 0.2 < (light < 0.1).mean() < 0.6
    assert 0.2 < (light > 0.25).mean() < 0.8
