"""Files into which FLAME's arrays have been put, made here array by array."""

import io
import pickle
import subprocess
import sys
import tomllib
import zipfile

import numpy as np
import pytest
from scipy import sparse

from livemask.errors import ModelError, UsageError
from livemask.geometry import rotation_matrix
from livemask.models import flame
from livemask.models.flame_jaw import OPEN, TURNS
from livemask.resources import resource
from tests.models.small_face import misfit, small_face

COUNT = 2700
FACE = small_face(COUNT)
EYE = np.setdiff1d(np.arange(COUNT), FACE.landmarks)[:12]
HINGE = np.array([0.0, 10.0, 5.0])


def arrays():
    """Return the arrays of a small FLAME, in m."""
    rng = np.random.default_rng(5)
    shapes = rng.normal(0.0, 2e-5, (COUNT, 3, 400)).astype(np.float32)
    shapes[:, :, :3] = 1e-3 * np.moveaxis(FACE.identity, 0, 2)
    shapes[:, :, 300] = 1e-3 * FACE.moves["browInnerUp"]
    jaw = np.clip((-45.0 - FACE.mean[:, 1]) / 12.0, 0.0, 1.0)
    weights = np.zeros((COUNT, 5))
    weights[:, 1], weights[:, 2] = 1.0 - jaw, jaw
    weights[EYE] = np.eye(5)[3]
    regressor = np.zeros((5, COUNT))
    base = np.argsort(np.linalg.norm(FACE.mean, axis=1))[:6]
    for row, place in zip(regressor, [np.zeros(3), HINGE, HINGE, HINGE, HINGE], strict=True):
        row[base] = np.linalg.lstsq(  # exact: six vertices span the space
            np.vstack([FACE.mean[base].T, np.ones(6)]), np.append(place, 1.0), rcond=None
        )[0]
    return {
        "v_template": 1e-3 * FACE.mean,
        "shapedirs": shapes,
        "posedirs": rng.normal(0.0, 1e-5, (COUNT, 3, 36)),
        "J_regressor": regressor,
        "kintree_table": np.array([[2**32 - 1, 0, 1, 1, 1], range(5)], np.uint32),
        "weights": weights,
        "f": FACE.triangles.astype(np.uint32),
        **embedding("full_lmk_faces_idx", "full_lmk_bary_coords", FACE.landmarks),
    }


def embedding(faces, shares, points):
    """Return triangles that hold some vertices, and where each lies, near but not at a corner."""
    inside = [np.flatnonzero((FACE.triangles == p).any(1)) for p in points]
    chosen = np.array([found[0] for found in inside])
    corner = FACE.triangles[chosen] == np.asarray(points)[:, None]
    return {faces: chosen, shares: np.where(corner, 0.8, 0.1)}


ARRAYS = arrays()


def written(tmp_path, **changes):
    """Write the file, with some arrays changed, or left out where the change is None."""
    file = tmp_path / "flame.npz"
    np.savez(file, **{k: v for k, v in (ARRAYS | changes).items() if v is not None})
    return file


def posed(arrays, vectors):
    """Return the (n, 3) vertices with the joints turned, by full linear blend skinning.

    A plain twin of what `flame_jaw` does for one joint.
    """
    template = arrays["v_template"]
    turns = [rotation_matrix(np.asarray(v, float)) for v in vectors]
    feature = np.concatenate([(turn - np.eye(3)).ravel() for turn in turns[1:]])
    shape = template + arrays["posedirs"] @ feature
    joints = arrays["J_regressor"] @ template
    parents = arrays["kintree_table"][0].astype(int)
    world = []
    for i, turn in enumerate(turns):
        own = np.eye(4)
        own[:3, :3] = turn
        own[:3, 3] = joints[i] - (joints[parents[i]] if i else 0.0)
        world.append(world[parents[i]] @ own if i else own)
    moved = np.zeros_like(template)
    for joint, matrix, weight in zip(joints, world, arrays["weights"].T, strict=True):
        moved += weight[:, None] * ((shape - joint) @ matrix[:3, :3].T + matrix[:3, 3])
    return moved


def test_m_become_mm_and_components_keep_their_order(tmp_path):
    model = flame.create(written(tmp_path))
    np.testing.assert_allclose(model.mean, FACE.mean, atol=1e-3)
    assert model.identity.shape == (100, COUNT, 3)
    np.testing.assert_allclose(model.identity[:3], FACE.identity, atol=1e-3)
    assert model.expression_names[:4] == ("jawOpen", "jawLeft", "jawRight", "exp_0")
    assert len(model.expression_names) == 53
    np.testing.assert_allclose(model.expressions[3], FACE.moves["browInnerUp"], atol=1e-3)
    assert np.isinf(model.expression_bounds[3:]).all()
    assert (model.expression_sigmas[3:] == 1.0).all()


