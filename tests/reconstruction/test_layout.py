from dataclasses import replace
from itertools import pairwise

import numpy as np

from livemask.reconstruction.layout import SKIN, SPAN, layout_of
from tests.heads import shipped


def test_the_corners_are_those_of_the_model():
    model, layout = shipped(), layout_of(shipped())
    np.testing.assert_array_equal(layout.vertices[layout.triangles], model.triangles)
    np.testing.assert_array_equal(layout.vertices[: len(model.mean)], np.arange(len(model.mean)))
    np.testing.assert_array_equal(np.sort(layout.order), np.arange(len(model.triangles)))
    assert 0.0 < layout.uv.min() < layout.uv.max() < 1.0


def test_no_triangle_crosses_the_texture():
    layout = layout_of(shipped())
    assert np.ptp(layout.uv[layout.triangles], axis=1).max() < SPAN


def test_the_face_has_most_of_it_and_the_parts_below_do_not_overlap():
    model, layout = shipped(), layout_of(shipped())
    face = layout.uv[np.flatnonzero(model.face_weight > 0.5)]
    assert np.prod(np.ptp(face, axis=0)) > 0.3
    assert face[:, 1].max() < SKIN
    bounds = [layout.uv[model.parts[part], 0] for part in ("eyes", "teeth", "tongue", "mouth")]
    for left, right in pairwise(bounds):
        assert left.max() < right.min()


def test_a_model_without_inner_parts_has_a_layout():
    bare = replace(shipped(), parts={})
    assert len(layout_of(bare).uv) >= len(bare.mean)
