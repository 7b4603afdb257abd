"""Painted peels."""

import numpy as np
import pytest

from livemask.masks.fruit import citrus


@pytest.mark.parametrize(("paint", "green"), [(citrus.orange, 140), (citrus.lemon, 200)])
def test_a_peel_is_of_its_colour_with_pores_and_wraps(paint, green):
    painted = paint().astype(float)
    belt = painted[200:312]

    assert belt[..., 1].mean() == pytest.approx(green, abs=25)
    assert (belt[..., 0] > belt[..., 1]).all()
    assert (belt[..., 1] > belt[..., 2]).all()
    assert 3 < belt[..., 1].std() < 25
    steps = np.abs(np.diff(painted, axis=1)).mean((0, 2))
    assert np.abs(painted[:, 0] - painted[:, -1]).mean() < np.percentile(steps, 99)


def test_it_is_the_same_array_every_time():
    assert citrus.orange() is citrus.orange()
