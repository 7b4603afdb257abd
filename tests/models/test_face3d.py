import numpy as np
import pytest
import scipy.io

from livemask.errors import ModelError
from livemask.landmarks import eye_distance
from livemask.models import face3d
from livemask.models.conventions import outward
from tests.heads import shipped

CHANGES = {
    "shapeMU": np.zeros((31, 1)),
    "shapePC": np.zeros((9, 3)),
    "shapeEV": np.zeros((3, 1)),
    "expMU": np.zeros((9, 1)),
    "expPC": np.array([["text"]]),
    "expEV": np.full((2, 1), -1.0),
    "texMU": np.zeros((9, 1)),
    "texPC": np.full((3, 2), np.nan),
    "texEV": np.ones((2, 2)),
    "tri": np.full((3, 4), 10**7),
    "kpt_ind": np.arange(67)[None] + 1,
}


def face():
    """Return the face of the shipped head as a small model of the family, in micrometres."""
    model = shipped()
    kept = np.union1d(np.flatnonzero(model.face_weight > 0.05), model.landmark_vertices)
    number = np.full(len(model.mean), -1)
    number[kept] = np.arange(len(kept))
    triangles = number[model.triangles]
    triangles = triangles[(triangles >= 0).all(1)]
    rng = np.random.default_rng(4)
    sigmas = np.array([[3.0e5], [1.0e5], [0.5e5]])
    moves = 1000.0 * model.expressions[[17, 23]][:, kept].reshape(2, -1).T
    return {
        "shapeMU": 1000.0 * model.mean[kept].reshape(-1, 1) - 7.0,
        "shapePC": 1000.0 * model.identity[:3][:, kept].reshape(3, -1).T / sigmas.T,
        "shapeEV": sigmas,
        "expMU": np.full((3 * len(kept), 1), 7.0),
        "expPC": moves.astype(np.float64),
        "expEV": np.array([[0.5], [0.25]]),
        "texMU": rng.uniform(60.0, 200.0, (3 * len(kept), 1)),
        "texPC": rng.normal(0.0, 0.01, (3 * len(kept), 2)),
        "texEV": np.array([[900.0], [300.0]]),
        "tri": triangles.T + 1.0,
        "kpt_ind": number[model.landmark_vertices][None] + 1.0,
    }


FACE = face()


def written(tmp_path, **changes):
    """Write the face, with some fields changed, or left out where the change is None."""
    fields = {k: v for k, v in (FACE | changes).items() if v is not None}
    file = tmp_path / "face.mat"
    scipy.io.savemat(file, {"model": fields}, do_compression=True)
    return file


def test_it_makes_mm_of_micrometres(tmp_path):
    model = face3d.create(written(tmp_path))
    expected = FACE["shapeMU"].reshape(-1, 3) / 1000.0 + 0.007
    np.testing.assert_allclose(model.mean, expected, atol=1e-3)


@pytest.mark.parametrize("unit", [1.0, 1e-2, 1e-3, 1e-6])
def test_it_makes_mm_of_other_units(tmp_path, unit):
    scaled = {name: unit * FACE[name] for name in ("shapeMU", "expMU", "shapePC", "expPC")}
    model = face3d.create(written(tmp_path, **scaled))
    assert 60.0 < eye_distance(model.mean[model.landmark_vertices]) < 120.0
    np.testing.assert_allclose(
        model.expressions, face3d.create(written(tmp_path)).expressions, atol=1e-3
    )


def test_the_mean_of_the_expressions_belongs_to_the_mean(tmp_path):
    still = face3d.create(written(tmp_path, expMU=0.0 * FACE["expMU"]))
    shifted = face3d.create(written(tmp_path, expMU=5000.0 + 0.0 * FACE["expMU"]))
    np.testing.assert_allclose(shifted.mean, still.mean + 5.0, atol=1e-3)


def test_an_identity_coefficient_counts_standard_deviations(tmp_path):
    model = face3d.create(written(tmp_path))
    raw = FACE["shapePC"][:, 1] * FACE["shapeEV"][1] / 1000.0
    np.testing.assert_allclose(model.identity[1].ravel(), raw, atol=1e-3)
    np.testing.assert_allclose(model.identity_sigmas, FACE["shapeEV"].ravel())


def test_its_expressions_are_signed_and_have_the_prior_of_the_file(tmp_path):
    model = face3d.create(written(tmp_path))
    assert model.expression_names == ("exp_0", "exp_1")
    assert np.isneginf(model.expression_bounds[:, 0]).all()
    assert np.isposinf(model.expression_bounds[:, 1]).all()
    np.testing.assert_allclose(model.expression_sigmas, [0.5, 0.25])
    np.testing.assert_allclose(
        model.expressions[0].ravel(), FACE["expPC"][:, 0] / 1000.0, atol=1e-4
    )


