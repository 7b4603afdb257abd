"""Characters of files, worn: small ones of known shape, and livemask's own head as one."""

import logging

import numpy as np
import pytest

from livemask import plugins
from livemask.errors import AssetError, ModelError, UsageError
from livemask.geometry import project, transform_points
from livemask.masks.character.parts import parts
from livemask.records import Effect, Mesh
from livemask.wardrobe import Wardrobe, will_hide
from tests.gltf import people
from tests.gltf.files import triangle
from tests.heads import shipped
from tests.masks import tiny
from tests.masks.test_contract import is_sound

ARKIT = ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft")
POSES = {
    "ahead": tiny.pose(),
    "turned": tiny.pose((0.1, 0.7, -0.2), (30, 10, -450)),
    "very near": tiny.pose(place=(0, 0, -190)),
    "far": tiny.pose(place=(100, 0, -5000)),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The same person as VRM 0, VRM 1, and plain glTF with ARKit's names."""
    folder = tmp_path_factory.mktemp("people")
    made = {"0": people.small(0), "1": people.small(1), "plain": people.small(-1, ARKIT)}
    return {name: one.write(folder / f"{name}.vrm") for name, one in made.items()}


def worn(file, pose=None, options="", time=0.0, mask=None, **moved):
    """Return blur and meshes."""
    mask = mask or plugins.create("masks", f"{file}{options}")
    fit = tiny.fit(shipped(), tiny.pose() if pose is None else pose, **moved)
    return mask.layers(shipped(), fit, tiny.frame(), tiny.LIGHT, time)


def seen(mesh):
    """Return its vertices in the camera frame, mm."""
    return transform_points(mesh.camera_from_mesh, mesh.vertices)


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("kind", ["0", "1", "plain"])
def test_layers_are_a_blur_and_sound_meshes(files, kind, pose):
    blur, *meshes = worn(files[kind], POSES[pose], jawOpen=0.4)
    assert isinstance(blur, Effect)
    assert len(meshes) == 2
    assert all(isinstance(mesh, Mesh) and is_sound(mesh) for mesh in meshes)


@pytest.mark.parametrize("pose", ["ahead", "turned"])
def test_the_same_person_looks_the_same_as_vrm_0_as_vrm_1_and_as_gltf(files, pose):
    moves = {"jawOpen": 0.6, "eyeBlinkLeft": 0.9}
    made = {kind: worn(file, POSES[pose], **moves) for kind, file in files.items()}
    for one, other in zip(made["0"][1:], made["1"][1:], strict=True):
        assert np.abs(seen(one) - seen(other)).max() < 0.02
    for one, other in zip(made["1"][1:], made["plain"][1:], strict=True):
        assert np.ptp(seen(one) - seen(other), axis=0).max() < 25.0  # jawOpen is not quite A


@pytest.mark.parametrize("kind", ["0", "1", "plain"])
def test_the_head_follows_the_head_and_the_body_stays_nearly_upright(files, kind):
    turn = POSES["turned"]
    face = worn(files[kind])[1]
    _, turned_face, turned_arm = worn(files[kind], turn)
    moved = turn @ np.linalg.inv(tiny.pose())
    top = seen(face)[:, 1] > np.quantile(seen(face)[:, 1], 0.4)  # of the head alone
    assert np.abs(transform_points(moved, seen(face)) - seen(turned_face))[top].max() < 0.01
    along = np.ptp(seen(turned_arm), axis=0)
    assert along[1] > 2.0 * max(along[0], along[2])


def test_arms_hang_that_were_stretched_out(files):
    arm = worn(files["1"])[2]
    size = np.ptp(seen(arm), axis=0)
    assert size[1] > 2.0 * size[0]


@pytest.mark.parametrize("kind", ["0", "1", "plain"])
def test_the_character_covers_the_face_and_is_not_much_larger(files, kind):
    model, pose = shipped(), POSES["turned"]
    fit = tiny.fit(model, pose, jawOpen=0.2)
    face = worn(files[kind], pose, jawOpen=0.2)[1]
    points = model.landmark_model.points(fit.identity, fit.expression)[:68]
    spots = project(fit.camera, fit.camera_from_head, points)
    drawn = project(fit.camera, face.camera_from_mesh, face.vertices)
    import cv2

    hull = cv2.convexHull(drawn.astype(np.float32))
    inside = [cv2.pointPolygonTest(hull, tuple(map(float, spot)), True) for spot in spots]
    assert min(inside) > -2.0
    assert 1.0 < np.ptp(drawn, axis=0)[1] / np.ptp(spots, axis=0)[1] < 2.6


def test_the_jaw_drops_as_far_as_the_file_says(files):
    scale = np.cbrt(np.linalg.det(worn(files["plain"])[1].camera_from_mesh[:3, :3]))
    still, half = (worn(files["plain"], jawOpen=v)[1].vertices for v in (0.0, 0.5))
    assert np.abs(half - still).max() == pytest.approx(0.5 * 0.03, rel=1e-4)
    assert 100.0 < scale < 10_000.0


def test_only_what_moves_is_another_array(files):
    mask = plugins.create("masks", str(files["1"]))
    first = worn(None, POSES["ahead"], mask=mask, jawOpen=0.2)[1:]
    later = worn(None, POSES["turned"], time=0.04, mask=mask, jawOpen=0.6)[1:]
    for one, other in zip(first, later, strict=True):
        assert one.triangles is other.triangles
        assert one.uv is other.uv
        assert one.material is other.material
    assert first[0].vertices is not later[0].vertices
    assert first[1].vertices is later[1].vertices  # an arm rides on its transform


def test_two_faces_share_what_does_not_move(files):
    one, other = (worn(files["1"])[1] for _ in range(2))
    assert one.triangles is other.triangles
    assert one.material is other.material


def test_without_the_body_only_head_and_neck_are_drawn(files):
    meshes = worn(files["1"], options=",body=no,cover=none")
    assert len(meshes) == 1


def test_size_and_turn_are_as_asked_for(files):
    (usual, _), (large, _) = (worn(files["1"], options=f",cover=none{o}") for o in ("", ",size=2"))
    assert np.ptp(seen(large), axis=0) == pytest.approx(2.0 * np.ptp(seen(usual), axis=0), rel=1e-3)
    about = worn(files["1"], options=",cover=none,turn=180")[0].camera_from_mesh[:3, 2]
    ahead = usual.camera_from_mesh[:3, 2]
    assert about @ ahead < -0.99 * np.linalg.norm(about) * np.linalg.norm(ahead)


def test_it_hides_and_that_is_known_before_the_file_is_opened(files):
    assert will_hide(["nowhere.glb"])
    assert Wardrobe.of([f"{files['1']},face=0"]).hides


def test_what_a_character_lacks_is_named_once(files, caplog):
    parts.cache_clear()
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            plugins.create("masks", str(files["plain"]))
    (line,) = [r.getMessage() for r in caplog.records]
    assert "no browInnerUp (the brows stay)" in line
    assert "jawOpen" not in line


def test_a_mere_thing_is_worn_as_a_whole(tmp_path, caplog):
    file = triangle().write(tmp_path / "flag.glb")
    (mesh,) = worn(file, options=",cover=none")
    assert "no head bone (it moves as a whole)" in caplog.text
    moved = worn(file, POSES["turned"], options=",cover=none")[0]
    step = POSES["turned"] @ np.linalg.inv(tiny.pose())
    assert np.abs(transform_points(step, seen(mesh)) - seen(moved)).max() < 1e-3


@pytest.mark.parametrize("options", [",size=0", ",size=9", ",cover=maybe", ",wings=2"])
def test_options_that_make_no_sense_are_refused(files, options):
    with pytest.raises(UsageError):
        plugins.create("masks", f"{files['1']}{options}")


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(AssetError, match=r"nowhere\.glb"):
        plugins.create("masks", "nowhere.glb")


def test_a_model_without_points_is_refused(files):
    from dataclasses import replace

    model = replace(shipped(), landmark_vertices=np.full(68, -1, np.int32))
    mask = plugins.create("masks", str(files["1"]))
    with pytest.raises(ModelError, match="another mask"):
        mask.layers(model, tiny.fit(model, tiny.pose()), tiny.frame(), tiny.LIGHT, 0.0)
