"""Animated heads, read back by a decoder of their own, by trimesh, and by Khronos' validator."""

from dataclasses import replace

import numpy as np
import pytest
import trimesh
from pygltflib import GLTF2

from livemask.errors import SinkError, UsageError
from livemask.geometry import project, transform_points
from livemask.gltf import character
from livemask.performer import Performer
from livemask.records import Fit, Frame, Output, State
from livemask.sinks.gltf import create
from tests.gltf.decoded import Decoded, turned
from tests.gltf.validator import assert_valid
from tests.heads import shipped
from tests.sinks.faces import CAMERA, make_fit, make_model

BLACK = np.zeros((360, 640, 3), np.uint8)
LOST = range(12, 30)


def send(sink, fits, index, model):
    sink.send(Output(None, Frame(BLACK, index / 30, index), tuple(fits), model, index / 30))


@pytest.fixture(scope="module")
def take(tmp_path_factory):
    """The performer's truth as a run that loses them for a while, and the file of it."""
    file = tmp_path_factory.mktemp("take") / "take.glb"
    performer = Performer(size=(640, 360), seconds=1.5, seed=3)
    truths = [performer.truth(i) for i in range(performer.count)]
    sink, nobody = create(file), np.zeros(0)
    for i, t in enumerate(truths):
        fit = Fit(0, t.camera, t.camera_from_head, nobody, t.expression, 0.0, 1.0, State.TRACKED)
        send(sink, () if i in LOST else (fit,), i, performer.person)
    sink.close()
    return file, truths, performer.person


def test_pose_and_expression_decode_to_the_performers_truth(take):
    file, truths, _ = take
    read = Decoded(file)
    (times, places, _), (_, turns, _), (_, weights, _) = (
        read.track("face-0", path) for path in ("translation", "rotation", "weights")
    )
    seen = [t for t in truths if t.index not in LOST]
    kept = [i for i, time in enumerate(times) if np.isclose([t.time for t in seen], time).any()]
    assert len(kept) == len(seen) == len(times) - 1  # one holds the pose until they are back
    for i, truth in zip(kept, seen, strict=True):
        np.testing.assert_allclose(weights[i], truth.expression, atol=1e-6)
        pose = truth.camera_from_head
        np.testing.assert_allclose(1000.0 * places[i], pose[:3, 3], atol=1e-3)
        np.testing.assert_allclose(turned(turns[i]), pose[:3, :3], atol=1e-6)


def test_every_vertex_is_where_the_performers_is(take):
    file, truths, person = take
    read, truth = Decoded(file), truths[-1]
    _, places, _ = read.track("face-0", "translation")
    _, turns, _ = read.track("face-0", "rotation")
    _, weights, _ = read.track("face-0", "weights")
    got = read.vertices("face-0", weights[-1]) @ turned(turns[-1]).T + places[-1]
    true = transform_points(truth.camera_from_head, truth.vertices[person.uv_vertices])
    np.testing.assert_allclose(1000.0 * got, true, atol=2e-3)


def test_targets_bear_the_names_of_the_expressions_and_start_at_rest(take):
    file, _, person = take
    mesh, primitive = Decoded(file).primitive("face-0")
    assert mesh["extras"]["targetNames"] == list(person.expression_names)
    assert mesh["weights"] == [0.0] * len(primitive["targets"]) == [0.0] * 52


def test_the_camera_sees_the_nose_where_the_film_did(take):
    file, truths, person = take
    read = Decoded(file)
    (seen,) = (camera["perspective"] for camera in read.json["cameras"])
    tip = person.landmark_vertices[30]
    point = transform_points(truths[0].camera_from_head, truths[0].vertices[[tip]])[0]
    height = 360 / 2
    focal = height / np.tan(seen["yfov"] / 2)
    pixel = 640 / 2 - focal * point[0] / point[2], height + focal * point[1] / point[2]
    true = project(truths[0].camera, truths[0].camera_from_head, truths[0].vertices[[tip]])[0]
    np.testing.assert_allclose(np.array(pixel) - 0.5, true, atol=1e-3)
    assert seen["aspectRatio"] == pytest.approx(640 / 360)


def test_who_is_lost_has_no_size(take):
    at, sizes, _ = Decoded(take[0]).track("face-0", "scale")
    np.testing.assert_allclose(at, [0.0, LOST.start / 30, LOST.stop / 30], atol=1e-6)
    assert sizes[:, 0].tolist() == [1.0, 0.0, 1.0]


def test_normals_have_length_one_and_colours_are_the_models(take):
    file, _, person = take
    read = Decoded(file)
    attributes = read.primitive("face-0")[1]["attributes"]
    normals = read.array(attributes["NORMAL"])
    np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1.0, atol=1e-5)
    colours = read.array(attributes["COLOR_0"])
    np.testing.assert_array_equal(colours, np.clip(person.albedo, 0, 1)[person.uv_vertices])
    np.testing.assert_array_equal(read.array(attributes["TEXCOORD_0"]), person.uv)


def test_khronos_finds_no_fault(take):
    assert_valid(take[0])


