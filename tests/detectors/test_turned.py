import numpy as np
import pytest

from livemask.detectors import dlib68, turned
from livemask.detectors.turned import SIDE, TurnedDetector, believed, scatter, turn
from livemask.geometry import project, rigid, rotation_matrix
from livemask.landmarks import JAW, MIRROR
from livemask.performer import Performer
from livemask.records import Camera, Frame
from tests.heads import shipped

BOX = np.array([100.0, 80.0, 220.0, 200.0])


@pytest.fixture(scope="module")
def detector():
    return dlib68.create()


@pytest.fixture(scope="module")
def performer():
    person = Performer(size=(640, 480), seed=3)
    yield person
    person.close()


def pose(yaw, z=-560.0):
    turned_by = rotation_matrix(np.array([0.0, np.radians(yaw), 0.0]))
    return rigid(turned_by, np.array([0.0, 12.0, z]))


def head_points(yaw):
    points = shipped().landmark_model.mean[:68]
    return project(Camera.from_field_of_view((640, 480)), pose(yaw, -900.0), points)


@pytest.mark.parametrize("yaw", [-45, -35, 35, 45])
def test_a_turned_performer_is_found_where_the_face_is(performer, detector, yaw):
    truth = performer.pose(pose(yaw), np.zeros(52))
    found = detector.find(performer.picture(truth))
    inner = project(truth.camera, truth.camera_from_head, truth.landmarks)[JAW.stop :]
    assert found
    middle = 0.5 * (np.array(found[0][:2]) + np.array(found[0][2:4]))
    assert np.linalg.norm(middle - inner.mean(0)) < 0.3 * (found[0][2] - found[0][0])


def test_a_mirrored_picture_suggests_the_other_side(performer):
    image = performer.picture(performer.pose(pose(50), np.zeros(52)))
    grey, finder = np.ascontiguousarray(image[..., 1]), TurnedDetector()
    both = (grey, np.ascontiguousarray(grey[:, ::-1]))
    sides = [max(finder.run(picture), key=lambda found: found[1])[2] for picture in both]
    assert sides == [1, -1]


def test_the_back_of_a_head_is_no_face(performer, detector):
    for yaw in (150, 180, 210):
        assert detector.find(performer.picture(performer.pose(pose(yaw), np.zeros(52)))) == []


@pytest.mark.parametrize("yaw", [-60, -30, 30, 60])
def test_the_turn_of_points_grows_with_the_yaw_and_has_its_sign(yaw):
    assert turn(head_points(yaw)) * np.sign(yaw) > 0.75 * abs(np.tan(np.radians(yaw))) - 0.1
    assert turn(head_points(yaw)[MIRROR] * (-1, 1)) == pytest.approx(-turn(head_points(yaw)))


def test_a_roll_does_not_change_the_turn():
    points = head_points(40)
    spin = np.array([[0.8, -0.6], [0.6, 0.8]])
    assert turn(points @ spin.T) == pytest.approx(turn(points))


def fixed(points):
    """Look at a face that is where it is, whatever the box."""
    return lambda _: points


def carried(points):
    """Look at what is no face: the points go with the box."""
    return lambda box: points + 0.5 * (box[:2] + box[2:]) - points.mean(0)


def test_points_that_stay_are_steady_and_points_that_go_with_the_box_are_not():
    assert scatter(fixed(head_points(0)), BOX) < 1e-9
    assert scatter(carried(head_points(0)), BOX) > turned.STEADY


def test_a_doubtful_frontal_face_is_believed_if_its_points_are_steady():
    assert believed(fixed(head_points(0)), BOX, -0.3) is not None
    assert believed(carried(head_points(0)), BOX, -0.3) is None


def test_a_turned_face_is_believed_if_its_points_are_turned_to_that_side():
    points = head_points(50)
    assert believed(fixed(points), BOX, -0.2, 1) is not None
    assert believed(fixed(points), BOX, -0.2, -1) is None
    assert believed(fixed(head_points(10)), BOX, -0.2, 1) is None


def test_of_several_boxes_the_one_with_the_most_turned_points_is_taken():
    def look(box):
        return head_points(55 if box[0] > BOX[0] + 5.0 and box[0] < BOX[0] + 15.0 else 20)

    box = believed(look, BOX, 0.5, 1)
    np.testing.assert_allclose(box - BOX, turned.SHIFT * 120.0 * np.array([1, 0, 1, 0]))


def test_points_that_look_ahead_on_a_cheek_are_not_believed_however_sure_the_suggestion():
    assert believed(fixed(head_points(-15)), BOX, 1.5, 1) is None


def test_the_box_of_a_frontal_face_is_around_its_points():
    points = head_points(0)
    box = believed(fixed(points), BOX, -0.2)
    np.testing.assert_allclose(0.5 * (box[:2] + box[2:]), points[JAW.stop :].mean(0))
    width, height = np.ptp(points, axis=0)
    assert box[2] - box[0] == pytest.approx(SIDE * np.sqrt(width * height))


def test_a_frontal_face_is_found_as_before_and_no_other_sought(performer, detector, monkeypatch):
    image = performer.picture(performer.pose(pose(0), np.zeros(52)))
    monkeypatch.setattr(detector, "_turned", None)
    assert detector.find(image)[0][4] > 0.5
    assert detector.detect(Frame(image, 0.0, 0), np.array(detector.find(image)[0][:4])) is not None
