import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from livemask.geometry import (
    clip_from_camera,
    euler_angles,
    nearest_rotation,
    project,
    rigid,
    rotation_matrix,
    rotation_vector,
    transform_points,
    vertex_normals,
)
from livemask.records import Camera

OFF_CENTRE = Camera(focal=812.5, centre=np.array([310.25, 251.75]), size=(640, 480))
IN_FRONT = rigid(np.eye(3), np.array([0.0, 0.0, -600.0]))
NOSE = np.array([0.0, 0.0, 100.0])

coordinate = st.floats(-1.0, 1.0)
axes = (
    st.tuples(coordinate, coordinate, coordinate)
    .map(np.array)
    .filter(lambda v: np.linalg.norm(v) > 1e-3)
    .map(lambda v: v / np.linalg.norm(v))
)
near_zero = st.floats(0.0, 1e-6)
near_pi = st.floats(math.pi - 1e-6, math.pi)
angles = st.one_of(near_zero, near_pi, st.floats(0.0, math.pi))


def random_rotations(count, seed=0):
    return Rotation.random(count, rng=np.random.default_rng(seed)).as_matrix()


def test_a_quarter_turn_about_y_takes_the_nose_to_the_subjects_left():
    quarter = rotation_matrix(np.array([0.0, math.pi / 2, 0.0]))
    assert quarter @ [0.0, 0.0, 1.0] == pytest.approx([1.0, 0.0, 0.0])


@given(axes, angles)
def test_a_rotation_matrix_is_the_same_as_scipys(axis, angle):
    matrix = rotation_matrix(angle * axis)
    assert matrix == pytest.approx(Rotation.from_rotvec(angle * axis).as_matrix(), abs=1e-9)


@given(axes, angles)
def test_a_rotation_vector_survives_the_round_trip(axis, angle):
    back = rotation_vector(rotation_matrix(angle * axis))
    # At a half turn the axis may point either way: it is the same rotation.
    apart = min(np.linalg.norm(back - angle * axis), np.linalg.norm(back + angle * axis))
    if angle < math.pi - 1e-5:
        apart = np.linalg.norm(back - angle * axis)
    assert apart < 1e-7


@given(axes, angles)
def test_a_matrix_survives_the_round_trip_through_its_vector(axis, angle):
    matrix = Rotation.from_rotvec(angle * axis).as_matrix()
    assert rotation_matrix(rotation_vector(matrix)) == pytest.approx(matrix, abs=1e-9)


@pytest.mark.parametrize("axis", np.eye(3))
def test_a_half_turn_about_an_axis_has_length_pi(axis):
    half_turn = 2.0 * np.outer(axis, axis) - np.eye(3)
    assert np.abs(rotation_vector(half_turn)) == pytest.approx(math.pi * axis)


def test_no_rotation_is_the_zero_vector():
    assert np.array_equal(rotation_matrix(np.zeros(3)), np.eye(3))
    assert np.array_equal(rotation_vector(np.eye(3)), np.zeros(3))


def test_the_nearest_rotation_to_a_rotation_is_itself():
    for rotation in random_rotations(20):
        assert nearest_rotation(3.0 * rotation) == pytest.approx(rotation, abs=1e-12)


def test_the_nearest_rotation_never_mirrors():
    for matrix in np.random.default_rng(1).normal(size=(50, 3, 3)):
        assert np.linalg.det(nearest_rotation(matrix)) == pytest.approx(1.0)


def test_no_other_rotation_is_nearer_to_a_matrix():
    others = random_rotations(500, seed=2)
    for matrix in np.random.default_rng(3).normal(size=(20, 3, 3)):
        least = np.linalg.norm(nearest_rotation(matrix) - matrix)
        assert least <= np.linalg.norm(others - matrix, axis=(1, 2)).min()


def test_a_rigid_transform_rotates_then_translates():
    rotation, translation = random_rotations(1)[0], np.array([1.0, 2.0, 3.0])
    points = np.random.default_rng(4).normal(size=(7, 3))
    expected = [rotation @ point + translation for point in points]
    assert transform_points(rigid(rotation, translation), points) == pytest.approx(
        np.array(expected)
    )


def test_c_from_b_times_b_from_a_is_c_from_a():
    c_from_b = rigid(random_rotations(1, seed=5)[0], np.array([5.0, -1.0, 2.0]))
    b_from_a = rigid(random_rotations(1, seed=6)[0], np.array([0.5, 4.0, -3.0]))
    points = np.random.default_rng(7).normal(size=(5, 3))
    one_by_one = transform_points(c_from_b, transform_points(b_from_a, points))
    assert transform_points(c_from_b @ b_from_a, points) == pytest.approx(one_by_one)


def test_a_point_on_the_axis_projects_to_the_principal_point():
    assert project(OFF_CENTRE, np.eye(4), np.array([[0.0, 0.0, -500.0]]))[0] == pytest.approx(
        OFF_CENTRE.centre
    )


def test_a_millimetre_at_the_focal_distance_is_a_pixel():
    point = np.array([[1.0, -1.0, -OFF_CENTRE.focal]])
    assert project(OFF_CENTRE, np.eye(4), point)[0] == pytest.approx(OFF_CENTRE.centre + 1.0)


