"""Where a painting lies on a model."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.landmarks import MIRROR
from livemask.masks.painting.layout import HELD, PLACES, painting_uv
from tests.heads import shipped
from tests.masks import tiny


def test_the_layout_is_symmetrical():
    np.testing.assert_allclose(PLACES[MIRROR] * [-1, 1] + [1, 0], PLACES, atol=1e-9)


@pytest.mark.parametrize("model", [shipped, tiny.model])
def test_eyes_nose_and_lips_lie_at_the_same_places_on_every_model(model):
    uv = painting_uv(model())

    found = uv[model().landmark_vertices[HELD]]

    np.testing.assert_allclose(found, PLACES[HELD], atol=0.006)


def test_the_face_fills_the_square():
    model = shipped()
    face = painting_uv(model)[model.face_weight > 0.02]

    assert (face.min(0) < 0.08).all()
    assert (face.max(0) > 0.92).all()


def test_all_of_a_head_lies_within_the_square():
    uv = painting_uv(shipped())

    assert uv.dtype == np.float32
    assert uv.min() >= 0.0
    assert uv.max() <= 1.0


def test_the_skin_between_the_features_does_not_fold():
    model = shipped()
    uv = painting_uv(model).astype(float)
    skin = np.zeros(len(uv), bool)
    skin[model.parts["skin"]] = True
    triangles = model.triangles[(skin & (model.face_weight > 0.5))[model.triangles].all(1)]
    middle = uv[triangles].mean(1)
    far = np.linalg.norm(middle[:, None] - PLACES[None, 31:], axis=2).min(1) > 0.06
    a, b, c = np.moveaxis(uv[triangles[far]], 1, 0)
    turn = (b - a)[:, 1] * (c - a)[:, 0] - (b - a)[:, 0] * (c - a)[:, 1]

    assert len(turn) > 2000
    assert (turn > 0).all()


def test_a_model_without_a_nose_tip_is_refused():
    marks = tiny.model().landmark_vertices.copy()
    marks[30] = -1

    with pytest.raises(ModelError, match="'tiny' lacks some of the 68 points"):
        painting_uv(replace(tiny.model(), landmark_vertices=marks))
