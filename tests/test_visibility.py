import numpy as np
import pytest

from livemask.records import Camera
from livemask.visibility import draw_depth, visibility

CAMERA = Camera.from_field_of_view((640, 480))


def wall(z, half=60.0, n=21, shift=0.0):
    """Return vertices, normals and triangles of a square that faces the camera at depth z."""
    side = np.linspace(-half, half, n)
    x, y = np.meshgrid(side, side)
    vertices = np.stack([x.ravel() + shift, y.ravel(), np.full(n * n, z)], axis=1)
    index = np.arange(n * n).reshape(n, n)
    a, b, c, d = (
        i.ravel() for i in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1])
    )
    triangles = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)]).astype(np.int32)
    return vertices, np.tile([0.0, 0.0, 1.0], (n * n, 1)), triangles


def both(*walls):
    count = np.cumsum([0, *[len(v) for v, _, _ in walls]])
    return (
        np.concatenate([v for v, _, _ in walls]),
        np.concatenate([n for _, n, _ in walls]),
        np.concatenate([t + c for (_, _, t), c in zip(walls, count, strict=False)]).astype(
            np.int32
        ),
    )


def test_a_wall_that_faces_the_camera_is_seen_whole():
    assert visibility(CAMERA, *wall(-500.0)).min() == 1.0


def test_what_lies_behind_is_hidden_and_what_stands_out_is_seen():
    vertices, normals, triangles = both(wall(-400.0, 30.0), wall(-500.0, 80.0))
    seen = visibility(CAMERA, vertices, normals, triangles)
    behind = vertices[:, 2] == -500.0
    shaded = np.abs(vertices[:, :2]).max(axis=1) < 30.0 * 500.0 / 400.0 - 6.0
    assert seen[~behind].min() == 1.0
    assert seen[behind & shaded].max() == 0.0
    assert seen[behind & (np.abs(vertices[:, :2]).max(axis=1) > 45.0)].min() == 1.0


def test_a_wall_that_looks_away_is_hidden():
    vertices, normals, triangles = wall(-500.0)
    assert visibility(CAMERA, vertices, -normals, triangles).max() == 0.0


def test_what_lies_outside_the_picture_is_hidden():
    vertices, normals, triangles = wall(-500.0, shift=300.0)
    seen = visibility(CAMERA, vertices, normals, triangles)
    assert 0.0 < seen.mean() < 1.0
    assert seen[vertices[:, 0] > 330.0].max() == 0.0


@pytest.mark.parametrize("seed", range(3))
def test_the_depths_are_those_of_plain_numpy(seed):
    rng = np.random.default_rng(seed)
    places, depth = rng.uniform(-3.0, 35.0, (12, 2)), rng.uniform(100.0, 200.0, 12)
    triangles = rng.permutation(12).reshape(4, 3).astype(np.int32)
    nearest = np.full((32, 32), np.inf)
    draw_depth(places, depth, triangles, nearest)
    rows, columns = np.mgrid[0:32, 0:32]
    twin = np.full((32, 32), np.inf)
    for corners in triangles:
        system = np.vstack([places[corners].T, np.ones(3)])
        target = np.stack([columns.ravel(), rows.ravel(), np.ones(1024)])
        weights = np.linalg.solve(system, target)
        inside = (weights >= -1e-9).all(axis=0)
        z = np.where(inside, depth[corners] @ weights, np.inf).reshape(32, 32)
        twin = np.minimum(twin, z)
    np.testing.assert_allclose(nearest, twin)
