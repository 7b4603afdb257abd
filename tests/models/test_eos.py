"""Files as eos writes them, made here field by field."""

import json
import struct
import tomllib
import tracemalloc

import numpy as np
import pytest

from livemask.errors import ModelError
from livemask.models import eos
from livemask.resources import resource
from tests.models.small_face import misfit, small_face

COUNT = 3448  # vertices of the public Surrey model
TABLE = tomllib.loads(resource("BFM/surrey.toml").read_text("utf-8"))
SIGMAS = np.array([30.0, 20.0, 5.0])


def surrey():
    """Return the face with the points and the outline where the Surrey model has them.

    Also where each of its vertices was in `small_face`.
    """
    face = small_face(COUNT)
    taken = {to: face.landmarks[i] for i, to in enumerate(TABLE["points"]) if to >= 0}
    for side, points in (("right", slice(0, 9)), ("left", slice(16, 7, -1))):
        outline = TABLE[f"{side}_contour"]
        along = np.linspace(0.0, 8.0, len(outline) + 1)[:-1]
        line = face.mean[face.landmarks[points]]
        for to, place in zip(outline, along, strict=True):
            i = int(place)
            wanted = line[i] + (place - i) * (line[i + 1] - line[i])
            near = np.argsort(np.linalg.norm(face.mean - wanted, axis=1))
            taken[to] = next(v for v in near if v not in taken.values())
    rest = iter(np.setdiff1d(np.arange(COUNT), list(taken.values())))
    order = np.array([taken[i] if i in taken else next(rest) for i in range(COUNT)])
    return face, order


FACE, ORDER = surrey()
NEW = np.argsort(ORDER)


def matrix(values):
    values = np.asarray(values, "<f4")
    return struct.pack("<ii", *values.shape) + values.tobytes("F")


def rows(values, kind):
    return struct.pack("<Q", len(values)) + np.asarray(values, kind).tobytes()


def text(name):
    return struct.pack("<Q", len(name.encode())) + name.encode()


def blendshapes(moves):
    shapes = (text(name) + matrix(move[ORDER].reshape(-1, 1)) for name, move in moves.items())
    return struct.pack("<Q", len(moves)) + b"".join(shapes)


def column(points):
    return np.reshape(points, (-1, 1))


def pca(name, mean, components, sigmas, triangles):
    """Return the four fields of a PCA model by name; `components` are by one sigma."""
    basis = (components / sigmas[:, None, None]).reshape(len(sigmas), -1).T
    return {
        f"{name}.mean": matrix(column(mean)),
        f"{name}.orthonormal_pca_basis": matrix(basis),
        f"{name}.eigenvalues": matrix(column(sigmas**2)),
        f"{name}.triangle_list": rows(triangles, "<i4"),
    }


COLOURS = np.full((COUNT, 3), 0.7373)
NOTHING = {
    "color_model.mean": matrix(np.empty((0, 0))),
    "color_model.orthonormal_pca_basis": matrix(np.empty((0, 0))),
    "color_model.eigenvalues": matrix(np.empty((0, 0))),
    "color_model.triangle_list": rows([], "<i4"),
}
OWN = b"\1"  # eos's optionals say whether nothing follows


def fields(version=4):
    """Return the fields of a file in their order; their bytes, one after another, are the file."""
    shape = pca(
        "shape_model", FACE.mean[ORDER], FACE.identity[:, ORDER], SIGMAS, NEW[FACE.triangles]
    )
    later = {
        "expression_model": b"\0" + struct.pack("<i", 1) + blendshapes(FACE.moves),
        "landmark_definitions": b"\0" + struct.pack("<Q", 1) + text("nose") + b"\3\0\0\0",
    }
    uv = {"texture_coordinates": rows(FACE.uv, "<f8")}
    seams = {"texture_triangle_indices": rows(FACE.uv_triangles, "<i4")}
    if version < 4:
        uv, seams = {"texture_coordinates": rows(FACE.mean[ORDER][:, :2], "<f8")}, {}
    kept = dict(list(later.items())[: max(version - 1, 0)])
    return {"version": struct.pack("<I", version)} | shape | NOTHING | kept | uv | seams


def written(tmp_path, parts=None, name="sfm_3448.bin"):
    file = tmp_path / name
    file.write_bytes(b"".join((parts or fields()).values()))
    return file


