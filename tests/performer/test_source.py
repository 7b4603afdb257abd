import threading
import time

import numpy as np
import pytest

from livemask.detectors import dlib68
from livemask.errors import UsageError
from livemask.geometry import project, rigid, rotation_matrix
from livemask.landmarks import JAW, eye_distance
from livemask.performer import Performer
from livemask.records import Frame

SMALL = (160, 90)


@pytest.fixture(scope="module")
def detector():
    return dlib68.create()


def looking(yaw=0.0, z=-560.0):
    return rigid(rotation_matrix(np.array([0.0, yaw, 0.0])), np.array([0.0, 12.0, z]))


def found(detector, image):
    return max(detector.find(image), key=lambda box: box[2] - box[0], default=None)


@pytest.mark.parametrize("yaw", [-0.45, 0.0, 0.45])
def test_dlib_finds_the_face_where_it_is(performer, detector, yaw):
    truth = performer.pose(looking(yaw), np.zeros(52))
    image = performer.picture(truth)
    box = found(detector, image)
    assert box is not None
    points = detector.detect(Frame(image, 0.0, 0), np.array(box[:4]))
    true = project(truth.camera, truth.camera_from_head, truth.landmarks)
    off = np.linalg.norm(points - true, axis=1)[JAW.stop :].mean() / eye_distance(true)
    assert off < 0.06


def test_a_smile_opens_the_mouth_that_dlib_sees(performer, detector):
    names = performer.person.expression_names
    widths = []
    for amount in (0.0, 0.8):
        expression = np.zeros(52)
        for side in ("Left", "Right"):
            expression[names.index(f"mouthSmile{side}")] = amount
        image = performer.picture(performer.pose(looking(), expression))
        points = detector.detect(Frame(image, 0.0, 0), np.array(found(detector, image)[:4]))
        widths.append(np.linalg.norm(points[54] - points[48]) / eye_distance(points))
    assert widths[1] > 1.08 * widths[0]


def test_the_picture_is_neither_black_nor_burnt(performer):
    image = performer.picture(performer.truth(0))
    face = image[120:220, 280:360]
    assert image.shape == (360, 640, 3)
    assert 60 < face.mean() < 200
    assert (face == 255).mean() < 0.01


def test_who_has_left_is_not_in_the_picture(performer, detector):
    away = performer.pose(rigid(np.eye(3), np.array([900.0, 0.0, -560.0])), np.zeros(52))
    assert not away.visible
    assert performer.truth(0).visible
    assert found(detector, performer.picture(away)) is None


def test_truth_is_a_pure_function_of_seed_and_index(performer):
    other = Performer(size=(640, 360))
    for index in (0, 77, 5000):
        mine, theirs = performer.truth(index), other.truth(index)
        assert (mine.camera_from_head == theirs.camera_from_head).all()
        assert (mine.expression == theirs.expression).all()
        assert (mine.vertices == theirs.vertices).all()
        assert mine.time == index / 30.0


def test_true_landmarks_are_vertices(performer):
    truth = performer.truth(100)
    own = truth.vertices[performer.person.landmark_vertices]
    assert truth.landmarks.shape == (68, 3)
    assert np.allclose(truth.landmarks, own)


def test_frames_come_in_order_until_the_end():
    performer = Performer(size=SMALL, rate=10.0, seconds=0.3)
    assert (performer.count, performer.live, performer.path) == (3, False, None)
    frames = list(iter(performer.read, None))
    performer.close()
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert [frame.time for frame in frames] == pytest.approx([0.0, 0.1, 0.2])
    assert all(frame.image.shape == (90, 160, 3) for frame in frames)
    assert not any(frame.image.flags.writeable for frame in frames)


def test_live_it_leaves_out_the_frames_that_nobody_fetched_in_time():
    performer = Performer(size=SMALL, rate=20.0, seconds=60.0, live=True)
    first = performer.read()
    time.sleep(0.5)
    late = performer.read()
    same = Performer(size=SMALL, rate=20.0, seconds=60.0)
    image = same.picture(same.truth(round(late.time * 20.0)))
    for one in (performer, same):
        one.close()
    assert (first.index, first.time, late.index) == (0, 0.0, 1)
    assert late.time >= 0.4
    assert (late.image == image).all()


def test_live_a_frame_is_waited_for_and_a_close_ends_the_wait():
    performer = Performer(size=SMALL, rate=0.01, live=True)
    performer.read()
    rest = []
    thread = threading.Thread(target=lambda: rest.append(performer.read()))
    thread.start()
    performer.close()
    thread.join(30.0)
    assert rest == [None]


def test_live_it_ends_after_its_seconds_however_few_were_fetched():
    performer = Performer(size=SMALL, rate=20.0, seconds=0.2, live=True)
    assert performer.read() is not None
    time.sleep(0.3)
    assert performer.read() is None
    performer.close()


def test_frames_read_in_another_thread_are_the_same_to_the_bit():
    here, there = Performer(size=SMALL, seed=5), Performer(size=SMALL, seed=5)
    mine = [here.read().image for _ in range(2)]
    theirs = [here.read().image]
    thread = threading.Thread(target=lambda: theirs.extend(there.read().image for _ in range(2)))
    thread.start()
    thread.join()
    theirs.append(there.read().image)  # and from this thread again
    for performer in (here, there):
        performer.close()
    assert all((a == b).all() for a, b in zip(mine, theirs[1:3], strict=True))
    assert (theirs[0] == theirs[3]).all()


def test_another_seed_is_another_person_in_another_room():
    images = []
    for seed in (0, 1):
        performer = Performer(size=SMALL, seed=seed)
        images.append(performer.read().image.astype(int))
        performer.close()
    assert np.abs(images[0] - images[1]).mean() > 5.0


def test_after_close_there_is_nothing_and_closing_twice_does_nothing():
    performer = Performer(size=SMALL)
    performer.close()
    performer.close()
    assert performer.read() is None


def test_an_endless_performer_has_no_count():
    assert Performer(size=SMALL).count is None


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"size": (10, 10)}, "10x10"),
        ({"rate": 0.0}, "rate"),
        ({"seconds": -1.0}, "-1"),
        ({"seconds": float("nan")}, "nan"),
        ({"seed": -3}, "-3"),
    ],
)
def test_the_impossible_is_refused_with_its_value(options, word):
    with pytest.raises(UsageError, match=word):
        Performer(**options)
