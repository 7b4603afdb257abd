import shutil
import sys
import threading

import numpy as np
import pytest

from livemask import landmarks, plugins
from livemask.detectors import dlib68
from livemask.errors import ModelError
from livemask.records import Frame
from tests.detectors.drawn_face import EYES, drawn_face

CENTRE, WIDTH = np.array([320.0, 250.0]), 200.0


@pytest.fixture(scope="module")
def detector():
    return dlib68.create()


@pytest.fixture(scope="module")
def frame():
    image = drawn_face(centre=tuple(CENTRE), width=WIDTH)
    image.flags.writeable = False
    return Frame(image, 0.0, 0)


@pytest.fixture(scope="module")
def region(detector, frame):
    return np.array(detector.find(frame.image)[0][:4])


def centre_of(box):
    return np.array([box[0] + box[2], box[1] + box[3]]) / 2


def test_the_detector_is_a_plug_in_named_after_its_file():
    assert plugins.names("detectors")["dlib68"] == "livemask.detectors.dlib68"
    assert isinstance(plugins.create("detectors", "dlib68"), dlib68.Dlib68)


def test_a_drawn_face_is_found_where_it_was_drawn(detector, frame):
    (face,) = detector.find(frame.image)
    assert centre_of(face) == pytest.approx(CENTRE + np.array([0, 15]), abs=0.1 * WIDTH)
    assert 0.8 * WIDTH < face[2] - face[0] < 1.3 * WIDTH
    assert face[4] > 1.0


def test_nothing_is_found_on_a_bare_wall_or_in_noise(detector):
    noise = np.random.default_rng(1).integers(0, 256, (240, 320, 3), np.uint8)
    assert detector.find(np.full((240, 320, 3), 90, np.uint8)) == []
    assert detector.find(noise) == []


def test_two_faces_are_found_with_the_surest_first(detector):
    image = np.hstack([drawn_face((320, 480), (160, 250), 120), drawn_face((320, 480), (150, 250))])
    faces = detector.find(image)
    assert len(faces) == 2
    assert faces[0][4] >= faces[1][4]
    assert sorted(centre_of(face)[0] // 320 for face in faces) == [0, 1]


def test_a_box_of_the_reduced_picture_is_given_in_pixels_of_the_full_one(detector, frame):
    full, half = detector.find(frame.image)[0], detector.find(frame.image, scale=0.5)[0]
    assert centre_of(half) == pytest.approx(
        centre_of(full), abs=0.1 * WIDTH
    )  # dlib's steps are coarse


@pytest.mark.parametrize("scale", [0.31, 0.5, 1.5])
def test_scaling_keeps_pixel_centres(scale):
    class Box:
        def left(self):
            return 10

        top = right = bottom = left

    ratio = (1 / scale, 1 / scale)
    assert dlib68._box(Box(), 0.0, ratio)[0] == pytest.approx(10.5 / scale - 0.5)


def test_a_face_too_small_for_the_detector_is_found_upsampled(detector):
    image = drawn_face((320, 240), (160, 120), 42)
    assert detector.find(image) == []
    (face,) = detector.find(image, upsample=1)
    assert centre_of(face) == pytest.approx((160, 123), abs=5)


def test_the_points_of_a_drawn_face_lie_on_its_eyes_and_chin(detector, frame, region):
    points = detector.detect(frame, region)
    assert points.shape == (68, 2)
    assert points.dtype == np.float64
    right, left = points[landmarks.RIGHT_EYE], points[landmarks.LEFT_EYE]
    assert right.mean(0) == pytest.approx(CENTRE + EYES[0], abs=4)
    assert left.mean(0) == pytest.approx(CENTRE + EYES[1], abs=4)
    assert points[landmarks.CHIN] == pytest.approx(CENTRE + np.array([0, 125]), abs=12)


def test_the_points_hardly_depend_on_the_region(detector, frame, region):
    moved = detector.detect(frame, region + np.array([6.0, -5.0, 12.0, 4.0]))
    assert np.abs(moved - detector.detect(frame, region)).mean() < 0.03 * WIDTH


def test_a_region_partly_outside_the_picture_has_points_there_too(detector, region):
    whole = drawn_face()
    image = np.ascontiguousarray(whole[:, 250:])  # the right cheek is cut off
    points = detector.detect(Frame(image, 0.0, 0), region - [250, 0, 250, 0])
    assert points[:, 0].min() < 0
    left_eye = points[landmarks.LEFT_EYE].mean(0)
    assert left_eye == pytest.approx(CENTRE + EYES[1] - [250, 0], abs=8)


@pytest.mark.parametrize(
    "edges",
    [
        (np.nan, 0, 100, 100),
        (0, 0, np.inf, 100),
        (700, 100, 900, 300),
        (-300, 100, -10, 300),
        (100, 500, 300, 700),
        (300, 100, 100, 300),
        (10, 10, 10, 10),
        (-1e12, -1e12, 1e12, 1e12),
    ],
)
def test_a_region_that_cannot_hold_a_face_gives_no_points(detector, frame, edges):
    assert detector.detect(frame, np.array(edges, np.float64)) is None


def test_grey_is_made_once_for_all_looks_at_a_picture_and_never_for_its_points(
    detector, frame, region, monkeypatch
):
    made = []
    convert = dlib68.cv2.cvtColor
    monkeypatch.setattr(dlib68.cv2, "cvtColor", lambda *a: made.append(a) or convert(*a))
    following = Frame(frame.image.copy(), 0.1, 1)
    detector.detect(following, region)
    assert len(made) == 0
    detector.find(following.image)
    detector.find(following.image, scale=0.5)
    assert len(made) == 1
    detector.find(following.image[:200, :200])  # a part, which is not kept
    detector.find(following.image)
    assert len(made) == 2
    detector.find(frame.image.copy())
    assert len(made) == 3


def test_a_grey_picture_gives_what_its_colours_give(detector, frame):
    grey = dlib68.cv2.cvtColor(frame.image, dlib68.cv2.COLOR_RGB2GRAY)
    assert detector.find(grey) == detector.find(frame.image)


def test_two_threads_get_what_one_gets(detector, frame, region):
    box, points = detector.find(frame.image), detector.detect(frame, region)
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(detector.find(frame.image))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    assert np.array_equal(detector.detect(frame, region), points)
    for thread in threads:
        thread.join()
    assert found == [box, box]


def test_the_model_is_loaded_once(detector):
    assert dlib68.create()._predictor is detector._predictor


def test_the_model_is_found_without_importing_its_package():
    assert dlib68.default_landmarks().is_file()
    assert "face_recognition_models" not in sys.modules


def test_a_missing_package_is_told_with_the_cure(monkeypatch):
    monkeypatch.setattr(dlib68.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"is missing; .*pip install .*--landmarks FILE"):
        dlib68.create()


def test_a_missing_landmark_file_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"none\.dat does not exist; .*--landmarks FILE"):
        dlib68.create(tmp_path / "none.dat")