def test_shape_expressions_and_points_come_out_as_they_went_in(tmp_path):
    model = eos.create(written(tmp_path))
    np.testing.assert_allclose(model.mean, FACE.mean[ORDER], atol=1e-4)
    np.testing.assert_allclose(model.identity, FACE.identity[:, ORDER], atol=1e-4)
    np.testing.assert_allclose(model.identity_sigmas, SIGMAS, rtol=1e-6)
    moves = np.array(list(FACE.moves.values()))[:, ORDER]
    np.testing.assert_allclose(model.expressions, moves, atol=1e-4)
    assert model.expression_names == tuple(FACE.moves)
    known = np.array(TABLE["points"]) >= 0
    known[:17] = False
    assert np.array_equal(model.landmark_vertices[known], NEW[FACE.landmarks][known])
    assert (model.landmark_vertices[[60, 64]] == -1).all()  # Surrey has no inner mouth corners


def test_the_jaw_is_spread_over_the_outline(tmp_path):
    model = eos.create(written(tmp_path))
    jaw = model.mean[model.landmark_vertices[:17]]
    right, left = jaw[:8], jaw[:8:-1]
    assert model.landmark_vertices[8] == TABLE["points"][8]
    assert set(model.landmark_vertices[:8]) <= set(TABLE["right_contour"])
    assert set(model.landmark_vertices[9:17]) <= set(TABLE["left_contour"])
    assert (np.diff(right[:, 1]) < 0.0).all()
    assert np.abs(right - left * [-1.0, 1.0, 1.0]).max() < 6.0
    steps = np.linalg.norm(np.diff(jaw, axis=0), axis=1)
    assert steps.max() < 2.5 * steps.min()
    eye = model.mean[model.landmark_vertices[36], 1]
    assert 0.0 <= eye - jaw[0, 1] < 15.0


@pytest.mark.parametrize("unit", [1e-3, 0.1, 1e3])
def test_other_units_become_mm(tmp_path, unit):
    parts = fields()
    parts |= pca(
        "shape_model",
        unit * FACE.mean[ORDER],
        unit * FACE.identity[:, ORDER],
        SIGMAS,
        NEW[FACE.triangles],
    )
    model = eos.create(written(tmp_path, parts))
    np.testing.assert_allclose(model.mean, FACE.mean[ORDER], atol=1e-2)
    np.testing.assert_allclose(model.identity, FACE.identity[:, ORDER], atol=1e-2)


def test_a_fit_finds_the_points_that_it_was_given(tmp_path):
    model = eos.create(written(tmp_path))
    coefficients = np.zeros(len(model.expression_names))
    coefficients[0], coefficients[5] = 0.6, 0.4
    pixels, mm, degrees = misfit(model, coefficients)
    assert pixels < 0.7
    assert mm < 2.0
    assert degrees < 2.0


def test_blendshapes_are_bounded_and_keep_their_names(tmp_path):
    model = eos.create(written(tmp_path))
    assert np.array_equal(model.expression_bounds, np.tile([0.0, 1.0], (len(FACE.moves), 1)))
    assert (model.expression_sigmas == eos.BLENDSHAPE_SIGMA).all()


def test_an_expression_pca_is_unbounded_and_its_mean_belongs_to_the_mean(tmp_path):
    parts = fields()
    moves = np.array([FACE.moves["jawOpen"], FACE.moves["browInnerUp"]])[:, ORDER]
    model = pca("x", np.full((COUNT, 3), 2.0), moves, np.array([4.0, 3.0]), [])
    parts["expression_model"] = b"\0" + struct.pack("<i", 0) + b"".join(model.values())
    model = eos.create(written(tmp_path, parts))
    np.testing.assert_allclose(model.mean, FACE.mean[ORDER] + 2.0, atol=1e-3)
    np.testing.assert_allclose(model.expressions, moves, atol=1e-4)
    assert (model.expression_sigmas == 1.0).all()
    assert model.expression_names == ("exp_0", "exp_1")
    assert np.isinf(model.expression_bounds).all()


def test_blendshapes_beside_a_model_without_any_are_read(tmp_path):
    bare = fields() | {"expression_model": OWN}
    assert len(eos.create(written(tmp_path, bare)).expressions) == 0
    beside = tmp_path / f"expression_blendshapes_{COUNT}.bin"
    beside.write_bytes(blendshapes({"anger": FACE.moves["browInnerUp"]}))
    model = eos.create(written(tmp_path, bare))
    assert model.expression_names == ("anger",)
    np.testing.assert_allclose(model.expressions[0], FACE.moves["browInnerUp"][ORDER], atol=1e-4)
    beside.write_bytes(beside.read_bytes()[:-1])
    with pytest.raises(ModelError, match=r"expression_blendshapes_3448\.bin: .*cut short|claims"):
        eos.create(written(tmp_path, bare))


