import numpy as np
import pytest
import scipy.io

from livemask.errors import ModelError
from livemask.models import bfm2009
from tests.models import basel
from tests.models.basel import ALL, COUNT, FACE, MOVES, OF_ALL, OF_PART, PART, SIGMAS
from tests.models.small_face import misfit

WRONG = {
    "shapeMU": np.zeros((31, 1)),
    "shapePC": np.zeros((9, 3)),
    "shapeEV": np.array([[1.0], [-1.0], [1.0]]),
    "texMU": np.zeros((9, 1)),
    "texPC": np.full((3 * ALL, 4), np.nan),
    "texEV": np.ones((2, 2)),
    "trimIndex": np.full((PART, 1), ALL + 1),
    "idx": np.full((COUNT, 1), 0),
    "tri": np.full((4, 3), COUNT + 1),
    "keypoints": np.arange(1, 68)[None],
}
WRONG_READY = {
    "meanshape": np.array([["text"]]),
    "idBase": np.zeros((9, 3)),
    "exBase": np.full((3 * COUNT, 2), np.inf),
    "meantex": np.zeros((1, 9)),
    "texBase": np.zeros((3, 3 * COUNT)),
    "tri": np.full((4, 3), 1.5),
    "keypoints": np.full((1, 68), 5),
}


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    return basel.write_parts(tmp_path_factory.mktemp("parts"))


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    return basel.write_ready(tmp_path_factory.mktemp("ready"))


@pytest.mark.parametrize("kind", ["parts", "ready"])
def test_both_layouts_give_the_face_that_was_written(kind, request):
    model = bfm2009.create(request.getfixturevalue(kind))
    np.testing.assert_allclose(model.mean, FACE.mean, atol=1e-3)
    np.testing.assert_allclose(model.identity, FACE.identity, atol=1e-3)
    np.testing.assert_allclose(model.expressions, MOVES, atol=1e-3)
    assert np.array_equal(model.landmark_vertices, FACE.landmarks)
    assert np.array_equal(np.sort(model.triangles, 1), np.sort(FACE.triangles, 1))
    assert (model.expression_sigmas == 1.0).all()
    assert np.isinf(model.expression_bounds).all()


def test_deviations_are_reported_as_the_parts_give_them(parts):
    np.testing.assert_allclose(bfm2009.create(parts).identity_sigmas, SIGMAS)


def test_both_layouts_give_the_same_colours(parts, ready):
    first, second = bfm2009.create(parts), bfm2009.create(ready)
    np.testing.assert_allclose(first.albedo, second.albedo, atol=1e-5)
    np.testing.assert_allclose(first.albedo_components, second.albedo_components, atol=1e-5)
    coded = basel.COLOURS / 255.0
    np.testing.assert_allclose(first.albedo, ((coded + 0.055) / 1.055) ** 2.4, atol=1e-4)


@pytest.mark.parametrize("kind", ["parts", "ready"])
def test_the_nose_faces_ahead_whichever_way_triangles_are_wound(kind, request, tmp_path):
    write = basel.write_parts if kind == "parts" else basel.write_ready
    for tri in (FACE.triangles + 1, FACE.triangles[:, ::-1] + 1):
        model = bfm2009.create(write(tmp_path / kind, tri=tri))
        assert model.normals(model.mean)[FACE.landmarks[30], 2] > 0.5


def test_a_fit_finds_a_known_person_again(parts):
    model = bfm2009.create(parts)
    coefficients = np.zeros(len(model.expressions))
    coefficients[:2] = 0.4, 0.3
    pixels, away, turned = misfit(model, coefficients)
    assert pixels < 1.0
    assert away < 3.0
    assert turned < 2.5


def test_a_folder_its_model_and_a_ready_file_are_recognised(parts, ready, tmp_path):
    for path in (parts, parts / "01_MorphableModel.mat", ready, ready.parent):
        assert bfm2009.recognises(path)
    other = tmp_path / "other.mat"
    scipy.io.savemat(other, {"model": {"a": 1.0}})
    for path in (other, tmp_path, tmp_path / "missing", parts / "std_exp.txt"):
        assert not bfm2009.recognises(path)


def test_the_model_in_a_folder_and_a_folder_with_the_ready_file_may_be_named(parts, ready):
    assert len(bfm2009.create(parts / "01_MorphableModel.mat").mean) == COUNT
    assert len(bfm2009.create(ready.parent).mean) == COUNT