def test_points_at_or_behind_the_camera_are_seen_nowhere():
    points = np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 10.0], [0.0, 0.0, -10.0]])
    seen = project(OFF_CENTRE, np.eye(4), points)
    assert np.isnan(seen[:2]).all()
    assert np.isfinite(seen[2]).all()


def window_position(camera, point):
    """Return where OpenGL draws a point, in its own window coordinates, as image px."""
    clip = clip_from_camera(camera) @ np.append(point, 1.0)
    width, height = camera.size
    x, y = (clip[:2] / clip[3] + 1.0) / 2.0 * (width, height)
    return np.array([x - 0.5, height - y - 0.5])


@given(
    st.floats(-300, 300),
    st.floats(-300, 300),
    st.floats(-5000, -100),
    st.floats(200, 2000),
    st.tuples(st.integers(64, 1920), st.integers(64, 1080)),
)
def test_opengl_draws_a_point_where_the_fitter_projects_it(x, y, z, focal, size):
    camera = Camera(focal, np.array([size[0] * 0.48, size[1] * 0.53]), size)
    point = np.array([x, y, z])
    expected = project(camera, np.eye(4), point[None])[0]
    assert window_position(camera, point) == pytest.approx(expected, abs=1e-9, rel=1e-12)


def test_the_corners_of_the_picture_are_the_corners_of_clip_space():
    camera = Camera.from_field_of_view((640, 480))
    # The outer corner of the top left pixel lies half a pixel beyond its centre.
    left, top = (np.array([-0.5, -0.5]) - camera.centre) / camera.focal
    clip = clip_from_camera(camera) @ [left, -top, -1.0, 1.0]
    assert clip[:2] / clip[3] == pytest.approx([-1.0, 1.0])


@pytest.mark.parametrize(("depth", "expected"), [(20.0, -1.0), (20000.0, 1.0)])
def test_near_and_far_are_the_ends_of_the_depth_range(depth, expected):
    clip = clip_from_camera(OFF_CENTRE, near=20.0, far=20000.0) @ [0.0, 0.0, -depth, 1.0]
    assert clip[2] / clip[3] == pytest.approx(expected)


def seen_from(vector):
    """Return where the camera sees the nose of a head turned by `vector`, px from its middle."""
    pose = rigid(rotation_matrix(np.array(vector)), IN_FRONT[:3, 3])
    return project(OFF_CENTRE, pose, NOSE[None])[0] - OFF_CENTRE.centre


def test_positive_pitch_looks_down():
    assert euler_angles(rotation_matrix(np.array([0.3, 0, 0]))) == pytest.approx((0.3, 0, 0))
    assert seen_from([0.3, 0, 0])[1] > 10.0


def test_positive_yaw_turns_the_nose_to_the_right_of_the_image():
    assert euler_angles(rotation_matrix(np.array([0, 0.3, 0]))) == pytest.approx((0, 0.3, 0))
    assert seen_from([0, 0.3, 0])[0] > 10.0


def test_positive_roll_tilts_the_head_anticlockwise_in_the_image():
    rotation = rotation_matrix(np.array([0, 0, 0.3]))
    assert euler_angles(rotation) == pytest.approx((0, 0, 0.3))
    crown = project(OFF_CENTRE, rigid(rotation, IN_FRONT[:3, 3]), np.array([[0.0, 100.0, 0.0]]))
    assert crown[0, 0] < OFF_CENTRE.centre[0] - 10.0


@given(st.floats(-3.1, 3.1), st.floats(-1.5, 1.5), st.floats(-3.1, 3.1))
def test_euler_angles_are_roll_after_yaw_after_pitch(pitch, yaw, roll):
    matrices = [rotation_matrix(v) for v in np.diag([pitch, yaw, roll])]
    rotation = matrices[2] @ matrices[1] @ matrices[0]
    assert euler_angles(rotation) == pytest.approx((pitch, yaw, roll), abs=1e-9)


def normals_of(vertices, triangles):
    """The plain-numpy twin of the kernel."""
    normals = np.zeros(vertices.shape)
    corners = vertices.astype(np.float64)[triangles]
    areas = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], areas)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.divide(normals, lengths, out=np.zeros_like(normals), where=lengths > 0)


def compiled_normals(vertices, triangles):
    normals = np.full(vertices.shape, np.nan, np.float32)
    vertex_normals(vertices.astype(np.float32), triangles.astype(np.int32), normals)
    return normals


def test_compiled_normals_are_those_of_their_twin():
    rng = np.random.default_rng(8)
    vertices = rng.normal(size=(60, 3)).astype(np.float32)
    triangles = np.array([rng.choice(60, 3, replace=False) for _ in range(150)])
    assert compiled_normals(vertices, triangles) == pytest.approx(
        normals_of(vertices, triangles), abs=1e-4
    )


def test_normals_of_anticlockwise_triangles_point_towards_the_viewer():
    square = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], np.float32)
    normals = compiled_normals(square, np.array([[0, 1, 2], [0, 2, 3]]))
    assert normals == pytest.approx(np.tile([0.0, 0.0, 1.0], (4, 1)))


def test_a_vertex_of_no_triangle_has_no_normal():
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [9, 9, 9]], np.float32)
    assert np.array_equal(compiled_normals(vertices, np.array([[0, 1, 2]]))[3], np.zeros(3))
