"""Rotations, rigid transforms, projections and normals. Conventions: `records.py`."""

import numpy as np
from numba import njit

from livemask.records import Array, Camera, Float32, Float64, Int32


def rotation_matrix(vector: Float64) -> Float64:
    """Return the (3, 3) rotation about `vector` (3,) by its length in rad.

    References
    ----------
    Rodrigues 1840; Hartley & Zisserman, Multiple View Geometry, 2003, eq. A4.9.
    """
    angle = float(np.linalg.norm(vector))
    if angle < 1e-12:
        return np.eye(3)
    x, y, z = np.asarray(vector, np.float64) / angle
    cross = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.eye(3) + np.sin(angle) * cross + (1.0 - np.cos(angle)) * (cross @ cross)


def rotation_vector(rotation: Float64) -> Float64:
    """Return the (3,) vector whose direction is the axis and whose length the angle in rad.

    Goes through the quaternion, which is stable near 0 and near pi (Shepperd 1978).
    """
    m = np.asarray(rotation, np.float64)
    trace = np.trace(m)
    pivot = int(np.argmax([trace, m[0, 0], m[1, 1], m[2, 2]]))
    if pivot == 0:
        q = np.array([1.0 + trace, m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]])
    else:
        i = pivot - 1
        j, k = (i + 1) % 3, (i + 2) % 3
        q = np.empty(4)
        q[0] = m[k, j] - m[j, k]
        q[1 + i] = 1.0 + m[i, i] - m[j, j] - m[k, k]
        q[1 + j] = m[j, i] + m[i, j]
        q[1 + k] = m[k, i] + m[i, k]
    q /= np.linalg.norm(q)
    if q[0] < 0.0:
        q = -q
    sine = float(np.linalg.norm(q[1:]))
    if sine < 1e-12:
        return np.zeros(3)
    return q[1:] * (2.0 * np.arctan2(sine, q[0]) / sine)


def nearest_rotation(matrix: Float64) -> Float64:
    """Return the (3, 3) rotation nearest to `matrix` in the Frobenius norm (Kabsch 1976)."""
    u, _, vt = np.linalg.svd(matrix)
    return np.asarray(u @ np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))]) @ vt)


def rigid(rotation: Float64, translation: Float64) -> Float64:
    """Return the (4, 4) transform that rotates, then translates."""
    transform = np.eye(4)
    transform[:3, :3] = rotation
    transform[:3, 3] = translation
    return transform


def transform_points(b_from_a: Float64, points: Array) -> Float64:
    """Return `points` (n, 3) of frame a in frame b."""
    return np.asarray(points @ b_from_a[:3, :3].T + b_from_a[:3, 3])


def project(camera: Camera, camera_from_points: Float64, points: Array) -> Float64:
    """Return where `camera` sees `points` (n, 3) mm, as (n, 2) px in the image.

    Points at or behind the camera come out as nan.
    """
    seen = transform_points(camera_from_points, points)
    depth = np.where(seen[:, 2:3] < -1e-6, -seen[:, 2:3], np.nan)
    scaled = camera.focal * seen[:, :2] / depth
    return np.asarray(camera.centre + scaled * np.array([1.0, -1.0]))


def clip_from_camera(camera: Camera, near: float = 20.0, far: float = 20000.0) -> Float64:
    """Return the (4, 4) OpenGL projection that agrees with `project` to the pixel.

    Row 0 of the image is the top, and its pixel centres lie at whole numbers, half a
    pixel away from OpenGL's window coordinates: hence the 0.5.
    """
    width, height = camera.size
    cx, cy = camera.centre + 0.5
    f = camera.focal
    return np.array(
        [
            [2 * f / width, 0.0, 1.0 - 2 * cx / width, 0.0],
            [0.0, 2 * f / height, 2 * cy / height - 1.0, 0.0],
            [0.0, 0.0, -(far + near) / (far - near), -2 * far * near / (far - near)],
            [0.0, 0.0, -1.0, 0.0],
        ]
    )


def euler_angles(rotation: Float64) -> tuple[float, float, float]:
    """Return pitch, yaw, roll in rad of a camera_from_head rotation.

    `rotation = Rz(roll) @ Ry(yaw) @ Rx(pitch)` about the camera's axes (+x right, +y up,
    +z towards the viewer): pitch > 0 looks down, yaw > 0 turns the nose to the image's
    right, roll > 0 tilts the head anticlockwise as seen in the image.
    """
    yaw = float(np.arcsin(np.clip(-rotation[2, 0], -1.0, 1.0)))
    pitch = float(np.arctan2(rotation[2, 1], rotation[2, 2]))
    roll = float(np.arctan2(rotation[1, 0], rotation[0, 0]))
    return pitch, yaw, roll


def vertex_normals(vertices: Float32, triangles: Int32, normals: Float32) -> None:
    """Write to `normals` (n, 3) the unit normals of a mesh, weighted by triangle area.

    `vertices` (n, 3) float32, `triangles` (t, 3) int32. Vertices of no triangle get 0.
    """
    _vertex_normals(vertices, triangles, normals)


@njit(cache=True, nogil=True)
def _vertex_normals(vertices, triangles, normals):  # type: ignore[no-untyped-def]
    normals[:] = 0.0
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ux = vertices[b, 0] - vertices[a, 0]
        uy = vertices[b, 1] - vertices[a, 1]
        uz = vertices[b, 2] - vertices[a, 2]
        vx = vertices[c, 0] - vertices[a, 0]
        vy = vertices[c, 1] - vertices[a, 1]
        vz = vertices[c, 2] - vertices[a, 2]
        nx, ny, nz = uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx
        for i in (a, b, c):
            normals[i, 0] += nx
            normals[i, 1] += ny
            normals[i, 2] += nz
    for i in range(normals.shape[0]):
        x, y, z = normals[i, 0], normals[i, 1], normals[i, 2]
        length = (x * x + y * y + z * z) ** 0.5
        if length > 0.0:
            normals[i, 0] = x / length
            normals[i, 1] = y / length
            normals[i, 2] = z / length
