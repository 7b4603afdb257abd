import numpy as np

from livemask.landmark_model import LandmarkModel
from tests.heads import drawn_expression, shipped


def test_its_points_are_those_of_the_whole_model():
    model = shipped()
    rng = np.random.default_rng(1)
    identity = rng.normal(0.0, 1.0, len(model.identity))
    expression = drawn_expression(model, rng)
    points = model.landmark_model.points(identity, expression)[:68]
    vertices = model.vertices(identity, expression)
    np.testing.assert_allclose(points, vertices[model.landmark_vertices], atol=1e-3)


def test_a_point_that_a_model_lacks_is_known_to_be_missing():
    model = shipped()
    vertices = model.landmark_vertices.copy()
    vertices[60] = -1
    rows = LandmarkModel.of(model.mean, model.identity, model.expressions, vertices, model.contour)
    assert not rows.known[60]
    assert rows.known.sum() == 67
    assert not rows.mean[60].any()
    assert not rows.expressions[:, 60].any()
