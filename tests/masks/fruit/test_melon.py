"""A melon about a head."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from livemask.geometry import rotation_matrix
from livemask.masks.fruit.globe import globe
from livemask.masks.fruit.melon import ROUNDNESS, HeadSize, Melon
from tests.heads import shipped
from tests.masks import tiny

ROUND = Melon(np.array([1.0, 20.0, -5.0]), np.array([100.0, 130.0, 120.0]), -80.0)


def used(melon, points):
    """Return how far out points are: 1 is on the surface."""
    return (np.abs((points - melon.centre) / melon.axes) ** ROUNDNESS).sum(1)


def test_the_surface_is_a_superellipsoid():
    directions = globe(24, 16)[0]

    points = ROUND.surface(directions)

    np.testing.assert_allclose(used(ROUND, points), 1.0)
    away = points - ROUND.centre
    cosines = np.einsum("ij,ij->i", away, directions) / np.linalg.norm(away, axis=1)
    np.testing.assert_allclose(cosines, 1.0)


def test_normals_are_those_of_neighbouring_points():
    directions = globe(48, 32)[0]
    points = ROUND.surface(directions)
    shifted = ROUND.surface(directions + 1e-4 * np.array([0.3, 0.5, -0.2]))

    slope = np.einsum("ij,ij->i", ROUND.normals(points), shifted - points)

    assert np.abs(slope).max() < 2e-4 * np.linalg.norm(shifted - points, axis=1).max() * 100
    np.testing.assert_allclose(np.linalg.norm(ROUND.normals(points), axis=1), 1.0)
    assert (np.einsum("ij,ij->i", ROUND.normals(points), points - ROUND.centre) > 0).all()


def test_the_front_lies_on_the_surface_where_it_was_asked():
    across = np.array([[0.0, 0.0], [40.0, 50.0], [-60.0, -30.0]])

    points = ROUND.front(across, 1.0, 0.0)

    np.testing.assert_allclose(points[:, :2], across)
    np.testing.assert_allclose(used(ROUND, points), 1.0)
    assert (points[:, 2] > ROUND.centre[2]).all()


def test_the_front_can_be_raised():
    (low,), (high,) = (ROUND.front(np.array([[0.0, 20.0]]), 1.0, lift) for lift in (0.0, 0.8))

    assert high[2] - low[2] == pytest.approx(0.8, abs=1e-3)


def test_what_lies_beyond_the_outline_is_brought_back():
    points = ROUND.front(np.array([[500.0, 20.0], [0.0, -900.0], [99.0, 120.0]]), 1.0, 0.0)

    np.testing.assert_allclose(used(ROUND, points), 1.0)
    assert np.isfinite(points).all()
    assert (ROUND.normals(points)[:, 2] > 0.2).all()


def test_the_lower_half_of_the_front_grows_with_the_stretch():
    low = np.array([[0.0, ROUND.centre[1] - 100.0]])

    stretched = ROUND.front(low * 1.0, 1.2, 0.0)
    moved = ROUND.centre[1] + (stretched[:, 1] - ROUND.centre[1]) / 1.2
    same = ROUND.front(np.column_stack([low[:, 0], moved]), 1.0, 0.0)

    np.testing.assert_allclose(stretched[:, 2], same[:, 2])


def test_the_melon_grows_longer_only_when_the_chin_sinks():
    assert ROUND.stretch(-80.0) == 1.0
    assert ROUND.stretch(-70.0) == 1.0
    assert ROUND.stretch(-106.0) == pytest.approx(1.2)


def outside(yaw, pitch, identity, opened):
    """Return by how many mm a head sticks out of its melon, seen from afar and turned."""
    model = shipped()
    fit = replace(tiny.fit(model, jawOpen=opened), identity=identity)
    melon = HeadSize(model).melon(fit)
    vertices = model.vertices(identity, fit.expression)
    chin = model.landmark_vertices[8]
    body = melon.surface(globe(36, 24)[0])
    low = body[:, 1] < melon.centre[1]
    body[low, 1] -= (melon.stretch(vertices[chin, 1]) - 1) * (melon.centre[1] - body[low, 1])
    head = vertices[model.mean[:, 1] > model.mean[chin, 1] - 5]  # the neck may be seen
    turn = rotation_matrix(np.array([pitch, 0, 0])) @ rotation_matrix(np.array([0, yaw, 0]))
    hull = ConvexHull((body @ turn.T)[:, :2])
    edges = hull.equations
    return ((head @ turn.T)[:, :2] @ edges[:, :2].T + edges[:, 2]).max()


@pytest.mark.parametrize("opened", [0.0, 0.6])
@pytest.mark.parametrize("pitch", [-0.25, 0.0, 0.25])
@pytest.mark.parametrize("yaw", [-0.6, 0.0, 0.3, 0.6])
def test_nothing_of_the_head_peeps_out_up_to_35_degrees(yaw, pitch, opened):
    rng = np.random.default_rng(17)
    for _ in range(3):
        identity = rng.normal(size=len(shipped().identity))
        assert outside(yaw, pitch, identity, opened) < 1.0


def test_a_larger_head_gets_a_larger_melon():
    model = tiny.model()
    size = HeadSize(model)

    usual = size.melon(tiny.fit(model))
    large = size.melon(replace(tiny.fit(model), identity=np.array([2.0])))  # 10 % larger

    assert (large.axes > 1.06 * usual.axes).all()


def test_a_model_that_is_only_a_face_gets_a_melon_for_a_whole_head():
    model = tiny.model()
    melon = HeadSize(model).melon(tiny.fit(model))

    assert 85 < melon.axes[0] < 130
    assert 110 < melon.axes[1] < 170
    assert 90 < melon.axes[2] < 150
    assert melon.centre[2] < 20  # it reaches behind the face
