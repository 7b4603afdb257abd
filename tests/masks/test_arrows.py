"""Solid arrows."""

import numpy as np
import pytest

from livemask.masks.arrows import arrows, lathe
from tests.masks.solids import agreement, volume


def test_a_turned_cylinder_has_the_volume_and_normals_of_one():
    vertices, normals, triangles = lathe(((0, 0), (0, 2), (5, 2), (5, 0)), 200)

    assert volume(vertices, triangles) == pytest.approx(np.pi * 4 * 5, rel=1e-3)
    assert agreement(vertices, triangles, normals).min() > 0.999


@pytest.fixture
def three():
    vertices, triangles, normals, colours = arrows(60.0)
    return np.split(vertices, 3), triangles, np.split(normals, 3), np.split(colours, 3)


def test_each_arrow_runs_along_its_axis(three):
    for axis, vertices in enumerate(three[0]):
        tip = vertices[np.argmax(np.linalg.norm(vertices, axis=1))]
        np.testing.assert_allclose(tip, 60.0 * np.eye(3)[axis], atol=1e-4)
        across = np.delete(vertices, axis, axis=1)
        assert np.linalg.norm(across, axis=1).max() < 5.0


def test_x_is_red_y_green_and_z_blue(three):
    for axis, colours in enumerate(three[3]):
        assert (colours.argmax(1) == axis).all()


def test_arrows_look_outward(three):
    vertices, triangles, normals, _ = three

    assert agreement(np.concatenate(vertices), triangles, np.concatenate(normals)).min() > 0.9
    assert volume(np.concatenate(vertices), triangles) > 0
