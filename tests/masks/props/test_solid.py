"""The shapes that things are made of."""

import numpy as np

from livemask.masks.props.solid import Solid, joined, mirrored, smooth_line, tube
from livemask.records import Material
from tests.masks.solids import agreement, volume


def straight():
    line = np.column_stack([np.zeros(20), np.zeros(20), np.linspace(0.0, 50.0, 20)])
    return tube(line, np.array([3.0, 3.0]), 32)


def test_a_straight_tube_has_the_radius_that_was_asked_for():
    vertices, _ = straight()
    np.testing.assert_allclose(np.linalg.norm(vertices[:, :2], axis=1), 3.0, atol=1e-9)


def test_a_shape_and_its_mirror_image_look_to_the_same_side():
    shape = straight()
    assert np.sign(volume(*shape)) == np.sign(volume(*mirrored(shape)))


def test_joined_shapes_keep_their_triangles_apart():
    vertices, triangles = joined(straight(), mirrored(straight()))
    half = len(vertices) // 2
    assert ((triangles < half).all(1) | (triangles >= half).all(1)).all()
    assert triangles.max() == len(vertices) - 1


def test_a_smooth_line_goes_through_its_points():
    points = np.array([[0.0, 0, 0], [10, 5, 0], [20, 0, 3], [30, 8, 1]])
    line = smooth_line(points, 31)
    np.testing.assert_allclose(line[::10], points, atol=1e-9)


def test_the_normals_of_a_solid_are_those_of_its_triangles():
    vertices, triangles = straight()
    solid = Solid(vertices.astype(np.float32), triangles, Material())
    assert agreement(solid.vertices, triangles, solid.normals).min() > 0.98