def test_a_model_without_expressions_can_be_fitted(tmp_path):
    model = eos.create(written(tmp_path, fields() | {"expression_model": OWN}))
    pixels, mm, _ = misfit(model, np.zeros(0))
    assert pixels < 0.7
    assert mm < 2.0


@pytest.mark.parametrize("version", [1, 2, 3])
def test_older_versions_are_read(tmp_path, version):
    model = eos.create(written(tmp_path, fields(version)))
    assert len(model.expressions) == (len(FACE.moves) if version > 1 else 0)
    np.testing.assert_allclose(model.mean, FACE.mean[ORDER], atol=1e-4)
    np.testing.assert_allclose(model.uv, model.mean[model.uv_vertices, :2], atol=1e-4)


def test_texture_coordinates_with_seams_stay_with_their_triangles(tmp_path):
    model = eos.create(written(tmp_path))
    assert len(model.uv) >= len(np.unique(model.triangles))
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)
    np.testing.assert_allclose(
        np.sort(model.uv[model.uv_triangles].reshape(-1, 6), 0),
        np.sort(FACE.uv[FACE.uv_triangles].reshape(-1, 6), 0),
        atol=1e-6,
    )


@pytest.mark.parametrize("clockwise", [False, True])
def test_triangles_and_texture_are_turned_together(tmp_path, clockwise):
    parts, turn = fields(), slice(None, None, -1 if clockwise else 1)
    parts["shape_model.triangle_list"] = rows(NEW[FACE.triangles][:, turn], "<i4")
    parts["texture_triangle_indices"] = rows(FACE.uv_triangles[:, turn], "<i4")
    model = eos.create(written(tmp_path, parts))
    assert model.normals(model.mean)[model.landmark_vertices[30], 2] > 0.5
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)
    stored = dict(
        zip(map(tuple, model.triangles.tolist()), model.uv[model.uv_triangles], strict=True)
    )
    first = stored[tuple(NEW[FACE.triangles][0].tolist())]
    np.testing.assert_allclose(first, FACE.uv[FACE.uv_triangles][0], atol=1e-6)


@pytest.mark.parametrize("full", [1.0, 255.0])
def test_colours_become_linear_whether_they_end_at_1_or_at_255(tmp_path, full):
    change = full * np.full((1, COUNT, 3), 0.01)
    parts = fields() | pca("color_model", full * COLOURS, change, np.array([2.0]), [])
    model = eos.create(written(tmp_path, parts))
    np.testing.assert_allclose(model.albedo, 0.503, atol=0.002)
    assert 0.01 < model.albedo_components.mean() < 0.03


def test_a_model_without_colours_has_the_tone_of_skin(tmp_path):
    model = eos.create(written(tmp_path))
    assert len(np.unique(model.albedo, axis=0)) == 1
    assert len(model.albedo_components) == 0


def other(tmp_path, count=2700):
    """Write a model of another size; return its file and the points that it has."""
    face = small_face(count)
    parts = fields() | pca("shape_model", face.mean, face.identity, SIGMAS, face.triangles)
    parts["expression_model"] = OWN
    parts["texture_coordinates"] = rows(np.empty((0, 2)), "<f8")
    parts["texture_triangle_indices"] = rows([], "<i4")
    return written(tmp_path, parts, "mine.bin"), face.landmarks


def test_a_model_of_unknown_size_asks_for_the_tables_of_eos(tmp_path):
    file, _ = other(tmp_path)
    with pytest.raises(ModelError, match=r"2700 vertices.*ibug_to_mine\.txt.*contours\.json"):
        eos.create(file)


def tables(tmp_path, landmarks, **changes):
    pairs = {str(i + 1): int(v) for i, v in enumerate(landmarks) if i == 8 or i > 16} | changes
    lines = [f"{key} = {value}" for key, value in pairs.items()]
    text = "\n".join(["[landmark_mappings]  # 1-based", *lines])
    (tmp_path / "ibug_to_mine.txt").write_text(text, "utf-8")
    sides = {"right_contour": landmarks[:8].tolist(), "left_contour": landmarks[16:8:-1].tolist()}
    contours = tmp_path / "mine_model_contours.json"
    contours.write_text(json.dumps({"model_contour": sides}), "utf-8")


