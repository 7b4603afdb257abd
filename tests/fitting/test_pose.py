import numpy as np
import pytest

from livemask.fitting.kernels import View
from livemask.fitting.pose import initial_pose, refine_pose, start_pose
from livemask.geometry import project, rotation_vector
from livemask.records import Camera
from tests.heads import drawn_pose

CAMERA = Camera(1000.0, np.zeros(2), (1280, 720))


def pixels_of(points, pose):
    return project(CAMERA, pose, points) * (1.0, -1.0)


def angle(a, b):
    return np.degrees(np.linalg.norm(rotation_vector(a[:3, :3].T @ b[:3, :3])))


@pytest.mark.parametrize("seed", range(5))
def test_the_closed_form_pose_is_near_the_truth(seed):
    rng = np.random.default_rng(seed)
    points, truth = rng.normal(0.0, 45.0, (68, 3)), drawn_pose(rng)
    pose = initial_pose(points, pixels_of(points, truth), CAMERA.focal)
    assert angle(pose, truth) < 1.0
    np.testing.assert_allclose(pose[:3, 3], truth[:3, 3], atol=10.0)


@pytest.mark.parametrize("seed", range(5))
def test_the_refined_pose_is_exact_without_noise(seed):
    rng = np.random.default_rng(seed)
    points, truth = rng.normal(0.0, 45.0, (68, 3)), drawn_pose(rng, turn=30.0)
    view = View(pixels_of(points, truth), np.ones(68), 1000.0, np.eye(3), np.zeros(3))
    start_pose(points, view)
    refine_pose(points, view, 8)
    np.testing.assert_allclose(view.rotation, truth[:3, :3], atol=1e-8)
    np.testing.assert_allclose(view.translation, truth[:3, 3], atol=1e-5)


def test_a_heavier_point_is_met_more_closely():
    rng = np.random.default_rng(3)
    points, truth = rng.normal(0.0, 45.0, (68, 3)), drawn_pose(rng)
    pixels = pixels_of(points, truth)
    pixels[0] += 15.0
    errors = []
    for weight in (1.0, 100.0):
        weights = np.ones(68)
        weights[0] = weight
        view = View(pixels, weights, 1000.0, np.eye(3), np.zeros(3))
        start_pose(points, view)
        refine_pose(points, view, 8)
        seen = points @ view.rotation.T + view.translation
        errors.append(np.linalg.norm(1000.0 * seen[0, :2] / -seen[0, 2] - pixels[0]))
    assert errors[1] < 0.5 * errors[0]
