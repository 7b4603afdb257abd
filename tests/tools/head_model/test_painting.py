import numpy as np
import pytest
from head_model.brushes import blob, noise, step
from head_model.contour import ANGLES, contour, jaw_vertices
from head_model.occlusion import openness

from livemask.landmarks import MIRROR
from livemask.models.subdivision import triangulate


def ball(radius=40.0, rings=30):
    """Return the points and quads of a ball without its poles."""
    down, around = np.meshgrid(
        np.linspace(0.15, np.pi - 0.15, rings), np.arange(60) * np.pi / 30, indexing="ij"
    )
    points = radius * np.stack(
        [np.sin(down) * np.sin(around), np.cos(down), np.sin(down) * np.cos(around)], 2
    )
    numbers = np.arange(rings * 60).reshape(rings, 60)
    right = np.roll(numbers, -1, 1)
    quads = np.stack([numbers[:-1], numbers[1:], right[1:], right[:-1]], 2).reshape(-1, 4)
    return points.reshape(-1, 3), quads


def test_a_step_is_smooth_in_either_direction():
    np.testing.assert_allclose(
        step(np.array([-1.0, 0.0, 0.5, 1.0, 2.0]), 0.0, 1.0), [0, 0, 0.5, 1, 1]
    )
    np.testing.assert_allclose(step(np.array([0.0, 0.5, 1.0]), 1.0, 0.0), [1, 0.5, 0])


def test_a_blob_has_a_mirror_image():
    points = np.array([[5.0, 1.0, 2.0], [-5.0, 1.0, 2.0], [0.0, 90.0, 0.0]])
    np.testing.assert_allclose(blob(points, points[0], (2.0, 2.0, 2.0)), [1.0, 1.0, 0.0], atol=1e-9)


def test_noise_is_smooth_and_the_same_each_time():
    line = np.column_stack([np.linspace(0.0, 40.0, 400), np.zeros(400), np.zeros(400)])
    values = noise(line, 5.0, 3)
    np.testing.assert_array_equal(values, noise(line, 5.0, 3))
    assert np.abs(values).max() <= 1.0
    assert np.abs(np.diff(values)).max() < 0.15
    assert values.std() > 0.1


def test_nothing_hides_the_outside_of_a_ball():
    points, quads = ball()
    seen = openness(points, points / 40.0, triangulate(quads))
    assert seen.min() > 0.9


def test_a_ball_inside_another_is_dark():
    points, quads = ball()
    both = np.vstack([points, 0.5 * points])
    triangles = triangulate(np.vstack([quads, quads + len(points)]))
    seen = openness(both, np.vstack([points, points]) / 40.0, triangles)
    assert np.median(seen[len(points) :]) < 0.1
    assert np.median(seen[: len(points)]) > 0.9


def test_strips_leave_the_nose_at_their_angles_and_run_backwards():
    points, _ = ball(radius=75.0, rings=160)
    nose = np.array([0.0, 0.0, 75.0])
    points = np.vstack([points + np.array([0.0, 0.0, 20.0]), nose])
    strips = contour(points, points[:, 2] < 94.0, nose)
    assert len(strips) == 17
    for strip, angle in zip(strips[:9], ANGLES, strict=True):
        seen = np.degrees(np.arctan2(points[strip, 1], points[strip, 0])) % 360.0
        assert np.abs((seen - angle + 180.0) % 360.0 - 180.0).max() < 6.0
        assert points[strip[0], 2] > points[strip[-1], 2]


def test_jaw_points_left_and_right_mirror_one_another():
    points, _ = ball(radius=75.0, rings=160)
    points += [0.0, 0.0, 20.0]
    nose = np.array([0.0, 0.0, 95.0])
    jaw = points[jaw_vertices(points, contour(points, points[:, 2] < 94.0, nose), nose)]
    np.testing.assert_allclose(jaw[MIRROR[:17]] * [-1, 1, 1], jaw, atol=5.0)
    assert np.linalg.norm(jaw[[0, 1, 2, 3, 13, 14, 15, 16], :2], axis=1) == pytest.approx(
        75.0, abs=4.0
    )
