"""Harmonics of light, against sums over the sphere."""

import numpy as np
import pytest

from livemask.harmonics import COSINE, basis, of_lamp, shade
from livemask.performer import harmonics as performer


def even(count=4000):
    """Return unit vectors spread evenly."""
    return performer.sphere(count)


def test_the_basis_is_orthonormal_over_the_sphere():
    values = basis(even())

    np.testing.assert_allclose(4 * np.pi * values.T @ values / len(values), np.eye(9), atol=2e-3)


def test_the_basis_is_that_of_the_performers_room():
    np.testing.assert_allclose(basis(even(50)), performer.basis(even(50))[:, :9])
    np.testing.assert_allclose(COSINE, np.pi * performer.COSINE[:9])


@pytest.mark.parametrize("towards", [(0, 0, 1), (0.6, 0, 0.8), (-0.48, 0.6, 0.64)])
def test_a_lamp_is_shown_as_lamberts_cosine_shows_it_to_a_tenth(towards):
    harmonics = of_lamp(np.array(towards), np.array([1.0, 0.5, 0.0]), np.array([0.2, 0.2, 0.2]))

    cosine = np.maximum(even() @ np.array(towards), 0.0)
    expected = 0.2 + cosine[:, None] * [1.0, 0.5, 0.0]
    assert np.abs(shade(harmonics, even()) - expected).max() < 0.1


def test_even_light_is_the_same_from_all_sides():
    harmonics = of_lamp(np.array([0.0, 0.0, 1.0]), np.zeros(3), np.array([0.3, 0.4, 0.5]))

    np.testing.assert_allclose(shade(harmonics, even(20)), np.tile([0.3, 0.4, 0.5], (20, 1)), 1e-5)


def test_no_surface_is_darker_than_black():
    harmonics = np.zeros((9, 3), np.float32)
    harmonics[2] = 1.0

    assert shade(harmonics, np.array([[0.0, 0.0, -1.0]])).max() == 0.0
