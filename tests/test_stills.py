import cv2
import numpy as np
import pytest
import trimesh

from livemask.detectors import dlib68
from livemask.errors import LivemaskError, SourceError, UsageError
from livemask.geometry import project
from livemask.landmarks import eye_distance
from livemask.library.opening import open_model
from livemask.morphable_model import fit_landmarks
from livemask.records import Frame
from livemask.sources.photo import load_photo
from livemask.stills import fit_still, reconstruct, show_model
from tests.detectors.drawn_face import drawn_face
from tests.heads import shipped


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "person.png"
    cv2.imwrite(str(file), drawn_face((640, 480), (330, 240), 200.0)[..., ::-1])
    return file


@pytest.fixture
def wall(tmp_path):
    file = tmp_path / "wall.png"
    cv2.imwrite(str(file), np.full((480, 640, 3), 120, np.uint8))
    return file


def test_a_photo_becomes_a_mesh_and_an_overlay(photo, tmp_path):
    out = tmp_path / "made"
    files = list(reconstruct([photo], out))
    assert [f.name for f in files] == ["person.obj", "person_overlay.png"]
    mesh = trimesh.load(files[0], process=False, maintain_order=True)
    assert len(mesh.vertices) == len(shipped().mean)
    overlay, before = load_photo(files[1]), load_photo(photo)
    assert overlay.shape == before.shape
    changed = np.abs(overlay.astype(int) - before).max(axis=2) > 8
    assert changed[240:260, 300:360].mean() > 0.9
    assert not changed[:60].any()
    assert not changed[:, :120].any()


def test_the_mesh_has_the_colours_of_the_photo(photo, tmp_path):
    files = list(reconstruct([photo], tmp_path / "made"))
    mesh = trimesh.load(files[0], process=False, maintain_order=True)
    bridge = shipped().landmark_vertices[27:29]
    found = mesh.visual.vertex_colors[bridge, :3].mean(axis=0)
    np.testing.assert_allclose(found, (200, 165, 140), atol=25)


def test_another_detector_is_asked_for_by_name(photo, tmp_path):
    with pytest.raises(UsageError, match=r"no detector 'facemash'.*'facemesh'"):
        list(reconstruct([photo], tmp_path / "made", detector="facemash"))


def test_the_fit_of_a_still_meets_the_points(photo):
    frame = Frame(load_photo(photo), 0.0, 0)
    detector = dlib68.create()
    fit = fit_still(frame, shipped(), detector)
    shown = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))
    assert fit.residual < 0.06 * eye_distance(shown)
    assert fit_still(Frame(np.zeros((200, 200, 3), np.uint8), 0.0, 0), shipped(), detector) is None


def test_a_photo_without_a_face_is_named_and_the_others_are_made(photo, wall, tmp_path):
    out = tmp_path / "made"
    with pytest.raises(SourceError, match=r"no face was found in .*wall\.png"):
        list(reconstruct([wall, photo], out))
    assert sorted(f.name for f in out.iterdir()) == ["person.obj", "person_overlay.png"]


def test_what_is_there_is_left_alone(photo, tmp_path):
    (tmp_path / "person.obj").write_text("mine")
    with pytest.raises(UsageError, match="--overwrite"):
        list(reconstruct([photo], tmp_path))
    assert (tmp_path / "person.obj").read_text() == "mine"
    assert len(list(reconstruct([photo], tmp_path, overwrite=True))) == 2


def test_two_photos_of_one_name_do_not_replace_one_another(photo, tmp_path):
    with pytest.raises(UsageError, match="two photos"):
        list(reconstruct([photo, tmp_path / "b" / "person.jpg"], tmp_path / "made"))


def test_a_folder_that_cannot_be_made_is_named(photo):
    with pytest.raises(LivemaskError, match=r"person\.png"):
        list(reconstruct([photo], photo / "made"))


def test_a_model_is_drawn_as_a_sheet(tmp_path):
    file = tmp_path / "sheet.png"
    show_model("head", file)
    sheet = load_photo(file)
    assert min(sheet.shape[:2]) > 1000
    assert sheet.std() > 20
    with pytest.raises(UsageError, match="--overwrite"):
        show_model("head", file)


def test_a_model_is_opened_by_its_name_or_its_file():
    assert open_model("head").name == shipped().name
    with pytest.raises(UsageError, match="no model"):
        open_model("nobody")
