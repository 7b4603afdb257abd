import io
import shutil
import zipfile
from functools import cache

import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.landmarks import (
    INNER_LIPS,
    LEFT_EYE,
    MIRROR,
    OUTER_LIPS,
    RIGHT_EYE,
)
from livemask.models import head
from livemask.resources import resource
from tests.heads import shipped

PARTS = ("skin", "eyes", "teeth", "tongue", "mouth")
UPPER, LOWER = [37, 38, 43, 44], [41, 40, 47, 46]  # of the lids, one above the other


@cache
def people():
    return head.performers()


def moved(**coefficients):
    """Return the shipped mean with expressions, (n, 3)."""
    model = shipped()
    expression = np.zeros(len(model.expressions))
    for name, value in coefficients.items():
        expression[model.expression_names.index(name)] = value
    return model.vertices(np.zeros(len(model.identity)), expression)


def marks(vertices):
    return vertices[shipped().landmark_vertices]


def person(seed):
    model = shipped()
    coefficients = np.random.default_rng(seed).normal(size=len(model.identity))
    return model.vertices(coefficients, np.zeros(len(model.expressions)))


def test_it_has_eighty_components_and_the_52_expressions_of_arkit():
    model = shipped()
    assert model.identity.shape == (80, len(model.mean), 3)
    assert len(set(model.expression_names)) == len(model.expressions) == 52
    assert {"jawOpen", "eyeBlinkLeft", "browInnerUp", "tongueOut"} <= set(model.expression_names)
    assert model.expression_names[0] == "eyeBlinkLeft"
    assert (model.expression_bounds == [0.0, 1.0]).all()
    assert ((model.expression_sigmas > 0.0) & (model.expression_sigmas <= 1.0)).all()


def test_its_arrays_are_of_the_types_and_sizes_that_the_record_says():
    model = shipped()
    n = len(model.mean)
    for name in ("mean", "identity", "expressions", "albedo", "face_weight", "uv"):
        assert getattr(model, name).dtype == np.float32, name
        assert np.isfinite(getattr(model, name)).all(), name
    for name in ("triangles", "landmark_vertices", "uv_vertices", "uv_triangles"):
        assert getattr(model, name).dtype == np.int32, name
    assert model.albedo.shape == (n, 3)
    assert model.albedo_components.shape[1:] == (n, 3)
    assert model.face_weight.shape == (n,)
    assert model.triangles.max() == n - 1


def test_its_eyes_are_63_mm_apart_and_look_along_z():
    model = shipped()
    dark = np.flatnonzero(model.albedo.sum(1) < 0.05)
    pupils = np.intersect1d(dark, model.parts["eyes"])
    x = model.mean[pupils, 0]
    assert x[x > 0].mean() - x[x < 0].mean() == pytest.approx(63.0, abs=0.5)
    assert model.mean[model.landmark_vertices[30], 2] > model.mean[pupils, 2].max()


def test_left_is_plus_x_and_up_is_plus_y():
    points = marks(shipped().mean)
    assert points[LEFT_EYE, 0].min() > 0.0 > points[RIGHT_EYE, 0].max()
    assert points[17:27, 1].min() > points[36:48, 1].max() > points[OUTER_LIPS, 1].max()


def test_mean_and_landmarks_are_symmetric():
    points = marks(shipped().mean)
    np.testing.assert_allclose(points[MIRROR] * [-1, 1, 1], points, atol=1e-3)


def test_the_pose_of_a_head_is_not_in_its_components():
    shapes = np.stack([person(seed) for seed in range(30)]) - shipped().mean
    weight = shipped().face_weight
    drift = np.einsum("pvd,v->pd", shapes, weight) / weight.sum()
    assert np.abs(drift).max() < 1.0


def volume(vertices, triangles):
    """Return the volume within a mesh, mm^3: negative if its winding is clockwise."""
    a, b, c = np.moveaxis(vertices[triangles].astype(float), 1, 0)
    return (np.cross(a, b) * c).sum() / 6.0


def test_triangles_are_wound_counter_clockwise_seen_from_outside():
    model = shipped()
    for part in ("skin", "eyes", "teeth", "tongue"):
        inside = np.isin(model.triangles, model.parts[part]).all(1)
        middle = model.mean[model.parts[part]].mean(0)
        assert volume(model.mean - middle, model.triangles[inside]) > 0.0, part


def test_each_vertex_is_in_one_part():
    model = shipped()
    assert tuple(model.parts) == PARTS
    together = np.concatenate(list(model.parts.values()))
    assert np.array_equal(np.sort(together), np.arange(len(model.mean)))


def test_the_face_weight_is_one_on_the_face_and_none_on_ears_crown_and_neck():
    model = shipped()
    inner = model.landmark_vertices[[19, 24, 30, 48, 54, 57]]
    assert (model.face_weight[inner] > 0.95).all()
    y = model.mean[:, 1]
    brows, chin = marks(model.mean)[17:27, 1].max(), marks(model.mean)[8, 1]
    assert model.face_weight[y > brows + 70.0].max() < 0.02
    assert model.face_weight[y < chin - 35.0].max() < 0.02
    assert model.face_weight[np.abs(model.mean[:, 0]) > 78.0].max() < 0.02
    assert model.face_weight[model.parts["eyes"]].max() == 0.0


