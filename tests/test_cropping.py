"""Fewer vertices, the same head."""

import numpy as np
import pytest

from livemask.cropping import crop, grown
from tests.heads import shipped


@pytest.fixture(scope="module")
def kept():
    return shipped().face_weight > 0.3


@pytest.fixture(scope="module")
def part(kept):
    return crop(shipped(), kept)


def test_vertices_that_stay_are_where_they_were(part, kept):
    rng = np.random.default_rng(0)
    identity = rng.normal(size=len(part.identity))
    expression = rng.uniform(0, 0.5, len(part.expressions))

    whole = shipped().vertices(identity, expression)[kept]

    np.testing.assert_array_equal(part.vertices(identity, expression), whole)


def test_triangles_among_them_stay_and_no_others(part, kept):
    model = shipped()
    rows = np.flatnonzero(kept)

    np.testing.assert_array_equal(
        rows[part.triangles], model.triangles[kept[model.triangles].all(1)]
    )


def test_normals_within_are_those_of_the_whole(part, kept):
    model = shipped()
    whole = model.normals(model.mean)[kept]
    rim = np.zeros(len(model.mean), bool)
    rim[model.triangles[~kept[model.triangles].all(1)]] = True

    own = part.normals(part.mean)

    np.testing.assert_allclose(own[~rim[kept]], whole[~rim[kept]], atol=1e-6)


def test_landmarks_move_along_or_become_unknown(part, kept):
    model = shipped()
    known = kept[model.landmark_vertices]

    np.testing.assert_array_equal(part.landmark_vertices >= 0, known)
    np.testing.assert_array_equal(
        part.mean[part.landmark_vertices[known]], model.mean[model.landmark_vertices[known]]
    )


def test_parts_and_contours_keep_their_vertices(part, kept):
    model, rows = shipped(), np.flatnonzero(kept)
    for name, vertices in model.parts.items():
        assert set(rows[part.parts[name]]) == set(vertices[kept[vertices]])
    for own, strip in zip(part.contour, model.contour, strict=True):
        np.testing.assert_array_equal(rows[own], strip[kept[strip]])


def test_texture_coordinates_stay_with_their_vertices(part):
    np.testing.assert_array_equal(part.uv_vertices[part.uv_triangles], part.triangles)
    assert len(part.uv) == len(part.uv_vertices)


def test_a_model_without_uv_can_be_cropped():
    from tests.masks import tiny

    model = tiny.model()
    part = crop(model, model.mean[:, 0] > 0)

    assert len(part.uv) == 0
    assert (part.mean[:, 0] > 0).all()


def test_grown_adds_the_neighbours_and_no_more():
    triangles = np.array([[0, 1, 2], [2, 1, 3], [3, 4, 5]], np.int32)
    kept = np.array([True, False, False, False, False, False])

    once = grown(triangles, kept)

    assert once.tolist() == [True, True, True, False, False, False]
    assert grown(triangles, once).tolist() == [True, True, True, True, False, False]
    assert kept.sum() == 1
