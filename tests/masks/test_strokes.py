"""Lines and dots of even width in the picture."""

import numpy as np
import pytest

from livemask.geometry import project
from livemask.masks.strokes import Dots, Strokes
from tests.masks import tiny

POINTS = np.array([[-40, 10, -400], [60, -30, -700], [0, 80, -300]], np.float32)
SEGMENTS = np.array([[0, 1], [2, 0]])


def pixels(points):
    return project(tiny.CAMERA, np.eye(4), points)


@pytest.fixture
def corners():
    vertices = Strokes(SEGMENTS).vertices(tiny.CAMERA, POINTS, 4.0)
    return pixels(vertices).reshape(2, 4, 2)


def test_a_line_runs_from_point_to_point(corners):
    ends = pixels(POINTS)

    for quad, (start, end) in zip(corners, SEGMENTS, strict=True):
        np.testing.assert_allclose(0.5 * (quad[0] + quad[3]), ends[start], atol=1e-3)
        np.testing.assert_allclose(0.5 * (quad[1] + quad[2]), ends[end], atol=1e-3)


def test_a_line_is_as_wide_at_its_far_end_as_at_its_near_one(corners):
    for quad in corners:
        assert np.linalg.norm(quad[3] - quad[0]) == pytest.approx(4.0, abs=1e-3)
        assert np.linalg.norm(quad[2] - quad[1]) == pytest.approx(4.0, abs=1e-3)


def test_a_line_is_cut_square(corners):
    for quad in corners:
        along = 0.5 * (quad[1] + quad[2] - quad[0] - quad[3])
        assert abs(along @ (quad[3] - quad[0])) < 0.05


def test_lengths_are_those_in_the_picture():
    ends = pixels(POINTS)
    truth = [np.linalg.norm(ends[a] - ends[b]) for a, b in SEGMENTS]

    np.testing.assert_allclose(Strokes(SEGMENTS).lengths(tiny.CAMERA, POINTS), truth, rtol=1e-4)


def test_a_line_without_length_stays_a_point():
    points = np.repeat(POINTS[:1], 3, axis=0)

    vertices = Strokes(SEGMENTS).vertices(tiny.CAMERA, points, 4.0)

    np.testing.assert_allclose(vertices, np.repeat(POINTS[:1], 8, axis=0))


def test_values_of_points_become_values_of_vertices():
    strokes = Strokes(SEGMENTS)

    assert strokes.ends.tolist() == [0, 1, 1, 0, 2, 0, 0, 2]
    assert len(strokes.uv) == len(strokes.ends) == 8
    assert strokes.triangles.max() == 7


def test_the_texture_runs_across_the_line():
    quad = Strokes(SEGMENTS).uv[:4]

    assert quad[0, 1] == quad[1, 1] == 0.0
    assert quad[2, 1] == quad[3, 1] == 1.0


def test_dots_are_squares_around_their_points_whatever_the_distance():
    dots = Dots(3)

    corners = pixels(dots.vertices(tiny.CAMERA, POINTS, 5.0)).reshape(3, 4, 2)

    np.testing.assert_allclose(corners.mean(1), pixels(POINTS), atol=1e-3)
    np.testing.assert_allclose(np.ptp(corners, axis=1), 10.0, atol=1e-3)
    assert dots.uv[:4].tolist() == [[0, 0], [1, 0], [1, 1], [0, 1]]


def test_dots_face_the_viewer():
    vertices = Dots(3).vertices(tiny.CAMERA, POINTS, 5.0)
    a, b, c = (vertices[Dots(3).triangles[:, i]] for i in range(3))

    assert (np.cross(b - a, c - a)[:, 2] > 0).all()
