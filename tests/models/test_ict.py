"""Folders as ICT-FaceKit lays them out, made here file by file."""

import json
from itertools import pairwise

import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.models import ict
from tests.models.small_face import misfit, small_face

FACE = small_face(2700)
COUNT = 2700
NAMES = {
    "jawOpen": "jawOpen",
    "mouthSmile_L": "mouthSmileLeft",
    "mouthSmile_R": "mouthSmileRight",
    "eyeBlink_L": "eyeBlinkLeft",
    "eyeBlink_R": "eyeBlinkRight",
}
BROW = FACE.moves["browInnerUp"]
LEFT = (FACE.mean[:, :1] > 0.0).astype(float)


def faces():
    """Return quads where two triangles of the shipped head are halves of one."""
    pairs = np.hstack([FACE.triangles, FACE.uv_triangles])
    found, i = [], 0
    while i < len(pairs):
        a, b = pairs[i], pairs[min(i + 1, len(pairs) - 1)]
        whole = i + 1 < len(pairs) and (a[[0, 2, 3, 5]] == b[[0, 1, 3, 4]]).all()
        corners = [*zip(a[:3], a[3:], strict=True)] + ([(b[2], b[5])] if whole else [])
        found.append("f " + " ".join(f"{v + 1}/{t + 1}" for v, t in corners))
        i += 1 + whole
    return found


FACES = faces()


def obj(points, lines=(), uv=()):
    """Return the text of a mesh in cm; `uv` counts from the bottom left corner."""
    text = ["mtllib ICTFaceModelMaterial.mtl"]
    text += [f"v {x:.12f} {y:.12f} {z:.12f}" for x, y, z in 0.1 * points]
    text += [f"vt {u:.6f} {v:.6f}" for u, v in uv]
    return "\n".join([*text, *lines, ""])


def folder(tmp_path, **files):
    """Write the model's folder; `files` replace what is in it (None: leave it out)."""
    place = tmp_path / "FaceXModel"
    place.mkdir(exist_ok=True)
    moves = {name: FACE.moves[own] for name, own in NAMES.items()}
    moves |= {"browInnerUp_L": LEFT * BROW, "browInnerUp_R": (1.0 - LEFT) * BROW}
    table = {
        "expressions": list(moves),
        "idx_to_landmark_verts": FACE.landmarks.tolist(),
    }
    uv = FACE.uv * (1.0, -1.0) + (0.0, 1.0)
    texts = {"vertex_indices.json": json.dumps(table)}
    texts["generic_neutral_mesh.obj"] = obj(FACE.mean, FACES, uv)
    texts |= {f"{name}.obj": obj(FACE.mean + move) for name, move in moves.items()}
    texts |= {f"identity{i:03d}.obj": obj(FACE.mean + d) for i, d in enumerate(FACE.identity)}
    for name, text in (texts | files).items():
        if text is not None:
            (place / name).write_text(text, "utf-8")
    return place


def table(**changes):
    """Return the table's text with some fields changed, or left out where None."""
    names = [*NAMES, "browInnerUp_L", "browInnerUp_R"]
    whole = {"expressions": names, "idx_to_landmark_verts": FACE.landmarks.tolist()} | changes
    return json.dumps({k: v for k, v in whole.items() if v is not None})


def test_cm_become_mm_and_each_file_a_displacement(tmp_path):
    model = ict.create(folder(tmp_path))
    np.testing.assert_allclose(model.mean, FACE.mean, atol=1e-3)
    np.testing.assert_allclose(model.identity, FACE.identity, atol=1e-3)
    np.testing.assert_array_equal(model.identity_sigmas, 1.0)
    assert np.array_equal(model.landmark_vertices, FACE.landmarks)
    for ours, name in zip(model.expressions, model.expression_names, strict=True):
        np.testing.assert_allclose(ours, FACE.moves[name], atol=1e-3)


def test_expressions_get_the_names_of_arkit_and_go_from_0_to_1(tmp_path):
    model = ict.create(folder(tmp_path))
    assert set(model.expression_names) == {*NAMES.values(), "browInnerUp"}
    np.testing.assert_array_equal(model.expression_bounds, np.tile([0.0, 1.0], (6, 1)))
    sigmas = dict(zip(model.expression_names, model.expression_sigmas, strict=True))
    assert sigmas["jawOpen"] == pytest.approx(0.6)
    assert sigmas["browInnerUp"] == pytest.approx(0.4)


def test_the_halves_of_a_brow_raiser_add_up_to_the_whole(tmp_path):
    model = ict.create(folder(tmp_path))
    place = model.expression_names.index("browInnerUp")
    np.testing.assert_allclose(model.expressions[place], BROW, atol=1e-3)