def test_no_more_components_are_taken_than_are_of_use(parts, monkeypatch):
    monkeypatch.setattr(bfm2009, "IDENTITY", 2)
    monkeypatch.setattr(bfm2009, "EXPRESSIONS", 3)
    monkeypatch.setattr(bfm2009, "COLOURS", 1)
    model = bfm2009.create(parts)
    assert (len(model.identity), len(model.expressions), len(model.albedo_components)) == (2, 3, 1)
    assert len(model.identity_sigmas) == 2


def uv_of(count):
    rng = np.random.default_rng(count)
    return np.column_stack([rng.uniform(0.0, 1.0, (count, 2)), np.zeros(count)])


@pytest.mark.parametrize(
    ("count", "rows"), [(ALL, OF_ALL[OF_PART]), (PART, OF_PART), (COUNT, np.arange(COUNT))]
)
@pytest.mark.parametrize("kind", ["parts", "ready"])
def test_texture_coordinates_that_lie_beside_are_used(tmp_path, kind, count, rows):
    folder = basel.write_parts(tmp_path / "bfm")
    path = folder if kind == "parts" else basel.write_ready(folder)
    uv = uv_of(count)
    scipy.io.savemat(folder / "BFM_UV.mat", {"UV": uv})
    model = bfm2009.create(path)
    np.testing.assert_allclose(model.uv[:, 0], uv[rows, 0], atol=1e-6)
    np.testing.assert_allclose(model.uv[:, 1], 1.0 - uv[rows, 1], atol=1e-6)
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)


@pytest.mark.parametrize("uv", [uv_of(77), np.ones((COUNT, 5)), 300.0 * uv_of(COUNT), "text"])
def test_texture_coordinates_that_do_not_fit_are_named(tmp_path, uv):
    folder = basel.write_ready(tmp_path).parent
    scipy.io.savemat(folder / "BFM_UV.mat", {"UV": uv})
    with pytest.raises(ModelError, match=r"BFM_UV\.mat: field 'UV'"):
        bfm2009.create(folder)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_field_of_the_parts_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"field '{name}'"):
        bfm2009.create(basel.write_parts(tmp_path, **{name: WRONG[name]}))


@pytest.mark.parametrize("name", WRONG)
def test_a_missing_field_of_the_parts_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"field '{name}' is missing"):
        bfm2009.create(basel.write_parts(tmp_path, **{name: None}))


@pytest.mark.parametrize("name", WRONG_READY)
def test_a_wrong_field_of_the_ready_file_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"field '{name}'"):
        bfm2009.create(basel.write_ready(tmp_path, **{name: WRONG_READY[name]}))


@pytest.mark.parametrize("name", sorted(WRONG_READY.keys() - {"meanshape", "idBase"}))
def test_a_missing_field_of_the_ready_file_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"field '{name}' is missing"):
        bfm2009.create(basel.write_ready(tmp_path, **{name: None}))


@pytest.mark.parametrize("name", bfm2009.PARTS)
def test_a_missing_file_of_the_parts_is_named(tmp_path, name):
    folder = basel.write_parts(tmp_path)
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name):
        bfm2009.create(folder)


@pytest.mark.parametrize("name", bfm2009.PARTS)
@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_a_file_of_the_parts_that_is_cut_short_is_named(tmp_path, name, share):
    file = basel.write_parts(tmp_path) / name
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ModelError, match=name):
        bfm2009.create(tmp_path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"expPC": basel.expression_bytes(2**30)}, r"field 'exp_dim' is 1073741824"),
        ({"expPC": basel.expression_bytes(-1)}, r"field 'exp_dim' is -1"),
        ({"expPC": basel.expression_bytes()[:-4] + b"\0\0\x80\x7f"}, r"field 'expPC' .*finite"),
        ({"std_exp": "1 2 three 4 5 6"}, r"field 'std_exp' is no list of numbers"),
        ({"std_exp": "1 2"}, r"field 'std_exp' has 2 numbers, expected 6"),
        ({"std_exp": "1 2 3 4 5 nan"}, r"field 'std_exp' holds standard deviations"),
        ({"std_exp": "1 2 3 4 5 -6"}, r"field 'std_exp' holds standard deviations"),
        ({"std_exp": "1 2 3 4 5 \u0665"}, r"field 'std_exp' is no list"),
    ],
)
def test_expressions_that_are_not_what_they_must_be_are_named(tmp_path, changes, message):
    with pytest.raises(ModelError, match=message):
        bfm2009.create(basel.write_parts(tmp_path, **changes))
