import numpy as np
import pytest

from tools.turned.training import mirrored


def test_a_mirrored_box_holds_the_same_pixels():
    grey = np.random.default_rng(0).integers(0, 255, (8, 12)).astype(np.uint8)
    flipped, (left, top, right, bottom) = mirrored(grey, np.array([1.0, 2.0, 4.0, 6.0]))
    part = flipped[int(top) : int(bottom) + 1, int(left) : int(right) + 1]
    np.testing.assert_array_equal(part, grey[2:7, 1:5][:, ::-1])


def test_mirroring_twice_changes_nothing():
    grey, box = np.arange(12, dtype=np.uint8).reshape(3, 4), np.array([0.5, 0.0, 2.0, 1.0])
    again, back = mirrored(*mirrored(grey, box))
    np.testing.assert_array_equal(again, grey)
    assert back == pytest.approx(box)
