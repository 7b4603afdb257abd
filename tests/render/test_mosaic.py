"""The effect of large squares."""

import numpy as np
import pytest

from livemask.records import Effect
from livemask.render.mosaic import MOST
from livemask.render.renderer import Renderer
from tests.render import shapes

SIZE = (322, 181)
REGION = np.array([[100, 30], [220, 40], [230, 150], [90, 140]], np.float32)


def drawn(renderer, image, region=REGION, side=20.0):
    return renderer.render(shapes.scene(image, Effect("mosaic", region, side))).astype(int)


def steps(picture):
    """Return how many columns of the middle row differ from those before them."""
    row = picture[90, 105:215]
    return int((np.abs(np.diff(row, axis=0)).max(1) > 0).sum())


def test_the_region_is_made_of_squares(renderer: Renderer):
    picture = drawn(renderer, shapes.waves(*SIZE))

    assert 4 <= steps(picture) <= 6  # 110 px


def test_a_square_has_the_mean_colour_of_what_it_covers(renderer: Renderer):
    image = shapes.noise(*SIZE)
    region = np.array([[100, 40], [220, 40], [220, 160], [100, 160]], np.float32)

    picture = drawn(renderer, image, region, 40.0)

    # Squares lie around the middle of the region, (160, 100).
    square = image[100:140, 160:200].astype(float)
    assert np.abs(picture[120, 180] - square.mean((0, 1))).max() < 3


def test_everything_within_the_region_is_covered_and_nothing_far_off(renderer: Renderer):
    image = shapes.noise(*SIZE)

    changed = (drawn(renderer, image) != image).any(-1)

    assert changed[45:135, 105:215].mean() > 0.999
    assert not changed[:, :60].any()
    assert not changed[:, 265:].any()


@pytest.mark.parametrize("side", [1.0, 0.0, -5.0, float("nan"), float("inf")])
def test_squares_so_small_that_somebody_may_be_known_are_made_larger(renderer: Renderer, side):
    assert steps(drawn(renderer, shapes.waves(*SIZE), side=side)) <= MOST


@pytest.mark.parametrize("region", [None, REGION[:2], np.full((4, 2), np.nan, np.float32)])
def test_no_region_is_the_whole_picture(renderer: Renderer, region):
    image = shapes.noise(*SIZE)

    changed = (drawn(renderer, image, region) != image).any(-1)

    assert changed.mean() > 0.99


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (100, 400)])
def test_pictures_of_any_size_take_it(renderer: Renderer, size):
    picture = renderer.render(shapes.scene(shapes.noise(*size), Effect("mosaic")))

    assert picture.shape == (size[1], size[0], 3)


def test_a_region_larger_than_the_picture_covers_it_all(renderer: Renderer):
    image = shapes.noise(*SIZE)
    region = (REGION - (160, 90)) * 30 + (160, 90)

    picture = drawn(renderer, image, np.asarray(region, np.float32), 400.0)

    assert len(np.unique(picture.reshape(-1, 3), axis=0)) <= 4


def test_a_region_beside_the_picture_changes_nothing(renderer: Renderer):
    image = shapes.noise(*SIZE)

    assert (drawn(renderer, image, REGION + 2000) == image).all()
