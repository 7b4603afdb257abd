import numpy as np

from livemask.detectors.dlib68 import _image_from_box
from livemask.geometry import rigid, rotation_matrix
from livemask.records import Camera, Fit, State
from livemask.tracking.region import TIGHT, Region, tilted
from tests.heads import CAMERA, shipped

FRONTAL = shipped().landmark_model.mean[:68]


def fit_at(vector=(0.0, 0.0, 0.0), place=(0.0, 0.0, -600.0), camera=CAMERA):
    pose = rigid(rotation_matrix(np.array(vector)), np.array(place))
    return Fit(0, camera, pose, np.zeros(80), np.zeros(52), 1.0, 1.0, State.TRACKED)


def centre_and_side(box):
    return 0.5 * (box[:2] + box[2:]), box[2] - box[0]


def test_the_region_is_a_square_about_the_face():
    box = Region(FRONTAL).of(fit_at())
    assert abs((box[2] - box[0]) - (box[3] - box[1])) < 1e-9
    eyes = CAMERA.focal / 500.0 * np.linalg.norm(FRONTAL[45] - FRONTAL[36])
    assert 1.4 * eyes < box[2] - box[0] < 2.4 * eyes


def test_the_corners_are_those_of_what_the_predictor_looks_at():
    box, roll = np.array([100.0, 50.0, 180.0, 130.0]), 0.3
    to_image = _image_from_box(box, roll)
    corners = np.array([[0, 0, 1], [1, 0, 1], [1, 1, 1], [0, 1, 1]]) @ to_image.T
    np.testing.assert_allclose(tilted(box, roll), corners)
    np.testing.assert_allclose(tilted(box, 0.0)[[0, 2]].ravel(), box)


def test_twice_as_far_is_half_as_large():
    near, far = Region(FRONTAL).of(fit_at()), Region(FRONTAL).of(fit_at(place=(0, 0, -1200.0)))
    assert 0.4 < (far[2] - far[0]) / (near[2] - near[0]) < 0.52


def test_what_the_detector_says_is_taken_over_step_by_step():
    region, fit = Region(FRONTAL), fit_at((0.0, 0.2, 0.1))
    middle, side = centre_and_side(region.of(fit))
    truth = np.concatenate([middle + 9.0 - 0.6 * side, middle + 9.0 + 0.6 * side])
    for _ in range(12):
        region.learn(fit, truth)
    found_middle, found_side = centre_and_side(region.of(fit))
    np.testing.assert_allclose(found_middle, middle + 9.0, atol=1.0)
    np.testing.assert_allclose(found_side, TIGHT * 1.2 * side, rtol=0.02)


def test_what_was_learnt_goes_along_with_the_head():
    region, fit = Region(FRONTAL), fit_at()
    middle, side = centre_and_side(region.of(fit))
    for _ in range(12):
        region.learn(fit, np.concatenate([middle - 0.6 * side, middle + 0.6 * side]))
    other = Camera(CAMERA.focal, CAMERA.centre + 40.0, CAMERA.size)
    np.testing.assert_allclose(region.of(fit_at(camera=other)), region.of(fit) + 40.0, atol=1e-9)


def test_forgetting_returns_to_what_suits_most_faces():
    region, fit = Region(FRONTAL), fit_at()
    usual = region.of(fit)
    region.learn(fit, usual * 1.1)
    region.forget()
    np.testing.assert_array_equal(region.of(fit), usual)
