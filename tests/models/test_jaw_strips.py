import numpy as np
import pytest

from livemask.geometry import project, rigid, rotation_matrix
from livemask.landmark_model import LandmarkModel
from livemask.models.jaw_strips import jaw_strips
from tests.heads import CAMERA, shipped

JAW = slice(0, 17)


def computed(landmarks):
    model = shipped()
    return jaw_strips(model.mean, model.normals(model.mean), landmarks, model.parts["skin"])


def outline(contour, landmarks, yaw, person=None):
    """Return the (17, 2) px of the visible outline of a head 600 mm away, turned by `yaw` deg."""
    model = shipped()
    identity = np.zeros(len(model.identity)) if person is None else person
    rows = LandmarkModel.of(model.mean, model.identity, model.expressions, landmarks, contour)
    rotation = rotation_matrix(np.radians([0.0, yaw, 0.0]))
    points = rows.landmarks(identity, np.zeros(len(model.expressions)), rotation)
    return project(CAMERA, rigid(rotation, np.array([0.0, 0.0, -600.0])), points)[JAW]


def misses(contour, landmarks, yaw, person=None):
    model = shipped()
    stored = outline(model.contour, model.landmark_vertices, yaw, person)
    return np.linalg.norm(outline(contour, landmarks, yaw, person) - stored, axis=1)


@pytest.mark.parametrize("yaw", [-30.0, 0.0, 30.0])
def test_they_give_the_outline_that_the_shipped_head_stores(yaw):
    strips, landmarks = computed(shipped().landmark_vertices)
    missed = misses(strips, landmarks, yaw)
    assert missed.mean() < 0.6
    assert missed.max() < 3.0


@pytest.mark.parametrize("yaw", [-30.0, 30.0])
def test_they_do_so_on_other_people_too(yaw):
    rng = np.random.default_rng(2)
    strips, landmarks = computed(shipped().landmark_vertices)
    people = [rng.normal(size=80) for _ in range(5)]
    assert np.mean([misses(strips, landmarks, yaw, p) for p in people]) < 0.8


def test_without_them_the_outline_of_a_turned_head_is_far_off():
    none = (np.empty(0, np.int32),) * 17
    assert misses(none, shipped().landmark_vertices, 30.0).mean() > 8.0


def test_jaw_points_that_a_model_does_not_name_are_found_on_the_outline():
    model = shipped()
    landmarks = model.landmark_vertices.copy()
    landmarks[JAW] = -1
    strips, found = computed(landmarks)
    away = np.linalg.norm(model.mean[found[JAW]] - model.mean[model.landmark_vertices[JAW]], axis=1)
    assert away.mean() < 8.0
    assert misses(strips, found, 30.0).mean() < 5.0
    assert np.array_equal(found[17:], landmarks[17:])


def test_each_runs_from_front_to_back_and_ends_at_its_jaw_point():
    model = shipped()
    strips, _ = computed(model.landmark_vertices)
    for point, strip in enumerate(strips):
        assert strip[-1] == model.landmark_vertices[point]
        assert model.mean[strip[0], 2] > model.mean[strip[-1], 2] + 5.0
        assert len(set(strip.tolist())) == len(strip)
        assert np.isin(strip, model.parts["skin"]).all()


@pytest.mark.parametrize("lost", [[36], [45], [30, 31, 33, 35], list(range(68))])
def test_without_eyes_or_nose_nothing_is_told(lost):
    landmarks = shipped().landmark_vertices.copy()
    landmarks[lost] = -1
    strips, found = computed(landmarks)
    assert [len(strip) for strip in strips] == [0] * 17
    assert np.array_equal(found, landmarks)


def test_a_base_of_the_nose_that_is_not_named_is_taken_from_beside_it():
    landmarks = shipped().landmark_vertices.copy()
    landmarks[33] = -1
    strips, found = computed(landmarks)
    assert misses(strips, np.where(found < 0, 0, found), 30.0).mean() < 12.0
    assert all(len(strip) for strip in strips)
