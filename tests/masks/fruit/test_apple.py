"""The painted skin of an apple."""

import numpy as np

from livemask.masks.fruit import apple


def test_it_is_red_with_a_hollow_that_is_not():
    painted = apple.paint().astype(float)

    assert (painted[180:330, :, 0] > 1.8 * painted[180:330, :, 1]).mean() > 0.7
    assert painted[:12, :, 1].mean() > 100


def test_its_left_edge_meets_its_right_one():
    painted = apple.paint().astype(float)
    steps = np.abs(np.diff(painted, axis=1)).mean((0, 2))

    assert np.abs(painted[:, 0] - painted[:, -1]).mean() < 1.5 * np.percentile(steps, 99)
