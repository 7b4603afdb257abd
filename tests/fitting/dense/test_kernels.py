"""The loops of the dense fit against plain numpy and finite differences."""

import numpy as np

from livemask.fitting.dense.kernels import (
    EDGE,
    LIGHT,
    TINT,
    colour_rows,
    harmonics,
    motion_rows,
    sample,
    weigh,
)
from livemask.fitting.kernels import rotate_by
from livemask.geometry import rotation_matrix

SIDE, COUNT = 64, 40
LENS = np.array([500.0, 310.0, 245.0, 0.4, 230.0, 165.0])  # the cut shows x 230-390, y 165-325


def waves():
    """Return planes (2, 3, s, s) of smooth waves with their exact slopes."""
    v, u = np.mgrid[:SIDE, :SIDE].astype(np.float64)
    planes = [
        [np.sin(a * u + b * v), a * np.cos(a * u + b * v), b * np.cos(a * u + b * v)]
        for a, b in ((0.05, 0.03), (-0.02, 0.06))
    ]
    return np.array(planes, np.float32)


def scene(seed=3):
    rng = np.random.default_rng(seed)
    points = rng.uniform(-50.0, 50.0, (3, COUNT)).astype(np.float32)
    normals = rng.normal(0.0, 0.5, (3, COUNT)) + np.array([[0.0], [0.0], [1.0]])
    normals = (normals / np.linalg.norm(normals, axis=0)).astype(np.float32)
    return (
        points,
        normals,
        rotation_matrix(np.array([0.1, -0.2, 0.05])),
        np.array([4.0, 6.0, -620.0]),
    )


def looked(points, normals, rotation, translation):
    seen, found = np.empty((3, COUNT)), np.empty((COUNT, 16))
    sample(points, normals, rotation, translation, LENS, waves(), seen, found)
    return seen, found


def test_what_is_sampled_is_what_plain_numpy_reads():
    points, normals, rotation, translation = scene()
    seen, found = looked(points, normals, rotation, translation)
    where = rotation @ points + translation[:, None]
    np.testing.assert_allclose(seen, where, rtol=1e-6)
    u = (LENS[1] + LENS[0] * where[0] / -where[2] - LENS[4]) * LENS[3]
    v = (LENS[2] - LENS[0] * where[1] / -where[2] - LENS[5]) * LENS[3]
    facing = -np.sum((rotation @ normals) * where, axis=0) / np.linalg.norm(where, axis=0)
    there = (facing >= EDGE) & (np.minimum(u, v) >= 1) & (np.maximum(u, v) < SIDE - 2)
    np.testing.assert_allclose(found[:, 0], np.where(there, facing, 0.0), atol=1e-6)
    assert there.sum() > COUNT // 2
    assert not there.all()
    for channel, (a, b) in enumerate(((0.05, 0.03), (-0.02, 0.06))):
        read = np.sin(a * u + b * v)[there]
        np.testing.assert_allclose(found[there, 1 + 3 * channel], read, atol=2e-3)


def test_rows_of_motion_are_the_differences_that_motion_makes():
    points, normals, rotation, translation = scene()
    moves = np.random.default_rng(5).normal(0.0, 1.0, (3, 3, COUNT)).astype(np.float32)
    seen, found = looked(points, normals, rotation, translation)
    rows = np.empty((9, 2 * COUNT), np.float32)
    motion_rows(seen, rotation, translation, moves, found, rows)
    there = found[:, 0] > 0.0
    assert not rows[:, np.tile(~there, 2)].any()
    for unknown in range(9):
        values = []
        for sign in (-1.0, 1.0):
            turned, moved, shape = rotation.copy(), translation.copy(), points.astype(np.float64)
            if unknown < 3:
                rotate_by(np.eye(3)[unknown] * sign * 0.004, turned)
            elif unknown < 6:
                moved[unknown - 3] += sign * 2.0
            else:
                shape = shape + sign * 2.0 * moves[unknown - 6]
            values.append(looked(shape.astype(np.float32), normals, turned, moved)[1])
        step = 0.008 if unknown < 3 else 4.0
        both = there & (values[0][:, 0] > 0.0) & (values[1][:, 0] > 0.0)
        for channel in (0, 1):
            change = (values[1] - values[0])[both, 1 + 3 * channel] / step
            row = rows[unknown, channel * COUNT : (channel + 1) * COUNT][both]
            np.testing.assert_allclose(row, change, atol=0.06 * max(np.abs(change).max(), 1e-3))


def test_the_last_row_is_what_light_and_albedo_leave_unexplained():
    points, normals, rotation, translation = scene()
    _, found = looked(points, normals, rotation, translation)
    rng = np.random.default_rng(6)
    albedo = rng.normal(0.0, 1.0, (2, COUNT)).astype(np.float32)
    tones = rng.normal(0.0, 1.0, (2, 2, COUNT)).astype(np.float32)
    colour = rng.normal(0.0, 1.0, LIGHT + TINT + 2)
    rows = np.empty((LIGHT + TINT + 3, 2 * COUNT), np.float32)
    colour_rows(found, albedo, tones, colour, 0, rows)
    light = [found[:, 7:] @ colour[:LIGHT], found[:, 7 : 7 + TINT] @ colour[LIGHT:-2]]
    for channel in (0, 1):
        told = albedo[channel] + light[channel] + np.tensordot(colour[-2:], tones[:, channel], 1)
        columns = slice(channel * COUNT, (channel + 1) * COUNT)
        np.testing.assert_allclose(rows[-1, columns], told - found[:, 1 + 3 * channel], atol=1e-4)
        np.testing.assert_allclose(-colour @ rows[:-1, columns], told - albedo[channel], atol=1e-4)


def test_weights_are_those_of_geman_and_mcclure():
    points, normals, rotation, translation = scene()
    _, found = looked(points, normals, rotation, translation)
    rows = np.random.default_rng(7).normal(0.0, 0.3, (4, 2 * COUNT)).astype(np.float32)
    deviations = np.array([0.2, 0.1])
    robust = 1.0 / (1.0 + 0.25 * (rows[-1].reshape(2, COUNT) / deviations[:, None]) ** 2)
    roots = robust * np.sqrt(0.7 * found[:, 0]) / deviations[:, None]
    wanted = rows * roots.ravel()
    mean = weigh(found, deviations, 0.7, rows)
    np.testing.assert_allclose(rows, wanted, rtol=1e-4, atol=1e-6)
    assert np.isclose(mean, robust[:, found[:, 0] > 0.0].mean())


def test_harmonics_are_orthogonal_over_the_sphere():
    rng = np.random.default_rng(8)
    directions = rng.normal(0.0, 1.0, (20000, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    values = np.empty((len(directions), LIGHT))
    for direction, row in zip(directions, values, strict=True):
        harmonics(*direction, row)
    gram = values.T @ values / len(values)
    across = gram / np.sqrt(np.outer(np.diag(gram), np.diag(gram)))
    assert np.abs(across - np.eye(LIGHT)).max() < 0.03