@pytest.mark.parametrize("asked", [(300, 100), (10**6, 10**6)])
def test_all_components_are_taken_if_asked_for(tmp_path, asked):
    model = flame.create(written(tmp_path), *asked)
    assert len(model.identity) == 300
    assert len(model.expressions) == len(model.expression_names) == 103
    assert len(flame.create(written(tmp_path), 5, 0).expressions) == 3
    with pytest.raises(UsageError, match="cannot take"):
        flame.create(written(tmp_path), *(-n for n in asked))


def test_the_jaw_moves_as_full_skinning_moves_it(tmp_path):
    model = flame.create(written(tmp_path))
    for number, (name, vector) in enumerate(TURNS.items()):
        rest = np.zeros(3)
        expected = posed(ARRAYS, [rest, rest, vector, rest, rest]) - ARRAYS["v_template"]
        assert model.expression_names[number] == name
        np.testing.assert_allclose(model.expressions[number], 1e3 * expected, atol=1e-3)
    assert np.array_equal(model.expression_bounds[:3], np.tile([0.0, 1.0], (3, 1)))


def test_jaw_open_lowers_the_chin_and_aside_moves_it_to_the_side_of_its_name(tmp_path):
    model = flame.create(written(tmp_path))
    opened, left, right = model.expressions[:3, model.landmark_vertices[8]]
    assert opened[1] < -20.0
    assert opened[2] < 0.0
    assert left[0] > 5.0
    assert right[0] < -5.0
    brow = model.expressions[:3, model.landmark_vertices[19]]
    assert np.abs(brow).max() < 1.0


def test_the_place_of_the_jaw_may_be_stored_sparsely(tmp_path):
    thin = sparse.csr_matrix(ARRAYS["J_regressor"])
    parts = {
        "J_regressor_data": thin.data,
        "J_regressor_indices": thin.indices,
        "J_regressor_indptr": thin.indptr,
    }
    model = flame.create(written(tmp_path, J_regressor=None, **parts))
    dense = flame.create(written(tmp_path))
    np.testing.assert_allclose(model.expressions, dense.expressions, atol=1e-6)


def test_corrections_of_poses_may_be_missing(tmp_path):
    model = flame.create(written(tmp_path, posedirs=None))
    still = ARRAYS | {"posedirs": np.zeros((COUNT, 3, 36))}
    expected = posed(still, [np.zeros(3)] * 2 + [(OPEN, 0.0, 0.0)] + [np.zeros(3)] * 2)
    np.testing.assert_allclose(
        model.expressions[0], 1e3 * (expected - ARRAYS["v_template"]), atol=1e-3
    )


def test_a_fit_finds_the_points_that_it_was_given(tmp_path):
    model = flame.create(written(tmp_path))
    coefficients = np.zeros(len(model.expression_names))
    coefficients[0], coefficients[3] = 0.6, 0.5
    pixels, mm, degrees = misfit(model, coefficients)
    assert pixels < 0.7
    assert mm < 2.0
    assert degrees < 2.0


def test_a_full_embedding_tells_the_points_whether_or_not_in_a_batch_of_one(tmp_path):
    model = flame.create(written(tmp_path))
    assert np.array_equal(model.landmark_vertices, FACE.landmarks)
    names = ("full_lmk_faces_idx", "full_lmk_bary_coords")
    batch = {name: ARRAYS[name][None] for name in names}
    again = flame.create(written(tmp_path, **batch))
    assert np.array_equal(again.landmark_vertices, FACE.landmarks)


def without_full(**others):
    return {"full_lmk_faces_idx": None, "full_lmk_bary_coords": None} | others


def turned():
    """Return the outlines of 79 degrees; the first is the face seen from the front."""
    rows = [FACE.landmarks[:17], *([FACE.landmarks[17:34]] * 78)]
    each = [embedding("dynamic_lmk_faces_idx", "dynamic_lmk_bary_coords", row) for row in rows]
    return {name: np.stack([e[name] for e in each]) for name in each[0]}


@pytest.mark.parametrize("names", [("static_lmk_faces_idx", "static_lmk_bary_coords"),
                                   ("lmk_face_idx", "lmk_b_coords")])  # fmt: skip
