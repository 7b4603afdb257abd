import json

import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.models import bfm2017
from tests.models import basel
from tests.models.basel import COUNT, FACE, MOVES, SIGMAS
from tests.models.small_face import misfit

WRONG = {
    "shape/model/mean": np.zeros(31, np.float32),
    "shape/model/pcaBasis": np.zeros((9, 3), np.float32),
    "shape/model/pcaVariance": np.array([1.0, -1.0, 1.0], np.float32),
    "shape/representer/cells": np.full((3, 4), COUNT, np.int32),
    "expression/model/mean": np.zeros(9, np.float32),
    "expression/model/pcaBasis": np.full((3 * COUNT, len(MOVES)), np.nan, np.float32),
    "expression/model/pcaVariance": np.ones((2, 2), np.float32),
    "color/model/mean": np.zeros(9, np.float32),
    "color/model/pcaBasis": np.zeros((3 * COUNT, 4), np.int32),
    "color/model/pcaVariance": np.array(["text"], "S"),
    "metadata/landmarks/json": "no list",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return basel.write_h5(tmp_path_factory.mktemp("h5") / "model2017-1_face12_nomouth.h5")


@pytest.fixture(scope="module")
def model(file):
    return bfm2017.create(file)


def changed(tmp_path, name, value):
    return basel.write_h5(tmp_path / "changed.h5", **{name: value})


def test_it_gives_the_face_that_was_written(model):
    np.testing.assert_allclose(model.mean, FACE.mean + 0.25, atol=1e-3)
    np.testing.assert_allclose(model.identity, FACE.identity, atol=1e-3)
    np.testing.assert_allclose(model.expressions, MOVES, atol=1e-3)
    assert np.array_equal(np.sort(model.triangles, 1), np.sort(FACE.triangles, 1))


def test_variances_become_deviations(model):
    np.testing.assert_allclose(model.identity_sigmas, SIGMAS, rtol=1e-5)
    assert (model.expression_sigmas == 1.0).all()
    assert np.isinf(model.expression_bounds).all()


def test_colours_become_linear(model):
    coded = basel.COLOURS / 255.0
    np.testing.assert_allclose(model.albedo, ((coded + 0.055) / 1.055) ** 2.4, atol=1e-4)
    slope = 2.4 / 1.055 * ((coded + 0.055) / 1.055) ** 1.4
    np.testing.assert_allclose(model.albedo_components, slope * basel.CHANGES / 255.0, atol=1e-4)


@pytest.mark.parametrize("unit", [1e-3, 10.0, 1000.0])
def test_it_makes_mm_of_other_units(tmp_path, model, unit):
    fields = basel.h5_fields()
    changes = {
        n: unit * v for n, v in fields.items() if n.endswith(("e/model/mean", "n/model/mean"))
    }
    changes["shape/model/pcaVariance"] = unit**2 * fields["shape/model/pcaVariance"]
    changes["expression/model/pcaVariance"] = unit**2 * fields["expression/model/pcaVariance"]
    points = [
        p | {"coordinates": [unit * x for x in p["coordinates"]]} for p in basel.named_points()
    ]
    changes["metadata/landmarks/json"] = json.dumps(points)
    scaled = bfm2017.create(basel.write_h5(tmp_path / "scaled.h5", **changes))
    np.testing.assert_allclose(scaled.mean, model.mean, atol=1e-2)
    np.testing.assert_allclose(scaled.identity, model.identity, atol=1e-2)
    assert np.array_equal(scaled.landmark_vertices, model.landmark_vertices)


@pytest.mark.parametrize("cells", [FACE.triangles, FACE.triangles.T, FACE.triangles[:, ::-1]])
def test_the_nose_faces_ahead_whichever_way_triangles_are_stored(tmp_path, cells):
    model = bfm2017.create(changed(tmp_path, "shape/representer/cells", cells.astype(np.uint32)))
    assert model.normals(model.mean)[model.landmark_vertices[30], 2] > 0.5


def test_points_that_the_file_names_are_where_it_says(model):
    named = [8, 30, 31, 33, 35, 21, 22, 36, 39, 42, 45, 48, 50, 51, 52, 54, 57, 62, 66]
    assert np.array_equal(model.landmark_vertices[named], FACE.landmarks[named])


def test_the_other_points_are_near(model):
    away = np.linalg.norm(FACE.mean[model.landmark_vertices] - FACE.mean[FACE.landmarks], axis=1)
    assert away[17:].mean() < 0.8
    assert away[:17].mean() < 1.0
    assert away.max() < 7.0  # lids have two sides, and the vertices are some mm apart


@pytest.mark.parametrize("form", [np.bytes_, lambda t: np.array([t.encode()]), lambda t: [t]])
def test_the_list_of_points_may_be_stored_as_any_kind_of_text(tmp_path, form):
    text = json.dumps(basel.named_points())
    file = changed(tmp_path, "metadata/landmarks/json", form(text))
    assert bfm2017.create(file).landmark_vertices[30] == FACE.landmarks[30]


def test_components_without_variance_are_left_out(tmp_path):
    variances = np.array([9.0, 0.0, 0.25], np.float32)
    model = bfm2017.create(changed(tmp_path, "shape/model/pcaVariance", variances))
    np.testing.assert_allclose(model.identity_sigmas, [3.0, 0.5])
    np.testing.assert_allclose(model.identity, FACE.identity[[0, 2]], atol=1e-3)


def test_no_more_components_are_taken_than_are_of_use(file, monkeypatch):
    monkeypatch.setattr(bfm2017, "IDENTITY", 2)
    monkeypatch.setattr(bfm2017, "EXPRESSIONS", 3)
    model = bfm2017.create(file)
    assert (len(model.identity), len(model.expressions)) == (2, 3)


def test_a_fit_finds_a_known_person_again(model):
    coefficients = np.zeros(len(model.expressions))
    coefficients[:2] = 0.4, 0.3
    pixels, away, turned = misfit(model, coefficients)
    assert pixels < 1.0
    assert away < 3.0
    assert turned < 2.5


def test_such_files_and_no_others_are_recognised(file, tmp_path):
    assert bfm2017.recognises(file)
    other = changed(tmp_path, "shape/model/mean", None)
    other.write_bytes(b"no such file")
    assert not bfm2017.recognises(other)
    assert not bfm2017.recognises(tmp_path)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_field_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"field '{name}'"):
        bfm2017.create(changed(tmp_path, name, WRONG[name]))


@pytest.mark.parametrize("name", WRONG)
def test_a_missing_field_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"field '{name}' is missing"):
        bfm2017.create(changed(tmp_path, name, None))


POINTS = basel.named_points()


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ("[" * 100_000, "is no list of named points"),
        ("3", "is no list"),
        ('[{"id": "center.nose.tip"}]', "is no list"),
        ('[{"id": "center.nose.tip", "coordinates": ["x", 1, 2]}]', "is no list"),
        (json.dumps([p for p in POINTS if p["id"] != "center.nose.tip"]), "no point 'center.nose"),
        (json.dumps([p | {"coordinates": [1.0, 2.0]} for p in POINTS]), "no three coordinates"),
        (json.dumps([p | {"coordinates": [1e999, 2, 3]} for p in POINTS]), "no three coordinates"),
        (json.dumps([p | {"coordinates": [1, 2, 3]} for p in POINTS]), "both eyes in one place"),
    ],
)
def test_named_points_that_are_none_are_refused(tmp_path, points, message):
    with pytest.raises(ModelError, match=f"field 'metadata/landmarks/json' .*{message}"):
        bfm2017.create(changed(tmp_path, "metadata/landmarks/json", points))