def test_the_tables_of_eos_beside_a_model_tell_its_points(tmp_path):
    file, landmarks = other(tmp_path)
    tables(tmp_path, landmarks)
    model = eos.create(file)
    assert np.array_equal(model.landmark_vertices[17:], landmarks[17:])
    assert set(model.landmark_vertices[:17]) <= set(landmarks[:17])
    assert np.array_equal(model.uv_vertices[model.uv_triangles], model.triangles)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"31": 2700}, "'31' points to 2700, allowed 0 to 2699"),
        ({"31": -1}, "'31' points to -1"),
        ({"31": 4.5}, r"'31' points to 4\.5"),
        ({"69": 4}, "names '69', not 1 to 68"),
        ({"nose": 4}, "names 'nose'"),
        ({"31": "["}, "is not a readable table"),
    ],
)
def test_a_wrong_table_beside_a_model_is_named(tmp_path, changes, message):
    file, landmarks = other(tmp_path)
    tables(tmp_path, landmarks, **changes)
    with pytest.raises(ModelError, match=rf"ibug_to_mine\.txt.*{message}"):
        eos.create(file)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[1, 2]", "holds a list"),
        ('{"model_contour": 3}', "'model_contour'"),
        ('{"model_contour": {"right_contour": 3}}', "'right_contour' is a int"),
        ('{"model_contour": {"left_contour": [2, true]}}', "'left_contour' points to True"),
        ("[" * 100_000, "not a readable table"),
        (" " * 2**20 + "{}", "has 1048578 bytes"),
    ],
)
def test_a_wrong_outline_beside_a_model_is_named(tmp_path, content, message):
    file, landmarks = other(tmp_path)
    tables(tmp_path, landmarks)
    (tmp_path / "mine_model_contours.json").write_text(content, "utf-8")
    with pytest.raises(ModelError, match=rf"mine_model_contours\.json.*{message}"):
        eos.create(file)


def test_a_table_without_an_outline_says_which_points_are_missing(tmp_path):
    file, landmarks = other(tmp_path)
    tables(tmp_path, landmarks)
    (tmp_path / "mine_model_contours.json").unlink()
    with pytest.raises(ModelError, match=r"lacks the iBUG points 1, 2, .*17 \(from 1\)"):
        eos.create(file)


HUGE = struct.pack("<Q", 2**60)
WRONG = {
    "version": [struct.pack("<I", 0), struct.pack("<I", 5), struct.pack("<I", 2**31)],
    "shape_model.mean": [
        matrix(np.zeros((3 * COUNT - 1, 1))),
        matrix(np.zeros((COUNT, 3))),
        matrix(np.full((3 * COUNT, 1), np.nan)),
        struct.pack("<ii", 2**31 - 1, 2**31 - 1),
        struct.pack("<ii", -3, 1),
        struct.pack("<ii", -3, -(2**31)),
    ],
    "shape_model.orthonormal_pca_basis": [
        matrix(np.zeros((9, 3))),
        matrix(np.full((3 * COUNT, 3), np.inf)),
        struct.pack("<ii", 3 * COUNT, 2**30),
    ],
    "shape_model.eigenvalues": [
        matrix([[1.0], [2.0]]),
        matrix([[1.0], [-2.0], [3.0]]),
        matrix([[1.0], [0.0], [3.0]]),
    ],
    "shape_model.triangle_list": [
        HUGE,
        rows([[0, 1, COUNT]], "<i4"),
        rows([[0, 1, -1]], "<i4"),
    ],
    "color_model.mean": [matrix(np.zeros((9, 1)))],
    "expression_model": [
        b"\2",
        b"\0" + struct.pack("<i", 2),
        b"\0" + struct.pack("<i", -1),
        b"\0" + struct.pack("<i", 1) + HUGE,
        b"\0" + struct.pack("<iQ", 1, 1) + HUGE,
        b"\0" + struct.pack("<iQ", 1, 1) + text("a" * 257) + matrix(np.zeros((3 * COUNT, 1))),
        b"\0" + struct.pack("<iQ", 1, 1) + text("a\nb") + matrix(np.zeros((3 * COUNT, 1))),
        b"\0" + struct.pack("<iQQ", 1, 1, 1) + b"\xff" + matrix(np.zeros((3 * COUNT, 1))),
        b"\0" + struct.pack("<iQ", 1, 1) + text("a") + matrix(np.zeros((9, 1))),
        b"\0" + struct.pack("<iQ", 1, 2) + 2 * (text("a") + matrix(np.zeros((3 * COUNT, 1)))),
        b"\0" + struct.pack("<iQ", 1, 1) + text("") + matrix(np.zeros((3 * COUNT, 1))),
    ],
    "landmark_definitions": [b"\3", b"\0" + HUGE],
    "texture_coordinates": [HUGE, rows([[0.0, np.nan]], "<f8")],
    "texture_triangle_indices": [HUGE, rows([[0, 1, 10**6]], "<i4"), rows([[0, 1, 2]], "<i4")],
}


