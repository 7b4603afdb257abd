import cv2
import numpy as np
import pytest

from livemask.render.context import Context
from livemask.render.opengl import GL
from livemask.render.region_mask import RegionMask

SIZE = (200, 120)
STAR = np.array([(100, 10), (120, 80), (190, 60), (110, 110), (20, 90), (80, 60)], np.float32)


@pytest.fixture
def region(context: Context):
    made = RegionMask(SIZE)
    yield made
    made.release()


def pixels(texture):
    texture.bind()
    GL.glPixelStorei(GL.GL_PACK_ALIGNMENT, 1)
    mask = np.empty((texture.size[1], texture.size[0]), np.uint8)
    GL.glGetTexImage(GL.GL_TEXTURE_2D, 0, GL.GL_RED, GL.GL_UNSIGNED_BYTE, mask)
    GL.glPixelStorei(GL.GL_PACK_ALIGNMENT, 4)
    return mask


@pytest.mark.parametrize("order", [1, -1])
def test_a_concave_polygon_is_filled_whichever_way_round_it_runs(region, order):
    mask = pixels(region.draw(STAR[::order]))

    filled = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    cv2.fillPoly(filled, [STAR.astype(np.int32)], 255)
    assert ((mask > 127) != (filled > 127)).mean() < 0.01
    assert mask.max() > 250
    assert mask.min() == 0


def test_the_box_holds_all_that_the_mask_reaches(region):
    mask = pixels(region.draw(STAR))
    left, top, width, height = region.box(STAR)

    outside = mask.copy()
    outside[top : top + height, left : left + width] = 0
    assert outside.max() <= 1
    assert left + width <= SIZE[0]
    assert top + height <= SIZE[1]


def test_the_mask_of_a_new_region_knows_nothing_of_the_last(region):
    region.draw(STAR)
    small = np.array([(5, 5), (20, 5), (20, 20), (5, 20)], np.float32)

    mask = pixels(region.draw(small))

    assert (mask[40:, 40:] == 0).all()


def test_the_hull_holds_all_that_the_mask_reaches(region):
    mask = pixels(region.draw(STAR))

    around = np.zeros((SIZE[1], SIZE[0]), np.uint8)
    cv2.fillConvexPoly(around, region.hull(STAR).astype(np.int32), 1)
    assert mask[around == 0].max(initial=0) <= 1
    assert around.mean() < 1.0
