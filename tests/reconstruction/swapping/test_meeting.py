from dataclasses import replace

import numpy as np

from livemask.reconstruction.shape import Shape
from livemask.reconstruction.swapping.meeting import meeting
from tests.heads import shipped
from tests.reconstruction.swapping import pairs

RNG = np.random.default_rng(6)


def moved(off):
    """Return where the vertices of the target are if its points were detected `off` (68, 2) px."""
    given = replace(pairs.target(), landmarks=pairs.target().landmarks + off)
    shape = Shape.of(shipped(), given.fit)
    return meeting(given, shape), shape.pixels


def test_a_fit_that_meets_its_points_stays():
    found, before = moved(np.zeros((68, 2)))
    np.testing.assert_allclose(found, before, atol=1e-9)


def test_points_of_the_features_are_met_and_what_is_around_goes_along():
    off = np.zeros((68, 2))
    off[36:48] = (3.0, -2.0)
    found, before = moved(off)
    by = found - before
    lids = shipped().landmark_vertices[36:48]
    np.testing.assert_allclose(by[lids], off[36:48], atol=0.7)
    chin = shipped().landmark_vertices[8]
    assert np.linalg.norm(by[chin]) < 0.5


def test_it_is_smooth():
    found, before = moved(RNG.normal(0.0, 1.5, (68, 2)))
    by, triangles = found - before, shipped().triangles
    face = (shipped().face_weight > 0.5)[triangles].all(axis=1)
    edges = by[triangles[face][:, 0]] - by[triangles[face][:, 1]]
    long = shipped().mean[triangles[face][:, 0]] - shipped().mean[triangles[face][:, 1]]
    assert (np.linalg.norm(edges, axis=1) / (1.0 + np.linalg.norm(long, axis=1))).max() < 0.8


def test_a_point_far_off_or_unknown_is_not_believed():
    off = np.zeros((68, 2))
    off[30] = (400.0, 0.0)
    off[8] = np.nan
    found, before = moved(off)
    assert np.isfinite(found).all()
    assert np.abs(found - before).max() < 30.0