@pytest.mark.parametrize(("name", "content"), [(n, c) for n in WRONG for c in WRONG[n]])
def test_a_field_of_the_wrong_size_or_content_is_named(tmp_path, name, content):
    with pytest.raises(ModelError, match=f"field '{name}"):
        eos.create(written(tmp_path, fields() | {name: content}))


@pytest.mark.parametrize("name", ["shape_model.mean", "shape_model.triangle_list"])
def test_a_field_that_claims_to_be_huge_takes_no_memory(tmp_path, name):
    file = written(tmp_path, fields() | {name: WRONG[name][3 if name.endswith("mean") else 0]})
    tracemalloc.start()
    with pytest.raises(ModelError, match=name):
        eos.create(file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * file.stat().st_size


def test_texture_coordinates_must_be_as_many_as_vertices_or_come_with_triangles(tmp_path):
    parts = fields() | {"texture_triangle_indices": rows([], "<i4")}
    with pytest.raises(ModelError, match=r"'texture_coordinates' has \d+ pairs for 3448"):
        eos.create(written(tmp_path, parts))


@pytest.mark.parametrize("name", fields())
def test_a_file_that_ends_within_a_field_is_a_model_error_that_names_it(tmp_path, name):
    parts = list(fields().items())
    place = [n for n, _ in parts].index(name)
    before, content = b"".join(c for _, c in parts[:place]), parts[place][1]
    file = tmp_path / "sfm_3448.bin"
    for length in {0, len(content) // 2, len(content) - 1}:
        file.write_bytes(before + content[:length])
        with pytest.raises(ModelError, match=f"field '{name}"):
            eos.create(file)


def test_bytes_after_the_end_are_an_error(tmp_path):
    file = written(tmp_path)
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(ModelError, match="'the end' is 1 bytes too early"):
        eos.create(file)


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    with pytest.raises(ModelError, match=r"nobody\.bin does not exist"):
        eos.create(tmp_path / "nobody.bin")
    with pytest.raises(ModelError, match="is no file"):
        eos.create(tmp_path)


def test_rubbish_is_a_model_error_or_still_a_model(tmp_path):
    rng = np.random.default_rng(3)
    whole = written(tmp_path).read_bytes()
    refused = 0
    for _ in range(40):
        rubbish = bytearray(whole)
        for place in rng.integers(0, len(whole), 2000):
            rubbish[place] = rng.integers(256)
        file = tmp_path / "sfm_3448.bin"
        file.write_bytes(rubbish)
        try:
            eos.create(file)
        except ModelError:
            refused += 1
    assert refused > 30


def test_its_files_are_recognised_and_others_are_not(tmp_path):
    file = written(tmp_path)
    assert eos.recognises(file)
    for name, content in {"a.bin": b"", "b.bin": b"\x89HDF\r\n\x1a\n" + bytes(50)}.items():
        (tmp_path / name).write_bytes(content)
        assert not eos.recognises(tmp_path / name)
    assert not eos.recognises(tmp_path)
    assert not eos.recognises(resource("assets/head.npz"))


def test_what_lies_beside_a_model_is_among_its_files(tmp_path):
    file, landmarks = other(tmp_path)
    assert eos.files(file) == (file,)
    tables(tmp_path, landmarks)
    (tmp_path / "expression_blendshapes_2700.bin").write_bytes(b"")
    assert {path.name for path in eos.files(file)} == {
        "mine.bin",
        "expression_blendshapes_2700.bin",
        "ibug_to_mine.txt",
        "mine_model_contours.json",
    }
