from dataclasses import replace

import numpy as np
import pytest

from livemask.geometry import project, rigid
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import Fit, Float64, State
from tests.heads import CAMERA, shipped


@pytest.fixture
def model() -> MorphableModel:
    """The shipped head, with nobody remembered."""
    return replace(shipped())


def drawn(model: MorphableModel, seed: int) -> tuple[Float64, Float64]:
    """Return an identity and an expression with open eyes: lids close as `test_eyelids` says."""
    rng = np.random.default_rng(seed)
    expression = rng.uniform(0.0, 1.0, len(model.expressions))
    expression[[name.startswith("eyeBlink") for name in model.expression_names]] = 0.0
    return rng.normal(size=len(model.identity)), expression


def plain(model, identity, expression):
    """Return mean + identity . components + expression . expressions, in plain numpy."""
    moved = np.tensordot(identity, model.identity.astype(np.float64), 1)
    return model.mean + moved + np.tensordot(expression, model.expressions.astype(np.float64), 1)


def test_nobody_without_an_expression_is_the_mean(model):
    vertices = model.vertices(np.zeros(len(model.identity)), np.zeros(len(model.expressions)))
    np.testing.assert_array_equal(vertices, model.mean)
    assert vertices.dtype == np.float32


def test_vertices_are_the_sum_of_mean_components_and_expressions(model):
    identity, expression = drawn(model, 1)
    expected = plain(model, identity, expression)
    np.testing.assert_allclose(model.vertices(identity, expression), expected, atol=1e-3)


def test_identity_and_expression_add_up_independently(model):
    (identity, expression), still = drawn(model, 2), np.zeros(len(model.expressions))
    alone = model.vertices(np.zeros(len(model.identity)), expression) - model.mean
    together = model.vertices(identity, expression) - model.vertices(identity, still)
    np.testing.assert_allclose(together, alone, atol=1e-3)


def test_another_person_is_not_taken_for_the_one_before(model):
    (first, expression), (second, _) = drawn(model, 3), drawn(model, 4)
    model.vertices(first, expression)
    np.testing.assert_allclose(
        model.vertices(second, expression), plain(model, second, expression), atol=1e-3
    )


def test_a_person_who_is_remembered_looks_the_same_again(model):
    identity, expression = drawn(model, 5)
    first = model.vertices(identity, expression)
    model.vertices(identity, 0.5 * expression)
    np.testing.assert_array_equal(model.vertices(identity, expression), first)


def test_whoever_changes_the_vertices_does_not_change_the_model(model):
    identity, expression = drawn(model, 6)
    first = model.vertices(identity, expression)
    kept = first.copy()
    first += 100.0
    np.testing.assert_array_equal(model.vertices(identity, expression), kept)


def test_models_made_from_one_another_remember_their_own_people(model):
    identity, expression = drawn(model, 7)
    other = replace(model, mean=model.mean + np.float32(1.0))
    model.vertices(identity, expression)
    difference = other.vertices(identity, expression) - model.vertices(identity, expression)
    np.testing.assert_allclose(difference, 1.0, atol=1e-3)


def test_normals_are_unit_vectors_that_agree_with_the_triangles(model):
    normals = model.normals(model.mean)
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1.0, atol=1e-5)
    a, b, c = np.moveaxis(model.mean[model.triangles], 1, 0)
    faces = np.cross(b - a, c - a)
    agree = (normals[model.triangles[:, 0]] * faces).sum(1) > 0.0
    assert agree.mean() > 0.98


def test_the_landmarks_of_a_fit_are_on_the_outline_that_its_pose_shows(model):
    identity, expression = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    pose = rigid(np.eye(3), np.array([0.0, 0.0, -700.0]))
    fit = Fit(1, CAMERA, pose, identity, expression, 0.0, 1.0, State.TRACKED)
    points = fit_landmarks(model, fit)
    np.testing.assert_allclose(points[17:], model.mean[model.landmark_vertices[17:]], atol=1e-3)
    pixels = project(CAMERA, pose, points)
    whole = project(CAMERA, pose, model.mean[model.parts["skin"]])
    assert pixels[8, 1] < whole[:, 1].max()
    assert pixels[:17, 0].max() - pixels[:17, 0].min() > pixels[17:, 0].max() - pixels[17:, 0].min()


def test_vertices_that_an_expression_leaves_alone_are_left_out_of_its_sum_and_nothing_else(model):
    rng = np.random.default_rng(7)
    expressions = model.expressions.copy()
    expressions[:, rng.random(len(model.mean)) < 0.6] = 0.0
    expressions[-1] = 0.0  # an expression that moves nothing
    local = replace(model, expressions=expressions)
    identity, expression = drawn(model, 7)
    expected = plain(local, identity, expression)
    np.testing.assert_allclose(local.vertices(identity, expression), expected, atol=1e-3)
    assert np.abs(model.vertices(identity, expression) - expected).max() > 1.0
