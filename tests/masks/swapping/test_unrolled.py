"""Unrolling a mesh."""

import numpy as np

from livemask.masks.swapping.unrolled import unroll


def test_a_texel_is_as_plain_interpolation_says():
    places = np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]])
    values = np.array([[0.0, 1.0], [9.0, 1.0], [0.0, 4.0]])
    texels, covered = np.zeros((10, 10, 2)), np.zeros((10, 10), bool)
    unroll(places, np.array([[0, 1, 2]], np.int32), values, texels, covered)

    y, x = np.mgrid[:10, :10]
    np.testing.assert_array_equal(covered, x + y <= 9)
    np.testing.assert_allclose(texels[covered, 0], x[covered])
    np.testing.assert_allclose(texels[covered, 1], 1.0 + y[covered] / 3.0)


def test_later_triangles_go_over_earlier_ones():
    places = np.tile([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]], (2, 1))
    values = np.repeat([[1.0], [2.0]], 3, axis=0)
    texels, covered = np.zeros((10, 10, 1)), np.zeros((10, 10), bool)
    unroll(places, np.array([[0, 1, 2], [3, 4, 5]], np.int32), values, texels, covered)
    np.testing.assert_allclose(texels[covered], 2.0)