def test_trimesh_loads_it_and_sees_a_head_that_looks_along_z(take):
    file, _, person = take
    scene = trimesh.load(file)
    (mesh,) = scene.geometry.values()
    assert mesh.vertices.shape == (len(person.uv), 3)
    assert len(mesh.faces) == len(person.triangles)
    assert np.ptp(mesh.vertices, axis=0)[1] == pytest.approx(0.3, abs=0.08)  # m
    ahead = mesh.vertices[mesh.vertices[:, 2].argmax()]
    assert abs(ahead[0]) < 0.01


def test_pygltflib_reads_its_structure(take):
    read = GLTF2().load(str(take[0]))
    assert [node.name for node in read.nodes] == ["camera", "face-0"]
    assert read.scenes[read.scene].nodes == [0, 1]
    assert {c.target.path for c in read.animations[0].channels} == {
        "translation", "rotation", "scale", "weights",
    }  # fmt: skip


def test_it_can_be_worn_as_a_character(take):
    worn = character.load(take[0])
    assert {"jawopen", "eyeblinkleft"} <= set(worn.targets)
    assert len(worn.pieces) == 1


@pytest.fixture
def model():
    return make_model()


def test_each_person_has_a_node_and_the_shape_that_was_known_last(tmp_path, model):
    sink = create(tmp_path / "a.glb")
    early, late = (np.array([0.0, 0.0]), np.array([1.5, -0.5]))
    for i in range(4):
        anna = replace(make_fit(), id=0, identity=early if i < 3 else late)
        berta = replace(make_fit(), id=1, state=State.HELD)
        send(sink, [anna, berta] if i else [anna], i, model)
    sink.close()
    read = Decoded(tmp_path / "a.glb")
    assert [node["name"] for node in read.json["nodes"]] == ["camera", "face-0", "face-1"]
    shape = model.vertices(late, np.zeros(3))
    np.testing.assert_allclose(1000.0 * read.vertices("face-0", np.zeros(3)), shape, atol=1e-4)
    assert read.track("face-1", "scale")[1][:, 0].tolist() == [0.0, 1.0]
    assert read.track("face-0", "scale") is None
    assert_valid(tmp_path / "a.glb")


def test_without_a_face_there_is_no_file_and_it_is_said(tmp_path, model):
    sink = create(tmp_path / "a.glb")
    send(sink, [], 0, model)
    send(sink, [replace(make_fit(), state=State.LOST)], 1, model)
    with pytest.raises(SinkError, match="no face was tracked"):
        sink.close()
    sink.close()
    assert list(tmp_path.iterdir()) == []


def test_a_run_without_a_frame_leaves_nothing(tmp_path):
    create(tmp_path / "a.glb").close()
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_before_the_end(tmp_path, model):
    (tmp_path / "a.glb").write_text("the take before")
    sink = create(tmp_path / "a.glb", overwrite=True)
    send(sink, [make_fit()], 0, model)
    assert (tmp_path / "a.glb").read_text() == "the take before"
    assert sink.detail == "1 keyframes"
    sink.close()
    assert [file.name for file in tmp_path.iterdir()] == ["a.glb"]
    assert Decoded(tmp_path / "a.glb").node("face-3")


def test_a_full_disk_is_said_and_leaves_no_file(tmp_path, model, monkeypatch):
    sink = create(tmp_path / "a.glb")
    send(sink, [make_fit()], 0, model)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("livemask.gltf.writer.Glb.write", full)
    with pytest.raises(SinkError, match=r"a\.glb cannot be written: No space"):
        sink.close()
    assert list(tmp_path.iterdir()) == []


def test_the_persons_own_colours_come_from_the_frame_that_shows_them_best(tmp_path):
    model = shipped()
    nobody = np.zeros(len(model.identity)), np.zeros(len(model.expressions))
    sink = create(tmp_path / "a.glb", skin="photo")
    for i, (turn, grey) in enumerate([(0.8, 40), (0.0, 200), (0.5, 90)]):
        pose = make_fit((0.0, turn, 0.0)).camera_from_head
        fit = Fit(0, CAMERA, pose, *nobody, 0.0, 1.0, State.TRACKED)
        image = np.full((CAMERA.size[1], CAMERA.size[0], 3), grey, np.uint8)
        sink.send(Output(None, Frame(image, i / 30, i), (fit,), model, i / 30))
    sink.close()
    read = Decoded(tmp_path / "a.glb")
    colours = read.array(read.primitive("face-0")[1]["attributes"]["COLOR_0"])
    face = model.face_weight[model.uv_vertices] > 0.99
    np.testing.assert_allclose(colours[face], (200 / 255) ** 2.2, atol=0.01)


@pytest.mark.parametrize(
    ("name", "options", "error", "message"),
    [
        ("a.gltf", {}, SinkError, "another ending than .glb"),
        ("a.glb", {"skin": "green"}, SinkError, "model or photo"),
        ("there.glb", {}, UsageError, "--overwrite"),
        ("no/a.glb", {}, SinkError, "does not exist"),
    ],
)
def test_what_cannot_be_is_refused_at_once(tmp_path, name, options, error, message):
    (tmp_path / "there.glb").write_text("mine")
    with pytest.raises(error, match=message):
        create(tmp_path / name, **options)
