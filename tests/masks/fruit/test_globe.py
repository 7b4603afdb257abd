"""Grids of vertices."""

import numpy as np
import pytest

from livemask.masks.fruit.globe import globe, grid_triangles
from tests.masks.solids import agreement, volume


def test_a_globe_is_a_unit_ball_seen_from_outside():
    directions, triangles, _ = globe(96, 64)

    np.testing.assert_allclose(np.linalg.norm(directions, axis=1), 1.0)
    assert volume(directions, triangles) == pytest.approx(4 * np.pi / 3, rel=0.01)
    assert agreement(directions, triangles, directions).min() > 0.99


def test_the_middle_of_the_texture_is_the_front_and_its_first_quarter_the_subjects_right():
    directions, _, uv = globe(8, 4)

    def at(u, v):
        return directions[np.argmin(np.abs(uv - (u, v)).sum(1))]

    np.testing.assert_allclose(at(0.5, 0.5), (0, 0, 1), atol=1e-12)
    np.testing.assert_allclose(at(0.25, 0.5), (-1, 0, 0), atol=1e-12)
    np.testing.assert_allclose(at(0.0, 0.5), (0, 0, -1), atol=1e-12)
    np.testing.assert_allclose(at(1.0, 0.5), (0, 0, -1), atol=1e-12)
    np.testing.assert_allclose(at(0.5, 0.0), (0, 1, 0), atol=1e-12)


def test_a_grid_of_two_by_two_is_two_triangles():
    assert grid_triangles(2, 2).tolist() == [[0, 2, 3], [0, 3, 1]]
    assert len(grid_triangles(5, 4)) == 2 * 4 * 3
