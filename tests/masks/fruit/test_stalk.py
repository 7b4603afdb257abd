"""The stalk and its curl."""

import numpy as np

from livemask.masks.fruit.stalk import stalk
from tests.masks.solids import agreement, volume


def test_it_is_a_surface_seen_from_outside():
    vertices, triangles, normals, _ = stalk()

    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1.0, atol=1e-5)
    assert volume(vertices, triangles) > 1000.0
    assert np.median(agreement(vertices, triangles, normals)) > 0.9


def test_it_grows_from_within_the_melon():
    vertices = stalk()[0]

    assert vertices[:, 1].min() < -5.0
    assert 35.0 < vertices[:, 1].max() < 80.0
    foot = vertices[vertices[:, 1] < 0]
    assert np.linalg.norm(foot[:, [0, 2]], axis=1).max() < 30.0


def test_it_is_greenish_brown():
    colours = stalk()[3]

    assert (colours[:, 2] < colours[:, 1]).all()
    assert colours.max() < 0.6
