import numpy as np
import pytest

from livemask.geometry import project, rigid, rotation_matrix
from livemask.hiding import head_outline
from livemask.records import Fit, State
from tests.heads import CAMERA, shipped


def fit_at(turn=(0.0, 0.0, 0.0), place=(0.0, 0.0, -600.0)):
    pose = rigid(rotation_matrix(np.array(turn)), np.array(place))
    return Fit(0, CAMERA, pose, np.zeros(80), np.zeros(52), 1.0, 1.0, State.TRACKED)


def is_inside(points, polygon):
    """Tell for points (n, 2) whether they lie within a convex polygon (m, 2)."""
    edges = np.roll(polygon, -1, 0) - polygon
    off = points[:, None] - polygon[None]
    turns = edges[:, 0] * off[..., 1] - edges[:, 1] * off[..., 0]
    return (turns > 0).all(1) | (turns < 0).all(1)


@pytest.mark.parametrize(
    "turn",
    [(0, 0, 0), (0, 0.9, 0), (0, -1.2, 0), (0.5, 0, 0), (-0.5, 0, 0), (0, 0, 0.8), (0.3, 0.6, -1)],
)
def test_the_whole_head_is_within_the_outline_however_it_is_turned(turn):
    fit = fit_at(turn)
    model = shipped()
    head = model.mean[model.mean[:, 1] > model.mean[model.landmark_vertices[8], 1]]
    pixels = project(fit.camera, fit.camera_from_head, head.astype(np.float64))
    assert is_inside(pixels, head_outline(fit)).all()


def test_the_outline_follows_the_distance_and_the_margin():
    near, far = head_outline(fit_at()), head_outline(fit_at(place=(0.0, 0.0, -1200.0)))
    assert np.ptp(near, axis=0) == pytest.approx(2.0 * np.ptp(far, axis=0), rel=0.02)
    assert np.ptp(head_outline(fit_at(), 1.5), axis=0) == pytest.approx(1.5 * np.ptp(near, axis=0))


def test_a_tilted_head_has_a_tilted_outline():
    upright, lying = head_outline(fit_at()), head_outline(fit_at((0.0, 0.0, np.pi / 2)))
    assert np.ptp(upright[:, 1]) > np.ptp(upright[:, 0])
    assert np.ptp(lying[:, 0]) > np.ptp(lying[:, 1])
