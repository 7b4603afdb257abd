import numpy as np
import pytest

from livemask.performer import harmonics, shade
from livemask.performer.transfer import transfer

FLOOR = np.array([[-1, 0, -1], [1, 0, -1], [1, 0, 1], [-1, 0, 1]], np.float32)
TRIANGLES = np.array([[0, 2, 1], [0, 3, 2]], np.int32)


def floor_and_roof(height):
    """A small floor, facing up, under a large roof."""
    points = np.concatenate([10.0 * FLOOR, 200.0 * FLOOR + np.float32([0.0, height, 0.0])])
    normals = np.tile(np.float32([0.0, 1.0, 0.0]), (8, 1))
    return points.astype(np.float32), normals, np.concatenate([TRIANGLES, TRIANGLES + 4])


def test_an_open_surface_passes_on_what_the_cosine_law_says():
    points, normals, _ = floor_and_roof(30.0)
    passed = transfer(points[:4], normals[:4], TRIANGLES)
    wanted = harmonics.basis(normals[:1]) * harmonics.COSINE
    assert np.allclose(passed, wanted, atol=0.02)


def test_a_roof_keeps_light_from_above_away():
    points, normals, triangles = floor_and_roof(30.0)
    lamp = harmonics.basis(np.array([[0.0, 1.0, 0.0]]))[0]
    passed = transfer(points, normals, triangles) @ lamp
    assert passed[4:].min() > 0.2
    assert passed[:4].max() < 0.1 * passed[4:].min()


def plain_shade(passed, normals, rest, around, open_around, tint):
    """The kernel's twin."""
    hollow = 1.0 - np.minimum(passed[:, :1] * 3.544908, 1.0)
    then = harmonics.basis(rest)[:, :9] @ open_around[:9]
    now = harmonics.basis(normals)[:, :9] @ open_around[:9]
    total = passed @ around + (now - then) * np.minimum(1.4 * 3.544908 * passed[:, :1], 1.0)
    total += hollow * shade.BOUNCE * np.maximum(then, 0.0)
    return np.maximum(total, 0.01) * tint


def test_the_kernel_shades_as_plain_numpy_does():
    random = np.random.default_rng(0)
    directions = harmonics.sphere(40)
    normals, rest = directions.astype(np.float32), directions[::-1].astype(np.float32)
    passed = (random.uniform(0.0, 0.4, (40, 16))).astype(np.float32)
    around = random.normal(0.5, 0.5, (16, 3)).astype(np.float32)
    tint = random.uniform(0.5, 1.0, (40, 3)).astype(np.float32)
    lit = np.empty((40, 3), np.float32)
    shade.shade(passed, normals, rest, around, shade.open_light(around), tint, lit)
    plain = plain_shade(passed, normals, rest, around, shade.open_light(around), tint)
    assert np.allclose(lit, plain, atol=2e-5)


@pytest.mark.parametrize("turn", [np.eye(3), np.array([[0, 0, 1], [0, 1, 0], [-1, 0, 0]])])
def test_light_stays_where_it_is_when_the_body_turns(turn):
    directions = harmonics.sphere(64)
    light = np.maximum(directions[:, :1], 0.0)
    light = np.repeat(light, 3, axis=1).astype(np.float32)
    pose = np.eye(4)
    pose[:3, :3] = turn
    seen = shade.Around(directions, light).seen_from(pose)
    normal = turn.T @ np.array([1.0, 0.0, 0.0])  # of the side that faces the light
    bright = (harmonics.basis(normal[None]) * harmonics.COSINE) @ seen
    dark = (harmonics.basis(-normal[None]) * harmonics.COSINE) @ seen
    assert (bright > 5.0 * np.abs(dark)).all()
