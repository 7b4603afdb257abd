import numpy as np
import pytest

from livemask.cropping import crop
from livemask.models.unwrap import areas, unwrap
from tests.heads import shipped

NOTHING = 0.01 / 1024**2
"""Twice an area: a hundredth of a pixel of a large texture is rounding."""


def face():
    model = shipped()
    return crop(model, model.face_weight > 0.02)


def skin():
    model = shipped()
    return crop(model, np.isin(np.arange(len(model.mean)), model.parts["skin"]))


def unwrapped(model):
    return unwrap(model.mean, model.triangles, model.face_weight)


@pytest.mark.parametrize("part", [face, skin])
def test_no_triangle_of_the_face_lies_upside_down(part):
    model = part()
    uv, _, corners = unwrapped(model)
    on_face = (model.face_weight[model.triangles] > 0.0).all(1)
    assert areas(uv, corners)[on_face].min() > -NOTHING
    assert (areas(uv, corners)[on_face] > NOTHING).mean() > 0.995


def test_it_would_fold_if_it_were_only_unrolled():
    model = skin()
    mean = model.mean.astype(float)
    turn = np.arctan2(mean[:, 0], mean[:, 2] - 20.0)
    flat = np.column_stack([turn, np.arctan2(-mean[:, 1], np.hypot(mean[:, 0], mean[:, 2] - 20.0))])
    on_face = (model.face_weight[model.triangles] > 0.0).all(1)
    assert (areas(flat, model.triangles)[on_face] < -NOTHING).sum() > 500


@pytest.mark.parametrize("part", [face, skin, shipped])
def test_it_fills_the_texture_and_stays_within(part):
    uv, _, _ = unwrapped(part())
    assert uv.dtype == np.float32
    np.testing.assert_allclose(uv.min(0), 0.005, atol=1e-4)
    np.testing.assert_allclose(uv.max(0), 0.995, atol=1e-4)


@pytest.mark.parametrize("part", [face, skin, shipped])
def test_each_corner_belongs_to_the_corner_of_the_mesh(part):
    model = part()
    uv, vertices, corners = unwrapped(model)
    assert np.array_equal(vertices[corners], model.triangles)
    assert len(uv) == len(vertices)
    assert vertices.dtype == corners.dtype == np.int32


def test_the_seam_at_the_back_has_its_vertices_twice():
    model = skin()
    uv, vertices, corners = unwrapped(model)
    doubled = vertices[len(model.mean) :]
    assert len(doubled) > 10
    on_crown = 0.8 * model.mean[:, 1].max()
    around = doubled[model.mean[doubled, 1] < on_crown]
    assert (model.mean[around, 2] < 0.0).all()
    assert np.abs(model.mean[around, 0]).max() < 10.0
    low = model.mean[model.triangles, 1].max(1) < on_crown
    assert np.ptp(uv[corners, 0], axis=1)[low].max() < 0.2


def test_right_is_the_subjects_left_and_down_is_down():
    model = face()
    uv, _, _ = unwrapped(model)
    marks = uv[model.landmark_vertices]
    assert marks[45, 0] > marks[36, 0] + 0.1
    assert marks[8, 1] > marks[27, 1] + 0.1


def test_a_head_of_which_nobody_knows_where_its_face_is_gets_coordinates_too():
    model = face()
    uv, _, _ = unwrap(model.mean, model.triangles, np.zeros(len(model.mean)))
    assert np.isfinite(uv).all()
