"""The twin of the published algorithm against known truth, on projected points."""

import numpy as np
import pytest

from benchmarks.student import Student, affine_camera, solve, split
from livemask.geometry import nearest_rotation, project, rotation_vector
from tests.heads import CAMERA, drawn_expression, drawn_pose, shipped


def fitted(seed, frames=3):
    """Return a student who has seen the same points a few times, those points and their pose."""
    rng, model = np.random.default_rng(seed), shipped()
    pose = drawn_pose(rng)
    identity, expression = rng.normal(0.0, 0.8, len(model.identity)), drawn_expression(model, rng)
    points = project(CAMERA, pose, model.landmark_model.points(identity, expression)[:68])
    student = Student(model)
    for _ in range(frames):
        student.fit(points)
    return student, points, pose


def test_the_affine_camera_of_affine_points_is_found_exactly():
    rng = np.random.default_rng(1)
    points, camera = rng.normal(0.0, 40.0, (68, 3)), rng.normal(0.0, 2.0, (2, 4))
    found = affine_camera(points @ camera[:, :3].T + camera[:, 3], points)
    assert found == pytest.approx(camera, abs=1e-9)


def test_a_camera_is_split_into_what_it_was_made_of():
    turn = drawn_pose(np.random.default_rng(2))[:3, :3]
    scale, rotation, place = split(np.c_[1.7 * turn[:2], [3.0, -4.0]])
    assert scale == pytest.approx(1.7)
    assert rotation == pytest.approx(turn)
    assert place == pytest.approx([3.0, -4.0])


def test_coefficients_without_weight_are_found_and_with_weight_shrink():
    rng = np.random.default_rng(3)
    basis, flat, true = rng.normal(size=(3 * 68, 5)), rng.normal(size=(2, 3)), rng.normal(size=5)
    rest = (basis @ true).reshape(-1, 3) @ flat.T
    assert solve(basis, flat, rest, np.zeros(5)) == pytest.approx(true)
    held = solve(basis, flat, rest, np.full(5, 1e4))
    assert np.linalg.norm(held) < 0.3 * np.linalg.norm(true)


@pytest.mark.parametrize("seed", range(4))
def test_the_points_are_met_better_than_by_the_mean_face_and_the_pose_as_an_affine_camera_can(seed):
    student, points, pose = fitted(seed)
    left = np.sqrt(np.mean((student.points() - points) ** 2))
    mean = shipped().landmark_model.mean[:68]
    camera = affine_camera(points, mean)
    scale, rotation, place = split(camera)
    of_mean = mean @ (scale * rotation[:2]).T + place - points
    assert left < min(6.0, np.sqrt(np.mean(of_mean**2)))
    off = rotation_vector(nearest_rotation(student.rotation) @ pose[:3, :3].T)
    assert np.degrees(np.linalg.norm(off)) < 15.0
    assert student.scale == pytest.approx(CAMERA.focal / -pose[2, 3], rel=0.2)


def test_it_has_all_coefficients_of_the_model_and_gives_its_whole_mesh():
    student, _, _ = fitted(0)
    model = shipped()
    assert student.identity.shape == (len(model.identity),)
    assert student.expression.shape == (len(model.expressions),)
    assert student.expression.any()
    vertices = student.vertices()
    assert vertices == pytest.approx(
        model.mean
        + np.tensordot(student.identity, model.identity, 1)
        + np.tensordot(student.expression, model.expressions, 1),
        abs=1e-3,
    )
    ours = model.normals(vertices.astype(np.float32))
    alike = np.einsum("ij,ij->i", ours, student.normals(vertices))
    assert np.quantile(alike, 0.01) > 0.999