def test_the_outer_edge_of_the_face_weight_falls_over_several_vertices():
    model = shipped()
    openings = marks(model.mean)[36:]  # eyes and mouth have edges of their own
    sides = np.concatenate([model.triangles[:, [0, 1]], model.triangles[:, [1, 2]]])
    away = np.linalg.norm(model.mean[:, None] - openings, axis=2).min(1) > 15.0
    sides = sides[away[sides].all(1) & np.isin(sides, model.parts["skin"]).all(1)]
    steps = np.abs(np.diff(model.face_weight[sides], axis=1))
    assert 0.05 < steps.max() < 0.3


def test_a_jaw_points_strip_runs_over_it_from_front_to_back():
    model = shipped()
    for point, strip in enumerate(model.contour):
        assert model.landmark_vertices[point] in strip
        assert model.mean[strip[0], 2] > model.mean[strip[-1], 2] + 5.0
        steps = np.linalg.norm(np.diff(model.mean[strip], axis=0), axis=1)
        assert steps.max() < 14.0


def test_strips_left_and_right_mirror_one_another():
    model = shipped()
    for right, left in zip(model.contour[:8], model.contour[:8:-1], strict=True):
        np.testing.assert_allclose(model.mean[right] * [-1, 1, 1], model.mean[left], atol=1e-3)


def test_each_corner_of_a_texture_triangle_belongs_to_the_mesh_triangles_corner():
    model = shipped()
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)
    assert ((model.uv >= 0.0) & (model.uv <= 1.0)).all()
    assert np.array_equal(np.unique(model.uv_vertices), np.arange(len(model.mean)))


def test_a_blink_closes_the_eyes_of_the_mean():
    open_, closed = marks(moved()), marks(moved(eyeBlinkLeft=1.0, eyeBlinkRight=1.0))
    assert (open_[UPPER, 1] - open_[LOWER, 1] > 5.0).all()
    assert (closed[UPPER, 1] - closed[LOWER, 1] < 0.0).all()
    assert (closed[UPPER, 1] - closed[LOWER, 1] > -2.5).all()


def test_a_blink_of_one_eye_leaves_the_other_open():
    closed = marks(moved(eyeBlinkLeft=1.0))
    np.testing.assert_allclose(closed[RIGHT_EYE], marks(moved())[RIGHT_EYE], atol=0.05)


def test_most_people_can_close_their_eyes():
    model = shipped()
    blink = moved(eyeBlinkLeft=1.0, eyeBlinkRight=1.0) - model.mean
    gaps = []
    for seed in range(60):
        closed = marks(person(seed) + blink)
        gaps.append(closed[UPPER, 1] - closed[LOWER, 1])
    assert (np.array(gaps) > 0.5).mean() < 0.10


def test_lips_are_closed_at_rest_in_everyone():
    for vertices in [shipped().mean, *(person(seed) for seed in range(20))]:
        lips = marks(vertices)[INNER_LIPS]
        assert np.abs(lips[2, 1] - lips[6, 1]) < 1.2
        assert np.abs(lips[[1, 3], 1] - lips[[7, 5], 1]).max() < 2.6


def test_an_open_jaw_parts_the_lips_and_lowers_the_chin():
    rest, open_ = marks(moved()), marks(moved(jawOpen=1.0))
    assert rest[8, 1] - open_[8, 1] > 15.0
    assert open_[62, 1] - open_[66, 1] > 15.0


def test_the_lips_stay_closed_when_the_mouth_is_closed():
    lips = marks(moved(mouthClose=1.0))[INNER_LIPS]
    assert np.abs(lips[2, 1] - lips[6, 1]) < 3.0
    assert np.abs(moved(mouthClose=1.0) - moved()).max() < 25.0


def test_a_smile_lifts_the_corner_of_its_side_by_about_a_centimetre():
    rest, smile = marks(moved()), marks(moved(mouthSmileLeft=1.0))
    lift = smile[54] - rest[54]
    assert 7.0 < np.linalg.norm(lift) < 14.0
    assert lift[0] > 0.0
    assert lift[1] > 0.0
    assert np.linalg.norm(smile[48] - rest[48]) < 1.5


@pytest.mark.parametrize("name", [n for n in shipped().expression_names if n.endswith("Left")])
def test_an_expression_moves_its_own_side_most(name):
    model = shipped()
    move = np.linalg.norm(model.expressions[model.expression_names.index(name)], axis=1)
    left = model.mean[:, 0] > 8.0
    right = model.mean[:, 0] < -8.0
    if name in ("jawLeft", "mouthLeft"):  # to the left, with both sides
        assert moved(**{name: 1.0})[model.landmark_vertices[57], 0] > 1.0
    else:
        assert move[left].sum() > 2.0 * move[right].sum()


