"""Coarse heads."""

import numpy as np

from livemask.masks.props.coarse import coarse
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
