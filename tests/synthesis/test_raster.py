import numpy as np

from livemask.synthesis.raster import buffers, clear, corners_at, fill, fill_strands, samples


def scattered(seed, count=30, side=24):
    random = np.random.default_rng(seed)
    places = random.uniform(-4.0, side + 4.0, (3 * count, 2))
    return places, random.uniform(0.001, 0.01, 3 * count), np.arange(3 * count).reshape(-1, 3)


def plain(places, near, triangles, side):
    """The twin: every triangle at every sample, in numpy."""
    y, x = np.mgrid[:side, :side]
    owner, nearness = np.full((side, side), -1), np.zeros((side, side))
    for number, (a, b, c) in enumerate(triangles):
        (ax, ay), (bx, by), (cx, cy) = places[a], places[b], places[c]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if area >= 0.0:
            continue
        v = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area
        w = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area
        z = near[a] + v * (near[b] - near[a]) + w * (near[c] - near[a])
        front = (v >= 0.0) & (w >= 0.0) & (v + w <= 1.0) & (z > nearness)
        owner[front], nearness[front] = number, z[front]
    return owner, nearness


def test_the_kernel_shows_what_its_plain_twin_shows():
    places, near, triangles = scattered(1)
    into = buffers(24, 1)
    clear(*into)
    fill(places, near, triangles.astype(np.int32), 0, into)
    owner, nearness = plain(places, near, triangles, 24)
    assert (into[0] == owner).mean() > 0.995
    assert np.abs(into[1] - nearness)[into[0] == owner].max() < 1e-6


def test_a_mesh_has_no_holes_along_the_edges_of_its_triangles():
    y, x = np.mgrid[:9, :9]
    jitter = np.random.default_rng(2).uniform(-0.3, 0.3, (81, 2))
    places = np.stack([x.ravel(), y.ravel()], 1) * 4.0 + jitter
    at = np.arange(81).reshape(9, 9)
    a, b, c, d = at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:]
    quads = [np.stack(t, -1).reshape(-1, 3) for t in ((a, c, b), (b, c, d))]
    into = buffers(30, 1)
    clear(*into)
    fill(places, np.full(81, 0.01), np.concatenate(quads).astype(np.int32), 0, into)
    assert (into[0][2:, 2:] >= 0).all()


def test_what_is_behind_the_camera_is_not_drawn():
    places, _, triangles = scattered(3)
    into = buffers(24, 1)
    clear(*into)
    fill(places, np.zeros(len(places)), triangles.astype(np.int32), 0, into)
    assert (into[0] == -1).all()


def test_shares_are_those_on_the_surface_not_in_the_picture():
    places = np.array([[0.0, 0.0], [0.0, 10.0], [10.0, 0.0]])
    near = 1.0 / np.array([100.0, 300.0, 100.0])
    p, q, r, depth = corners_at(places, near, np.arange(3), 0.0, 5.0)
    assert np.allclose([p, q, r], [0.75, 0.25, 0.0])
    assert np.isclose(depth, 0.75 * 100.0 + 0.25 * 300.0)


def test_thin_hair_has_gaps_in_proportion():
    places = np.array([[-1.0, -1.0], [-1.0, 90.0], [90.0, -1.0]])
    strands = np.random.default_rng(4).integers(0, 256, (64, 64, 2)).astype(np.uint8)
    uv = (places / 20.0).astype(np.float32)
    into = buffers(40, 1)
    for share in (0.0, 0.3, 1.0):
        clear(*into)
        hair = uv, np.full(3, share, np.float32), strands
        fill_strands(places, np.full(3, 0.01), np.arange(3, dtype=np.int32)[None], 7, hair, into)
        assert abs((into[0] == 7).mean() - share) < 0.06


def test_the_middle_of_a_pixel_lies_in_the_middle_of_its_samples():
    assert samples(np.array([3.0]), 1)[0] == 3.0
    assert samples(np.array([3.0]), 2)[0] == 6.5