def test_left_and_right_expressions_mirror_one_another():
    model = shipped()
    index = model.expression_names.index
    for name in model.expression_names:
        if name.endswith("Left") and not name.startswith("eyeLook"):
            left = model.expressions[index(name)][model.landmark_vertices]
            right = model.expressions[index(name[:-4] + "Right")][model.landmark_vertices]
            np.testing.assert_allclose(right[MIRROR] * [-1, 1, 1], left, atol=0.6, err_msg=name)


def test_colours_are_colours():
    model = shipped()
    assert model.albedo.min() >= 0.0
    assert model.albedo.max() <= 1.0
    skin = np.setdiff1d(model.parts["skin"], model.landmark_vertices)
    assert (model.albedo[skin, 0] >= model.albedo[skin, 2]).mean() > 0.99
    teeth = model.albedo[model.parts["teeth"]].max(0)
    assert (teeth > model.albedo[model.parts["mouth"]].mean(0)).all()


def test_performers_are_people_whom_the_components_do_not_hold():
    model = shipped()
    basis = model.identity[:, model.face_weight > 0.5].reshape(len(model.identity), -1).T
    left = []
    for performer in people():
        face = (performer.shape - model.mean)[model.face_weight > 0.5].ravel()
        rest = face - basis @ np.linalg.lstsq(basis, face, rcond=None)[0]
        left.append(np.sqrt(3.0 * np.mean(rest**2)))
        assert np.sqrt(3.0 * np.mean(face**2)) > 1.0  # they are not the mean either
    assert len(left) == 12
    assert min(left) > 0.15
    assert max(left) < 1.0


def test_performers_have_the_models_topology_and_skins_of_their_own():
    for performer in people():
        assert performer.shape.shape == shipped().mean.shape
        assert performer.albedo.shape == shipped().albedo.shape
        assert performer.albedo.max() <= 1.0
    tones = [p.albedo[shipped().landmark_vertices[30]].mean() for p in people()]
    assert max(tones) > 2.5 * min(tones)


def fields_of(file):
    with np.load(file, allow_pickle=False) as archive:
        return {name: archive[name] for name in archive.files}


def broken(tmp_path, **changes):
    """Return a head file with some fields changed, or left out where the change is None."""
    fields = fields_of(resource("assets/head.npz")) | changes
    file = tmp_path / "broken.npz"
    np.savez(file, **{name: values for name, values in fields.items() if values is not None})
    return file


CHANGES = {
    "mean": None,
    "quads": np.full((3862, 4), 60000, np.uint16),
    "identity": np.zeros((80, 7, 3), np.int16),
    "expressions": np.zeros((51, 4315, 3), np.float32),
    "expression_names": np.arange(52),
    "expression_sigmas": np.zeros(52, np.float32),
    "expression_bounds": np.tile(np.float32([1.0, 0.0]), (52, 1)),
    "landmark_vertices": np.full(68, -1, np.int32),
    "contour_lengths": np.full(17, -3, np.int32),
    "face_weight": np.zeros(12, np.uint8),
    "albedo": np.zeros((5, 3), np.int16),
    "uv_quads": np.zeros((3, 4), np.uint16),
    "parts": np.full(4, 9, np.uint8),
    "step": np.float64(np.nan),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_wrong_field_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=name):
        head.create(broken(tmp_path, **{name: CHANGES[name]}))


def test_a_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"nobody\.npz does not exist"):
        head.create(tmp_path / "nobody.npz")


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_that_is_cut_short_is_a_model_error(tmp_path, share):
    whole = resource("assets/head.npz").read_bytes()
    file = tmp_path / "short.npz"
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(ModelError, match=r"short\.npz"):
        head.create(file)


def test_a_file_with_flipped_bits_is_a_model_error_or_loads(tmp_path):
    whole = bytearray(resource("assets/head.npz").read_bytes())
    rng = np.random.default_rng(0)
    refused = 0
    for _ in range(20):
        flipped = whole.copy()
        flipped[rng.integers(len(flipped))] ^= 0xFF
        file = tmp_path / "flipped.npz"
        file.write_bytes(flipped)
        try:
            head.create(file)
        except ModelError:
            refused += 1
    assert refused > 10  # zip's checksums see most of them


def test_a_pickle_in_a_file_is_refused(tmp_path):
    file = tmp_path / "pickle.npz"
    shutil.copy(resource("assets/head.npz"), file)
    content = io.BytesIO()
    np.lib.format.write_array(content, np.array([{}], object), allow_pickle=True)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("extra.npy", content.getvalue())
    with pytest.raises(ModelError, match="extra"):
        head.create(file)


def test_the_shipped_files_are_small_and_hold_no_pickles():
    assert resource("assets/head.npz").stat().st_size < 8 * 2**20
    assert resource("assets/performers.npz").stat().st_size < 2 * 2**20
    for name in ("head", "performers"):
        for values in fields_of(resource(f"assets/{name}.npz")).values():
            assert values.dtype.kind in "iufU"
