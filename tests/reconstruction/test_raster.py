import numpy as np

from livemask.reconstruction.raster import draw
from livemask.records import Camera

CAMERA = Camera(100.0, np.array([20.0, 15.0]), (41, 31))


def slow(camera, seen, triangles, values):
    """Return values and depth of each pixel by shooting a ray through it."""
    width, height = camera.size
    found = np.zeros((height, width, values.shape[1]))
    depth = np.full((height, width), np.inf)
    for y in range(height):
        for x in range(width):
            ray = np.array([x - camera.centre[0], camera.centre[1] - y, -camera.focal])
            for corners in triangles:
                shares = np.linalg.solve(seen[corners].T, ray)
                if (shares > 0.0).all() and camera.focal / shares.sum() < depth[y, x]:
                    depth[y, x] = camera.focal / shares.sum()
                    found[y, x] = shares @ values[corners] / shares.sum()
    return found, depth


def test_it_shows_what_rays_meet_first():
    rng = np.random.default_rng(0)
    seen = rng.uniform([-80, -60, -400], [80, 60, -300], (12, 3))
    triangles = rng.permuted(np.tile(np.arange(12), (6, 1)), axis=1)[:, :3].astype(np.int32)
    values = rng.uniform(0, 1, (12, 2))
    drawn = draw(CAMERA, seen, triangles, values)
    found, depth = slow(CAMERA, seen, triangles, values)
    np.testing.assert_array_equal(np.isfinite(drawn.depth), np.isfinite(depth))
    there = np.isfinite(depth)
    assert 0.2 < there.mean() < 1.0
    np.testing.assert_allclose(drawn.depth[there], depth[there], rtol=1e-5)
    np.testing.assert_allclose(drawn.values, found, atol=1e-5)


def test_what_reaches_behind_the_camera_is_left_out():
    seen = np.array([[-50.0, -50, -200], [50, -50, -200], [0, 50, 10]])
    drawn = draw(CAMERA, seen, np.array([[0, 1, 2]], np.int32), np.ones((3, 1)))
    assert not np.isfinite(drawn.depth).any()
    assert not drawn.values.any()