def test_51_points_take_the_jaw_of_the_face_seen_from_the_front(tmp_path, names):
    inner = embedding(*names, FACE.landmarks[17:])
    model = flame.create(written(tmp_path, **without_full(**inner, **turned())))
    assert np.array_equal(model.landmark_vertices, FACE.landmarks)


def test_68_points_may_have_the_names_of_the_static_embedding(tmp_path):
    inner = embedding("lmk_face_idx", "lmk_b_coords", FACE.landmarks)
    model = flame.create(written(tmp_path, **without_full(**inner)))
    assert np.array_equal(model.landmark_vertices, FACE.landmarks)


def test_another_mesh_without_an_embedding_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"'full_lmk_faces_idx' is missing.*2700 vertices"):
        flame.create(written(tmp_path, **without_full()))
    inner = embedding("lmk_face_idx", "lmk_b_coords", FACE.landmarks[17:])
    with pytest.raises(ModelError, match="'dynamic_lmk_faces_idx' is missing"):
        flame.create(written(tmp_path, **without_full(**inner)))


def test_flames_own_mesh_needs_no_embedding(tmp_path):
    table = tomllib.loads(resource("BFM/flame.toml").read_text("utf-8"))
    count, points = table["vertices"], np.array(table["points"])
    assert len(set(points)) == 68
    order = np.full(count, -1)
    order[points] = FACE.landmarks
    rest = np.setdiff1d(np.arange(COUNT), FACE.landmarks)
    order[order < 0] = np.resize(rest, count - 68)
    number = np.full(COUNT, -1)
    number[order] = np.arange(count)
    changes = {name: ARRAYS[name][order] for name in ("v_template", "shapedirs", "weights")}
    changes["shapedirs"] = changes["shapedirs"][:, :, :301]
    joints = np.zeros((5, count))
    joints[:, points[:2]] = 0.5
    model = flame.create(
        written(
            tmp_path,
            **without_full(),
            **changes,
            posedirs=None,
            J_regressor=joints,
            f=number[FACE.triangles],
        )
    )
    np.testing.assert_allclose(
        model.mean[model.landmark_vertices], FACE.mean[FACE.landmarks], atol=1e-3
    )


def test_the_eyeballs_are_those_that_hang_on_the_joints_of_the_eyes(tmp_path):
    model = flame.create(written(tmp_path))
    assert np.array_equal(model.parts["eyes"], EYE)
    assert (model.face_weight[EYE] == 0.0).all()
    assert len(model.parts["skin"]) == COUNT - len(EYE)


def test_texture_coordinates_count_from_the_top(tmp_path):
    vt = FACE.uv * (1.0, -1.0) + (0.0, 1.0)
    model = flame.create(written(tmp_path, vt=vt, ft=FACE.uv_triangles))
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)
    ours = np.sort(model.uv[model.uv_triangles].reshape(-1, 6), 0)
    theirs = np.sort(FACE.uv[FACE.uv_triangles].reshape(-1, 6), 0)
    np.testing.assert_allclose(ours, theirs, atol=1e-6)


def changed(name, place, value):
    values = np.array(ARRAYS[name], np.float64 if isinstance(value, float) else None)
    values[place] = value
    return values


WRONG = {
    "v_template": [
        np.zeros((COUNT, 3)),
        np.zeros((COUNT, 2)),
        np.zeros((3, 3), int),
        ARRAYS["v_template"] * (-1.0, 1.0, 1.0),
        changed("v_template", (3, 1), np.nan),
    ],
    "shapedirs": [np.zeros((COUNT, 3, 300)), np.zeros((9, 3, 400)), np.full((COUNT, 3, 400), "a")],
    "posedirs": [np.zeros((COUNT, 3, 27)), np.zeros((COUNT, 3, 36), complex)],
    "J_regressor": [np.zeros((5, 9)), np.zeros((24, COUNT)), np.full((5, COUNT), np.inf)],
    "kintree_table": [
        np.zeros((2, 24)),
        np.array([[-1, 0, 0, 1, 1], range(5)]),
        np.array([[-1, 0, 1, 2, 1], range(5)]),
    ],
    "weights": [
        np.zeros((COUNT, 5)),
        np.ones((COUNT, 4)),
        changed("weights", (7, 1), -5.0),
    ],
    "f": [
        changed("f", (2, 1), COUNT),
        np.array([[0, 1, -1]]),
        FACE.triangles.astype(float),
        FACE.triangles.T,
    ],
    "full_lmk_faces_idx": [
        np.arange(67),
        np.full(68, len(FACE.triangles)),
        np.full(68, -1),
        np.zeros((0, 68), int),
    ],
    "full_lmk_bary_coords": [
        np.full((68, 3), 0.5),
        np.full((67, 3), 1 / 3),
        np.tile([-1.0, 1.0, 1.0], (68, 1)),
    ],
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n in WRONG for v in WRONG[n]])
def test_an_array_of_the_wrong_type_size_or_content_is_named(tmp_path, name, value):
    related = {"full_lmk_faces_idx", "full_lmk_bary_coords"}
    with pytest.raises(ModelError) as caught:
        flame.create(written(tmp_path, **{name: value}))
    named = {n for n in ARRAYS if f"'{n}'" in str(caught.value)}
    assert named & (related if name in related else {name})