def test_a_folder_is_no_landmark_file(tmp_path):
    with pytest.raises(ModelError, match="does not exist"):
        dlib68.create(tmp_path)


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "text.dat"
    path.write_text("not a model")
    with pytest.raises(ModelError, match=r"text\.dat is not a dlib shape predictor"):
        dlib68.create(path)


def test_a_truncated_model_is_refused(tmp_path):
    path = tmp_path / "half.dat"
    with dlib68.default_landmarks().open("rb") as whole, path.open("wb") as half:
        half.write(whole.read(100_000))
    with pytest.raises(ModelError, match="not a dlib shape predictor"):
        dlib68.create(path)


def test_a_model_of_five_points_is_refused(tmp_path):
    five = dlib68.default_landmarks().with_name("shape_predictor_5_face_landmarks.dat")
    with pytest.raises(ModelError, match="has 5 points, not 68"):
        dlib68.create(five)


def test_a_file_named_by_the_user_is_taken(tmp_path, detector, frame, region):
    path = tmp_path / "mine.dat"
    shutil.copy(dlib68.default_landmarks(), path)
    mine = dlib68.create(path)
    assert mine._predictor is not detector._predictor
    assert np.array_equal(mine.detect(frame, region), detector.detect(frame, region))


@pytest.mark.skipif(sys.platform == "win32", reason="no such name can be there")
def test_a_landmark_file_may_have_any_name(tmp_path, detector):
    folder = tmp_path / "a b 西瓜"
    folder.mkdir()
    file = folder / "points \udce8.dat"
    file.symlink_to(dlib68.default_landmarks())
    assert dlib68._predictor.__wrapped__(file).__class__ is detector._predictor.__class__


def test_the_quicker_look_sees_the_same_sure_face_and_no_doubtful_ones():
    image = drawn_face((640, 480), (330, 240), 200.0)
    detector = dlib68.create()
    assert detector.find_sure(image, scale=0.8)[0] == detector.find(image, scale=0.8)[0]
    assert detector.find_sure(np.full((200, 200, 3), 90, np.uint8)) == []
