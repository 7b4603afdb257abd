"""Coarse heads."""

from itertools import pairwise

import numpy as np

from livemask.masks.props.coarse import coarse, without_flaps
from tests.heads import shipped


def test_a_coarse_head_is_as_large_and_has_few_vertices():
    model = shipped()
    skin = np.zeros(len(model.mean), bool)
    skin[model.parts["skin"]] = True
    small = coarse(model, skin, 6.0)

    assert len(small.mean) < 0.35 * len(model.mean)
    whole = model.mean[skin]
    np.testing.assert_allclose(small.mean.min(0), whole.min(0), atol=6.0)
    np.testing.assert_allclose(small.mean.max(0), whole.max(0), atol=6.0)


def test_its_triangles_have_three_corners_and_look_outward():
    model = shipped()
    small = coarse(model, np.ones(len(model.mean), bool), 6.0)
    a, b, c = small.triangles.T
    assert ((a != b) & (b != c) & (c != a)).all()
    front = small.normals(small.mean)[:, 2][np.argmax(small.mean[:, 2])]
    assert front > 0.5


def test_its_vertices_move_as_they_did():
    model = shipped()
    small = coarse(model, np.ones(len(model.mean), bool), 8.0)
    identity, smile = np.full(len(model.identity), 0.3), np.full(len(model.expressions), 0.2)
    whole, part = model.vertices(identity, smile), small.vertices(identity, smile)
    row = np.flatnonzero((model.mean == small.mean[100]).all(1))[0]
    np.testing.assert_allclose(part[100], whole[row], atol=0.3)  # lids are closed to measure


def test_a_flap_that_stands_off_the_surface_is_cut_off():
    """The shadow on it would be drawn twice."""
    around = [0, 1, 2, 3, 0]
    closed = [[a, b, top] for a, b in pairwise(around) for top in (4, 5)]
    closed = np.array(closed, np.int32)

    with_flap = np.concatenate([closed, np.array([[0, 1, 6]], np.int32)])

    np.testing.assert_array_equal(without_flaps(with_flap), closed)
    np.testing.assert_array_equal(without_flaps(closed), closed)


def test_no_edge_of_a_coarse_forehead_has_three_sides():
    model = shipped()
    small = coarse(model, model.mean[:, 1] > 60.0, 4.5)
    sides = np.sort(small.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    _, counts = np.unique(sides, axis=0, return_counts=True)
    assert counts.max() <= 2
