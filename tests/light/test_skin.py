"""Where skin is looked at, and what is seen there."""

from dataclasses import replace

import numpy as np
import pytest

from livemask.geometry import project
from livemask.light.skin import ENOUGH, LINEAR, SkinProbe, spread
from tests.heads import shipped
from tests.masks import tiny


@pytest.fixture(scope="module")
def probe():
    return SkinProbe(tiny.model())


@pytest.fixture(scope="module")
def real_probe():
    return SkinProbe(shipped())


def test_codes_become_linear_as_the_standard_says():
    assert LINEAR[0] == 0.0
    assert LINEAR[255] == 1.0
    assert LINEAR[10] == pytest.approx(10 / 255 / 12.92)
    assert LINEAR[188] == pytest.approx(0.5029, abs=1e-3)  # sRGB's middle grey of light


def test_the_colour_of_an_even_picture_is_seen_everywhere(probe):
    skin = probe.look(tiny.frame(tiny.plain((188, 94, 10))), tiny.fit(tiny.model()))

    np.testing.assert_allclose(skin.colours, np.tile(LINEAR[[188, 94, 10]], (len(skin.colours), 1)))


def test_colours_are_taken_where_the_points_are_seen(probe):
    """The picture's red tells the column, its green the row."""
    y, x = np.mgrid[: tiny.SIZE[1], : tiny.SIZE[0]]
    image = np.stack([x, y, 0 * x], -1).astype(np.uint8)
    fit = tiny.fit(tiny.model(), tiny.pose((0.1, 0.2, 0.0), (15, -10, -500)))

    skin = probe.look(tiny.frame(image), fit)

    columns = np.searchsorted(LINEAR, skin.colours[:, 0] - 1e-9)
    rows = np.searchsorted(LINEAR, skin.colours[:, 1] - 1e-9)
    face = project(fit.camera, fit.camera_from_head, tiny.model().mean)
    for seen in np.column_stack([columns, rows]):
        assert np.linalg.norm(face - seen, axis=1).min() < 1.5


def test_normals_are_of_the_camera_frame_and_face_the_viewer(probe):
    fit = tiny.fit(tiny.model(), tiny.pose((0.0, 0.6, 0.0)))

    skin = probe.look(tiny.frame(), fit)

    np.testing.assert_allclose(np.linalg.norm(skin.normals, axis=1), 1.0, atol=1e-5)
    assert (skin.normals[:, 2] > 0).all()
    assert skin.normals[:, 0].mean() > 0.1  # turned to the image's right


def test_what_lies_outside_the_picture_is_not_asked(probe):
    half = tiny.fit(tiny.model(), tiny.pose(place=(278, 0, -480)))
    middle = tiny.fit(tiny.model())

    seen = probe.look(tiny.frame(), half)

    assert ENOUGH <= len(seen.colours) < 0.8 * len(probe.look(tiny.frame(), middle).colours)


@pytest.mark.parametrize("place", [(4000, 0, -480), (0, 0, 480), (0, 0, 0), (np.nan, 0, -480)])
def test_a_face_that_cannot_be_seen_tells_nothing(probe, place):
    assert probe.look(tiny.frame(), tiny.fit(tiny.model(), tiny.pose(place=place))) is None


def test_the_back_of_a_head_tells_nothing(probe):
    fit = tiny.fit(tiny.model(), tiny.pose((0, np.pi, 0)))

    assert probe.look(tiny.frame(), fit) is None


def test_a_model_without_a_face_tells_nothing():
    bare = replace(tiny.model(), face_weight=np.zeros(len(tiny.model().mean), np.float32))

    assert SkinProbe(bare).look(tiny.frame(), tiny.fit(bare)) is None


def test_lips_brows_and_eyes_are_not_asked(real_probe):
    """Their albedo differs from the skin's."""
    fit = tiny.fit(shipped())

    albedo = real_probe.look(tiny.frame(), fit).albedo

    assert (np.abs(albedo / np.median(albedo, axis=0) - 1.0) < 0.5).all()


def test_spread_points_are_in_cells_of_their_own():
    points = np.random.default_rng(1).uniform(0, 50, (2000, 3)).astype(np.float32)

    chosen = spread(points, np.arange(0, 2000, 2), 10.0)

    cells = np.floor(points[chosen] / 10.0)
    assert len(np.unique(cells, axis=0)) == len(chosen) == 125
    assert (chosen % 2 == 0).all()