def test_indices_count_from_one_in_the_file_only(tmp_path):
    model = face3d.create(written(tmp_path))
    assert np.array_equal(model.landmark_vertices, FACE["kpt_ind"].ravel() - 1)
    assert model.triangles.min() == 0
    assert model.triangles.max() == len(model.mean) - 1


@pytest.mark.parametrize("clockwise", [False, True])
def test_triangles_come_out_counter_clockwise_whichever_way_they_are_stored(tmp_path, clockwise):
    stored = FACE["tri"][::-1] if clockwise else FACE["tri"]
    for shape in (stored, stored.T):
        model = face3d.create(written(tmp_path, tri=shape))
        normals = model.normals(model.mean)
        assert normals[model.landmark_vertices[30], 2] > 0.5


@pytest.mark.parametrize("clockwise", [False, True])
def test_the_triangles_of_a_whole_head_with_eyeballs_come_out_right_too(clockwise):
    head = shipped()
    stored = head.triangles[:, ::-1] if clockwise else head.triangles
    assert np.array_equal(outward(head.mean, stored), head.triangles)


def test_colours_become_linear(tmp_path):
    grey = np.full_like(FACE["texMU"], 188.0)  # half the light, coded
    model = face3d.create(written(tmp_path, texMU=grey))
    np.testing.assert_allclose(model.albedo, 0.503, atol=0.001)
    brighter = face3d.create(
        written(tmp_path, texMU=grey + FACE["texPC"][:, :1] * FACE["texEV"][0])
    )
    assert np.abs(model.albedo + model.albedo_components[0] - brighter.albedo).mean() < 0.003
    assert np.abs(model.albedo_components[0]).mean() > 0.02


def test_its_face_weight_covers_the_inner_face_and_fades_to_the_rim(tmp_path):
    model = face3d.create(written(tmp_path))
    assert (model.face_weight[model.landmark_vertices[36:60]] > 0.95).all()
    assert model.face_weight[model.landmark_vertices[[0, 16]]].max() < 0.3
    assert model.face_weight[model.mean[:, 1].argmax()] == 0.0


def test_what_the_file_does_not_know_is_computed(tmp_path):
    model = face3d.create(written(tmp_path))
    assert all(len(strip) > 3 for strip in model.contour)
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)
    assert np.array_equal(model.parts["skin"], np.arange(len(model.mean)))
    assert len(model.parts["eyes"]) == 0


def test_numbers_may_be_stored_as_integers_or_as_float32(tmp_path):
    changes = {
        "tri": FACE["tri"].astype(np.int32),
        "kpt_ind": FACE["kpt_ind"].astype(np.uint16).T,
        "shapePC": FACE["shapePC"].astype(np.float32),
    }
    model = face3d.create(written(tmp_path, **changes))
    np.testing.assert_allclose(model.mean, face3d.create(written(tmp_path)).mean)


@pytest.mark.parametrize("name", CHANGES)
def test_a_field_of_the_wrong_type_or_size_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"'{name}'"):
        face3d.create(written(tmp_path, **{name: CHANGES[name]}))


@pytest.mark.parametrize("name", CHANGES)
def test_a_missing_field_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"'{name}' is missing"):
        face3d.create(written(tmp_path, **{name: None}))


@pytest.mark.parametrize("content", [{"other": 1.0}, {"model": np.ones(3)}])
def test_a_file_without_the_struct_is_refused(tmp_path, content):
    file = tmp_path / "other.mat"
    scipy.io.savemat(file, content)
    with pytest.raises(ModelError, match="'model'"):
        face3d.create(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"nobody\.mat does not exist"):
        face3d.create(tmp_path / "nobody.mat")


@pytest.mark.parametrize("length", [0, 60, 127, 200, 5000, 100_000, -10])
def test_a_file_that_is_cut_short_is_a_model_error(tmp_path, length):
    whole = written(tmp_path).read_bytes()
    file = tmp_path / "short.mat"
    file.write_bytes(whole[:length])
    with pytest.raises(ModelError, match="'model'"):
        face3d.create(file)


def test_rubbish_is_a_model_error(tmp_path):
    rng = np.random.default_rng(3)
    whole = written(tmp_path).read_bytes()
    for _ in range(15):
        rubbish = bytearray(whole)
        for place in rng.integers(0, 3000, 4):
            rubbish[place] = rng.integers(256)
        file = tmp_path / "rubbish.mat"
        file.write_bytes(rubbish)
        with pytest.raises(ModelError):
            face3d.create(file)
