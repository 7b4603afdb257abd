"""Masks on models that lack something: they are drawn, or it is said what is missing."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from livemask import plugins
from livemask.errors import ModelError
from livemask.light.estimate import LightEstimate
from livemask.models.published import Published
from livemask.records import Effect
from tests.heads import shipped
from tests.masks import tiny
from tests.masks.test_contract import is_sound

TEXTS = [
    *plugins.ready("masks"),
    "textured,extent=head",
    "textured,eyes=model,mouth=model",
    "shaded,extent=head,eyes=model,mouth=model",
    "wireframe,extent=head",
]
NONE = np.empty(0, np.int32)
POINTS = {"jaw": slice(0, 17), "brows": slice(17, 27), "nose": slice(27, 36)}
POINTS |= {"eyes": slice(36, 48), "mouth": slice(48, 68), "all": slice(0, 68)}


def without_points(model, points):
    landmarks = model.landmark_vertices.copy()
    landmarks[points] = -1
    return replace(model, landmark_vertices=landmarks)


def published(model, points):
    """Return what a loader makes of a model that names fewer points, and nothing else."""
    names = ("identity", "identity_sigmas", "expressions", "expression_sigmas", "triangles")
    given = {name: getattr(model, name) for name in names}
    marks = without_points(model, points).landmark_vertices
    return Published(name="few", mean=model.mean, landmarks=marks, **given).complete()


def lacking():
    """Yield the name and the model of each lack."""
    for name, model in (("shipped", shipped()), ("tiny", tiny.model())):
        count = len(model.mean)
        yield f"{name} without parts", replace(model, parts={})
        yield f"{name} without contour", replace(model, contour=(NONE,) * 17)
        bare = {"uv_vertices": NONE, "uv_triangles": np.empty((0, 3), np.int32)}
        yield f"{name} without uv", replace(model, uv=np.empty((0, 2), np.float32), **bare)
        yield f"{name} without weight", replace(model, face_weight=np.zeros(count, np.float32))
        for group, points in POINTS.items():
            yield f"{name} without {group}", without_points(model, points)
            if group != "all":
                yield f"{name} as published without {group}", published(model, points)


MODELS = dict(lacking())


@cache
def worn(text):
    return plugins.create("masks", text)


@pytest.mark.parametrize("name", MODELS)
def test_each_mask_is_drawn_or_says_what_the_model_lacks(name):
    model = MODELS[name]
    fit = tiny.fit(model, tiny.pose())
    for text in TEXTS:
        try:
            layers = worn(text).layers(model, fit, tiny.frame(), tiny.LIGHT, 0.0)
        except ModelError as error:
            assert repr(model.name) in str(error)  # noqa: PT017 - either may happen
            assert "another m" in str(error)  # noqa: PT017
        else:
            assert all(isinstance(layer, Effect) or is_sound(layer) for layer in layers), text


@pytest.mark.parametrize("name", MODELS)
def test_the_light_is_estimated_or_stays_as_it_is(name):
    model = MODELS[name]
    light = LightEstimate(model).update(tiny.frame(), tiny.fit(model, tiny.pose()))
    assert np.isfinite(light.direction).all()


def test_points_that_a_model_lacks_are_not_shown():
    model = MODELS["shipped without mouth"]
    mask = plugins.create("masks", "landmarks,axes=no")
    lines, rims, dots = mask.layers(
        model, tiny.fit(model, tiny.pose()), tiny.frame(), tiny.LIGHT, 0.0
    )
    for mesh in (rims, dots):
        assert (mesh.alpha[: 4 * 48] == 1.0).all()
        assert (mesh.alpha[4 * 48 :] == 0.0).all()
    assert np.count_nonzero(lines.alpha) == len(lines.alpha) - 4 * 20


def test_a_model_of_hardly_any_points_is_refused_by_its_loader():
    with pytest.raises(ModelError, match="'few' names 0 of the 68 points; at least 6"):
        published(shipped(), POINTS["all"])