def test_one_half_alone_keeps_its_side(tmp_path):
    names = [*NAMES, "browInnerUp_L"]
    model = ict.create(folder(tmp_path, **{"vertex_indices.json": table(expressions=names)}))
    assert "browInnerUpLeft" in model.expression_names


def test_the_folder_around_it_and_the_table_in_it_lead_to_the_model_too(tmp_path):
    place = folder(tmp_path)
    for file in (tmp_path, place / "vertex_indices.json"):
        np.testing.assert_array_equal(ict.create(file).mean, ict.create(place).mean)


def test_quads_become_triangles_that_look_outward(tmp_path):
    assert sum(line.count("/") == 4 for line in FACES) > 0.9 * len(FACES)
    model = ict.create(folder(tmp_path))
    assert len(model.triangles) == len(FACE.triangles)
    assert model.normals(model.mean)[model.landmark_vertices[30], 2] > 0.5


def test_texture_coordinates_count_from_the_top_and_follow_the_seams(tmp_path):
    model = ict.create(folder(tmp_path))
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)
    theirs = FACE.uv[FACE.uv_triangles].reshape(-1, 6)
    ours = model.uv[model.uv_triangles].reshape(-1, 6)
    np.testing.assert_allclose(np.sort(ours, 0), np.sort(theirs, 0), atol=1e-5)


def test_tiles_beside_the_first_are_packed_into_one_picture(tmp_path):
    uv = FACE.uv * (3.0, -1.0) + (0.0, 1.0)
    wide = obj(FACE.mean, FACES, uv)
    model = ict.create(folder(tmp_path, **{"generic_neutral_mesh.obj": wide}))
    tiles = np.ceil(uv[:, 0].max())
    assert tiles == 3.0
    assert model.uv[:, 0].max() == pytest.approx(uv[:, 0].max() / tiles, abs=1e-5)


def test_a_mesh_without_texture_coordinates_gets_some(tmp_path):
    bare = [" ".join(c.split("/")[0] for c in line.split(" ")) for line in FACES]
    model = ict.create(folder(tmp_path, **{"generic_neutral_mesh.obj": obj(FACE.mean, bare)}))
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)
    assert len(model.triangles) == len(FACE.triangles)


def test_a_fit_finds_the_points_that_it_was_given(tmp_path):
    model = ict.create(folder(tmp_path))
    coefficients = np.zeros(len(model.expression_names))
    coefficients[model.expression_names.index("jawOpen")] = 0.6
    coefficients[model.expression_names.index("browInnerUp")] = 0.4
    pixels, mm, degrees = misfit(model, coefficients)
    assert pixels < 0.7
    assert mm < 2.0
    assert degrees < 2.0


def with_eyes(tmp_path, monkeypatch):
    """Return a model whose last 50 vertices are 20 of an eye and a shell before it."""
    monkeypatch.setattr(ict, "VERTICES", COUNT + 50)
    monkeypatch.setattr(ict, "KEPT", COUNT + 20)
    ranges = {"skin": ((0, 100), (200, COUNT)), "mouth": ((100, 200),)}
    monkeypatch.setattr(ict, "RANGES", ranges | {"eyes": ((COUNT, COUNT + 20),)})
    more = np.tile(FACE.mean[FACE.landmarks[36]], (50, 1)) + np.arange(150).reshape(50, 3) % 7
    lines = [*FACES, *(f"f {i}/1 {i + 1}/1 {i + 2}/1" for i in range(COUNT + 1, COUNT + 49))]
    mean = np.vstack([FACE.mean, more])
    texts = {"generic_neutral_mesh.obj": obj(mean, lines, FACE.uv)}
    for name in [*NAMES, "browInnerUp_L", "browInnerUp_R", *(f"identity00{i}" for i in range(3))]:
        texts[f"{name}.obj"] = obj(1.01 * mean)
    return ict.create(folder(tmp_path, **texts))


def test_of_the_published_mesh_the_parts_are_known_and_shells_left_out(tmp_path, monkeypatch):
    model = with_eyes(tmp_path, monkeypatch)
    assert len(model.mean) == COUNT + 20
    assert model.expressions.shape == (6, COUNT + 20, 3)
    assert model.triangles.max() == COUNT + 19
    assert np.array_equal(model.parts["eyes"], np.arange(COUNT, COUNT + 20))
    assert np.array_equal(model.parts["mouth"], np.arange(100, 200))
    assert (model.face_weight[model.parts["eyes"]] == 0.0).all()
    assert (model.face_weight[model.parts["mouth"]] == 0.0).all()
    assert (model.face_weight[model.landmark_vertices[30:36]] > 0.9).all()


