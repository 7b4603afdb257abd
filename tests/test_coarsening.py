import numpy as np
import pytest

from livemask.coarsening import coarse, coarsened, even, lighter, usual_spacing
from livemask.models import head
from tests.render import shapes


@pytest.fixture(scope="module")
def model():
    return head.create()


def area(points, triangles):
    a, b, c = (points[triangles[:, i]] for i in range(3))
    return 0.5 * np.linalg.norm(np.cross(b - a, c - a), axis=1).sum()


def test_a_ball_of_fewer_triangles_is_still_a_ball():
    vertices, triangles, _, _ = shapes.sphere(80.0, 64, 33)

    fewer = coarsened(vertices, triangles, np.full(len(vertices), 14.0))

    assert len(fewer) < 0.6 * len(triangles)
    assert area(vertices, fewer) > 0.97 * area(vertices, triangles)
    centres = vertices[fewer].mean(axis=1)
    assert np.linalg.norm(centres, axis=1).min() > 75.0


def test_points_that_are_to_be_kept_stay():
    vertices, triangles, _, _ = shapes.sphere(80.0, 64, 33)
    spacing = np.where(vertices[:, 0] > 0.0, 0.0, 20.0)

    left = np.unique(coarsened(vertices, triangles, spacing))

    assert np.isin(np.flatnonzero(vertices[:, 0] > 0.0), left).all()


def test_a_coarse_head_has_its_landmarks_lids_and_expressions(model):
    fewer, kept = coarse(model)

    assert kept.sum() == len(fewer.mean) < 0.4 * len(model.mean)
    np.testing.assert_array_equal(
        fewer.mean[fewer.landmark_vertices], model.mean[model.landmark_vertices]
    )
    assert [len(lids.upper) for lids in fewer.eyelids] == [
        len(lids.upper) for lids in model.eyelids
    ]
    value = np.zeros(len(model.expression_names))
    value[model.expression_names.index("jawOpen")] = 1.0
    nobody = np.zeros(len(model.identity))
    np.testing.assert_allclose(
        fewer.vertices(nobody, value), model.vertices(nobody, value)[kept], atol=1e-4
    )


def test_normals_of_a_coarse_head_are_those_of_the_fine_one(model):
    fewer, kept = coarse(model)

    found, wanted = fewer.normals(fewer.mean), model.normals(model.mean)[kept]

    assert ((found * wanted).sum(1) > 0.999).mean() > 0.99


def test_a_lighter_head_is_made_once(model):
    assert lighter(model) is lighter(model)


def test_faces_are_finer_than_skulls(model):
    spacing = usual_spacing(model)

    assert spacing[model.landmark_vertices].max() == 0.0
    assert spacing[model.mean[:, 2].argmin()] > 8.0


def test_where_values_change_fast_points_must_be_near():
    points = np.array([[0, 0, 0], [10, 0, 0], [0, 10, 0]], float)

    near = even(points, np.array([[0, 1, 2]], np.int32), np.array([[0.0], [1.0], [0.0]]), 0.1)

    np.testing.assert_allclose(near[:2], 1.0)