OPTIONAL = {"posedirs", "full_lmk_faces_idx"}


@pytest.mark.parametrize("name", sorted(ARRAYS.keys() - OPTIONAL))
def test_a_missing_array_is_named(tmp_path, name):
    with pytest.raises(ModelError, match=f"'{name}' is missing"):
        flame.create(written(tmp_path, **{name: None}))


@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("name", ["generic_model.pkl", "flame.npz"])
def test_a_pickle_is_refused_whatever_its_name_and_never_run(tmp_path, name, protocol):
    file = tmp_path / name
    touched = tmp_path / "touched"

    class Trap:
        def __reduce__(self):
            return touched.write_text, ("ran",)

    content = {"v_template": np.zeros((3, 3)), "trap": Trap()}
    file.write_bytes(pickle.dumps(content, protocol))
    with pytest.raises(ModelError, match=r"is a Python pickle.*any code.*BFM/README\.md"):
        flame.create(file)
    assert not touched.exists()


def test_a_pickled_array_within_the_file_is_refused(tmp_path):
    file = written(tmp_path, J_regressor=np.array(sparse.eye(3), object))
    with pytest.raises(ModelError, match="'J_regressor' is broken"):
        flame.create(file)


def test_an_array_that_claims_more_than_it_holds_is_named(tmp_path):
    file = written(tmp_path, shapedirs=None)
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        head, {"descr": "<f8", "fortran_order": False, "shape": (2**40, 3, 400)}
    )
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("shapedirs.npy", head.getvalue())
    with pytest.raises(ModelError, match="'shapedirs' is broken: its shape"):
        flame.create(file)


@pytest.mark.parametrize("length", [0, 3, 100, 50_000, -400])
def test_a_file_that_is_cut_short_is_a_model_error(tmp_path, length):
    whole = written(tmp_path).read_bytes()
    file = tmp_path / "short.npz"
    file.write_bytes(whole[:length])
    with pytest.raises(ModelError, match=r"short\.npz"):
        flame.create(file)
    with pytest.raises(ModelError, match="does not exist"):
        flame.create(tmp_path / "nobody.npz")


def conversion():
    """Return the lines of BFM/README.md that turn the pickle into an .npz file."""
    readme = resource("BFM/README.md").read_text("utf-8")
    return readme.partition("## FLAME")[2].partition("```python\n")[2].partition("```")[0]


@pytest.mark.parametrize("joints", [sparse.csc_matrix, np.asarray])
def test_the_lines_of_the_readme_turn_the_pickle_into_a_file_that_is_read(tmp_path, joints):
    points = ("full_lmk_faces_idx", "full_lmk_bary_coords")
    content = {k: v for k, v in ARRAYS.items() if k not in points}
    content["J_regressor"] = joints(ARRAYS["J_regressor"])
    (tmp_path / "generic_model.pkl").write_bytes(pickle.dumps(content, 2))
    np.save(tmp_path / "landmark_embedding.npy", {k: ARRAYS[k][None] for k in points})
    command = [sys.executable, "-c", conversion(), "generic_model.pkl"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    model = flame.create(tmp_path / "flame2020.npz")
    expected = flame.create(written(tmp_path))
    np.testing.assert_array_equal(model.mean, expected.mean)
    np.testing.assert_allclose(model.expressions, expected.expressions, atol=1e-6)
    assert np.array_equal(model.landmark_vertices, FACE.landmarks)


def test_its_files_are_recognised_and_so_are_pickles_to_be_refused(tmp_path):
    assert flame.recognises(written(tmp_path))
    trap = tmp_path / "model.mat"
    trap.write_bytes(pickle.dumps({"v_template": 1}))
    assert flame.recognises(trap)
    assert not flame.recognises(resource("assets/head.npz"))
    assert not flame.recognises(resource("BFM/flame.toml"))
    assert not flame.recognises(tmp_path)