def test_the_ranges_of_parts_cover_each_vertex_that_is_kept_once():
    ends = sorted(pair for ranges in ict.RANGES.values() for pair in ranges)
    assert ends[0][0] == 0
    assert ends[-1][1] == ict.KEPT < ict.VERTICES
    assert all(a[1] == b[0] for a, b in pairwise(ends))


TABLES = [
    (table(idx_to_landmark_verts=None), "'idx_to_landmark_verts' has 0 points"),
    (table(idx_to_landmark_verts=list(range(67))), "has 67 points, expected 68"),
    (table(idx_to_landmark_verts=[COUNT] * 68), f"points to {COUNT}, allowed 0 to {COUNT - 1}"),
    (table(idx_to_landmark_verts=[-1] * 68), "points to -1"),
    (table(idx_to_landmark_verts=[1.5] * 68), r"points to 1\.5"),
    (table(idx_to_landmark_verts="many"), "'idx_to_landmark_verts' is a str, not a list"),
    (table(expressions=None), "'expressions' is empty or missing"),
    (
        table(expressions=["jawOpen", "jawOpen"]),
        "'expressions' has 'jawOpen', which is no name or one",
    ),
    (table(expressions=["../../secret"]), r"'expressions' has '\.\./\.\./secret'"),
    (table(expressions=["/etc/passwd"]), "'expressions' has '/etc/passwd'"),
    (table(expressions=["jawOpen\n"]), "'expressions' has"),
    (table(expressions=[3]), "'expressions' has 3"),
    ("[]", "holds a list"),
    ("{", "not a readable table"),
    ("[" * 99_999, "not a readable table"),
    ('{"expressions": "' + "a" * 2**20 + '"}', r"has \d+ bytes; a model's has"),
]


@pytest.mark.parametrize(("text", "message"), TABLES, ids=[m for _, m in TABLES])
def test_a_wrong_table_is_named(tmp_path, text, message):
    with pytest.raises(ModelError, match=rf"vertex_indices\.json.*{message}"):
        ict.create(folder(tmp_path, **{"vertex_indices.json": text}))


MESHES = [
    ("generic_neutral_mesh.obj", None, "does not exist"),
    ("generic_neutral_mesh.obj", obj(FACE.mean, ["f 1 2 99999"]), "'f' points to 99999"),
    ("generic_neutral_mesh.obj", obj(FACE.mean), "'f' joins no vertices"),
    ("generic_neutral_mesh.obj", obj(0.0 * FACE.mean, FACES, FACE.uv), "eyes in one place"),
    ("generic_neutral_mesh.obj", "", "points to"),
    ("identity000.obj", None, "'identity000.obj' is missing"),
    ("identity001.obj", obj(FACE.mean[:-1]), "'v' has 2699 vertices, the neutral mesh 2700"),
    ("identity002.obj", "v 1 2\n", "'v' is not 3 numbers"),
    ("jawOpen.obj", None, "does not exist"),
    ("jawOpen.obj", obj(FACE.mean)[:-2000], "'v'"),
    ("eyeBlink_L.obj", obj(FACE.mean * np.nan), "'v' holds numbers that are not finite"),
]


@pytest.mark.parametrize(("name", "text", "message"), MESHES)
def test_a_wrong_or_missing_mesh_is_named(tmp_path, name, text, message):
    with pytest.raises(ModelError, match=message) as caught:
        ict.create(folder(tmp_path, **{name: text}))
    assert name in str(caught.value) or "points to" in message


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path):
    outside = tmp_path / "elsewhere.obj"
    outside.write_text(obj(FACE.mean), "utf-8")
    place = folder(tmp_path, **{"jawOpen.obj": None})
    (place / "jawOpen.obj").symlink_to(outside)
    with pytest.raises(ModelError, match=r"jawOpen\.obj leads out of the folder"):
        ict.create(place)


def test_a_folder_of_something_else_is_refused(tmp_path):
    for file in (tmp_path, tmp_path / "nobody"):
        with pytest.raises(ModelError, match=r"'vertex_indices\.json' is missing"):
            ict.create(file)


def test_its_folder_is_recognised_and_others_are_not(tmp_path):
    place = folder(tmp_path)
    for file in (place, tmp_path, place / "vertex_indices.json"):
        assert ict.recognises(file)
    for file in (place / "jawOpen.obj", tmp_path.parent, tmp_path / "nobody"):
        assert not ict.recognises(file)


def test_its_files_are_all_that_are_read(tmp_path):
    place = folder(tmp_path)
    assert set(ict.files(tmp_path)) == set(place.iterdir())
