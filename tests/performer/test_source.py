import threading

import numpy as np
import pytest

from livemask.detectors import dlib68
from livemask.errors import UsageError
from livemask.geometry import euler_angles, project
from livemask.landmarks import eye_distance
from livemask.performer import Performer
from tests.heads import shipped

SMALL = (640, 360)


def frames_of(count, **options):
    performer = Performer(size=SMALL, **options)
    frames = [performer.read() for _ in range(count)]
    performer.close()
    return frames


@pytest.fixture(scope="module")
def performer():
    source = Performer(size=SMALL, seed=1)
    yield source
    source.close()


def test_frames_come_in_order_at_their_rate_and_are_read_only():
    frames = frames_of(3, rate=25.0)
    assert [f.index for f in frames] == [0, 1, 2]
    assert [f.time for f in frames] == [0.0, 0.04, 0.08]
    assert all(f.image.shape == (360, 640, 3) and not f.image.flags.writeable for f in frames)


def test_the_same_seed_gives_the_same_frames_to_the_bit():
    for a, b in zip(frames_of(3, seed=2), frames_of(3, seed=2), strict=True):
        np.testing.assert_array_equal(a.image, b.image)


def test_another_seed_is_another_person_in_another_room():
    a, b = frames_of(1, seed=0)[0].image.astype(int), frames_of(1, seed=1)[0].image
    assert np.abs(a - b).mean() > 5.0


def test_a_performance_of_given_length_ends_and_so_does_a_closed_one():
    source = Performer(size=SMALL, seconds=0.1)
    assert source.count == 3
    assert [source.read() is None for _ in range(5)] == [False, False, False, True, True]
    source.close()
    source.close()
    assert source.read() is None


def test_frames_may_be_read_in_one_thread_and_closed_in_another():
    source, frames = Performer(size=SMALL), []
    thread = threading.Thread(target=lambda: frames.append(source.read()))
    thread.start()
    thread.join()
    frames.append(source.read())
    source.close()
    assert [f.index for f in frames] == [0, 1]


def test_the_truth_is_a_function_of_the_index_and_stays_in_bounds(performer):
    for index in range(0, 1800, 30):
        truth, again = performer.truth(index), performer.truth(index)
        np.testing.assert_array_equal(truth.camera_from_head, again.camera_from_head)
        assert truth.expression.min() >= 0.0
        assert truth.expression.max() <= 1.0


def test_motion_is_smooth(performer):
    places = np.array([performer.truth(i).camera_from_head[:3, 3] for i in range(600)])
    assert np.abs(np.diff(places, 2, axis=0)).max() < 15.0


def test_a_whole_performance_shows_what_a_tracker_must_follow(performer):
    truths = [performer.truth(i) for i in range(0, 1800, 3)]
    shown = dict(
        zip(
            shipped().expression_names,
            np.max([t.expression for t in truths], axis=0),
            strict=True,
        )
    )
    for name in ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft", "browDownLeft"):
        assert shown[name] > 0.3, name
    yaws = np.degrees([euler_angles(t.camera_from_head[:3, :3])[1] for t in truths])
    assert yaws.min() < -25.0
    assert yaws.max() > 25.0
    distances = [-t.camera_from_head[2, 3] for t in truths]
    assert min(distances) < 450.0
    assert max(distances) > 800.0
    assert not all(t.visible for t in truths)
    assert truths[-1].visible or truths[0].visible


def test_its_shape_is_outside_of_the_stored_basis(performer):
    """So that a fit is not tested on its own model alone."""
    model = shipped()
    face = model.face_weight > 0.5
    off = (performer.person.mean - model.mean)[face].astype(float)
    basis = model.identity[:, face].reshape(len(model.identity), -1).T.astype(float)
    left = off.ravel() - basis @ np.linalg.lstsq(basis, off.ravel(), rcond=None)[0]
    assert np.sqrt(np.mean(np.sum(left.reshape(-1, 3) ** 2, axis=1))) > 0.2


@pytest.mark.parametrize("seed", [0, 4])
def test_dlib_finds_the_face_where_the_truth_says(seed):
    source, detector = Performer(seed=seed), dlib68.create()
    truth, frame = source.truth(0), source.read()
    source.close()
    (box,) = detector.find(frame.image, scale=0.5)
    points = detector.detect(frame, np.array(box[:4]))
    true = project(truth.camera, truth.camera_from_head, truth.landmarks)
    off = np.linalg.norm(points - true, axis=1)[17:].mean()
    assert off < 0.06 * eye_distance(true)


@pytest.mark.parametrize(
    "options", [{"seconds": 0.0}, {"seconds": -1.0}, {"rate": 0.0}, {"seed": -1}, {"size": (8, 8)}]
)
def test_a_performance_that_cannot_be_is_refused(options):
    with pytest.raises(UsageError, match="performer"):
        Performer(**options)
