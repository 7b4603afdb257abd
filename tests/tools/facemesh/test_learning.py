import numpy as np
import pytest

from tools.facemesh.learning import NEAR, learn


@pytest.fixture(scope="module")
def learnt():
    """Points that are sums of two mesh points each, of faces that differ, some of them astray."""
    random = np.random.default_rng(4)
    mean = random.uniform(0.0, 100.0, (120, 2))
    meshes = mean + random.normal(0.0, 4.0, (200, 120, 2))
    points = 0.75 * meshes[:, :68] + 0.25 * meshes[:, 50:118]
    points[::20] += 60.0 * random.normal(size=(10, 68, 1))
    return meshes, points, learn(meshes, points)


def test_the_weights_of_each_point_add_up_to_one(learnt):
    near, weights = learnt[2]
    assert near.shape == weights.shape == (68, NEAR)
    assert weights.sum(axis=1) == pytest.approx(1.0)


def test_the_sums_lie_where_the_points_are_in_spite_of_some_astray(learnt):
    meshes, points, (near, weights) = learnt
    made = (weights[None, ..., None] * meshes[:, near]).sum(axis=2)
    good = np.ones(len(points), bool)
    good[::20] = False
    plain = np.linalg.norm(meshes[good][:, near[:, 0]] - points[good], axis=2).mean()
    assert np.linalg.norm(made[good] - points[good], axis=2).mean() < 0.6 * plain
