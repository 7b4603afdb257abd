import cv2
import numpy as np
import pytest

from livemask.records import Effect
from livemask.render.renderer import Renderer
from tests.render import shapes

SIZE = (322, 181)


def blurred(renderer, image, region=None):
    polygon = None if region is None else np.array(region, np.float32)
    return renderer.render(shapes.scene(image, Effect("blur", polygon)))


def gratings(cycles):
    """Return a picture with a strongest possible grating of `cycles` across the picture."""
    x = np.arange(SIZE[0]) / SIZE[0]
    row = (127.5 + 127.5 * np.sin(2 * np.pi * cycles * x)).astype(np.uint8)
    return np.repeat(np.tile(row, (SIZE[1], 1))[..., None], 3, axis=2)


@pytest.mark.parametrize("cycles", [7, 12, 30, 80])
def test_detail_that_a_face_is_known_by_is_gone(renderer: Renderer, cycles):
    # 7 cycles are 3.5 across a face that takes up half of the picture.
    contrast = np.ptp(
        blurred(renderer, gratings(cycles))[..., 0].astype(int)[:, 90:-90]
    )  # beyond three sigmas

    assert contrast < 0.03 * 255 + 4  # and the grain


def test_the_picture_keeps_its_colours(renderer: Renderer):
    image = shapes.waves(*SIZE)

    picture = blurred(renderer, image).astype(float)

    assert np.abs(picture.mean(axis=(0, 1)) - image.mean(axis=(0, 1))).max() < 3
    left, right = picture[:, :60].mean(axis=(0, 1)), picture[:, -60:].mean(axis=(0, 1))
    assert right[0] - left[0] > 60  # `waves` gets redder from left to right


def test_an_even_picture_stays_even_but_for_its_grain(renderer: Renderer):
    picture = blurred(renderer, shapes.plain(*SIZE, (180, 90, 20))).astype(int)

    assert np.abs(picture - (180, 90, 20)).max() <= 2


@pytest.mark.parametrize("size", [(1, 1), (7, 5), (47, 33), (100, 400)])
def test_pictures_of_any_size_are_blurred(renderer: Renderer, size):
    picture = renderer.render(shapes.scene(shapes.noise(*size), Effect("blur")))

    assert picture.shape == (size[1], size[0], 3)
    assert picture.astype(float).std() < 45  # noise has 74


REGION = ((120, 40), (230, 50), (240, 140), (180, 90), (110, 130))  # not convex


def inside(grown=0):
    mask = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    cv2.fillPoly(mask, [np.array(REGION, np.int32)], 1)
    kernel = np.ones((2 * abs(grown) + 1,) * 2, np.uint8)
    return (cv2.dilate if grown > 0 else cv2.erode)(mask, kernel).astype(bool)


def test_a_region_is_blurred_to_its_edge_and_nothing_far_outside(renderer: Renderer):
    image = shapes.noise(*SIZE)

    picture = blurred(renderer, image, REGION)

    everywhere = blurred(renderer, image)
    difference = np.abs(picture.astype(int) - everywhere).max(axis=-1)
    assert (difference[inside(-2)] <= 3).mean() > 0.97  # sharp corners are rounded off a little
    assert (picture[~inside(14)] == image[~inside(14)]).all()
    assert (picture[~inside(14)] != everywhere[~inside(14)]).any()


def test_a_region_that_leaves_the_picture_is_cut_off(renderer: Renderer):
    image = shapes.noise(*SIZE)

    picture = blurred(renderer, image, ((-100, -80), (100, -80), (100, 400), (-100, 400)))

    assert (np.abs(picture.astype(int) - blurred(renderer, image))[:, :90] <= 1).all()
    assert (picture[:, 125:] == image[:, 125:]).all()


@pytest.mark.parametrize(
    "region", [(), ((1, 1), (9, 9)), ((np.nan, 1), (9, 9), (1, 9)), ((np.inf, 1), (9, 9), (1, 9))]
)
def test_a_region_that_is_none_blurs_the_whole_picture(plain_renderer: Renderer, region):
    image = shapes.noise(*SIZE)

    picture = blurred(plain_renderer, image, np.reshape(region, (-1, 2)))

    assert (picture == blurred(plain_renderer, image)).all()


def test_a_blur_after_a_mesh_blurs_the_mesh_too(renderer: Renderer):
    image = shapes.plain(*SIZE)
    white = shapes.plain(*SIZE, (255, 255, 255))

    first = blurred(renderer, white)
    second = blurred(renderer, image)

    assert first.min() > 250
    assert second.max() < 5


def test_the_same_frame_is_blurred_the_same_way_twice(renderer: Renderer):
    image = shapes.waves(*SIZE)

    assert (blurred(renderer, image) == blurred(renderer, image.copy())).all()


def test_more_is_blurred_further_and_less_is_not_allowed(renderer: Renderer):
    image = gratings(2)
    usual, more, less, none = (
        np.ptp(renderer.render(shapes.scene(image, Effect("blur", None, amount)))[90, 90:-90, 0])
        for amount in (1.0, 2.0, 0.1, float("nan"))
    )

    assert more < usual
    assert less == usual
    assert none == usual
