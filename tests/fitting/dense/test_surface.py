import numpy as np

from livemask.fitting.dense.surface import SPACING, Surface, two_channels
from tests.heads import shipped


def test_the_vertices_are_spread_over_the_skin_of_the_face():
    model, surface = shipped(), Surface.of(shipped())
    points = model.mean[surface.vertices]
    apart = np.linalg.norm(points[:, None] - points, axis=2)
    np.fill_diagonal(apart, np.inf)
    assert apart.min() >= SPACING
    assert np.percentile(apart.min(axis=1), 99) < 2.0 * SPACING
    assert np.isin(surface.vertices, model.parts["skin"]).all()


def test_a_shade_shows_in_the_first_channel_alone():
    rgb = np.log(np.array([[0.5, 0.3, 0.2], [0.25, 0.15, 0.1]]))
    brightness, tint = two_channels(rgb, 1).T
    assert np.isclose(brightness[0] - brightness[1], np.log(2.0))
    assert np.isclose(tint[0], tint[1])
