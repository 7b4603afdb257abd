import numpy as np
import pytest

from livemask.performer.scalp import BELOW_TOP, flattened
from tests.heads import shipped

CROWN, RIGHT = np.array([0.0, 0.8, -0.6]), np.array([1.0, 0.0, 0.0])


def seen(*directions):
    """Return where points in these directions from the middle of the head come to lie."""
    head = shipped()
    top = head.mean[head.parts["skin"]].max(0)[1]
    points = np.array([0.0, top - BELOW_TOP, -5.0]) + 80.0 * np.array(directions)
    return flattened(points, head, CROWN, RIGHT)


def test_the_crown_is_in_the_middle():
    assert np.abs(seen(CROWN)).max() < 1e-6


def test_the_right_is_to_the_right_as_far_as_it_is_turned():
    turned = np.cos(1.3) * CROWN + np.sin(1.3) * RIGHT
    assert seen(turned)[0] == pytest.approx([0.5, 0.0], abs=1e-6)


def test_how_far_off_a_point_is_changes_nothing():
    turned = np.cos(0.7) * CROWN - np.sin(0.7) * RIGHT
    assert seen(turned)[0] == pytest.approx(seen(0.5 * turned)[0])
