from dataclasses import replace

import cv2
import numpy as np

from livemask.reconstruction.shape import Shape
from livemask.reconstruction.swapping.halves import halves_of
from livemask.records import Frame
from tests.heads import shipped
from tests.reconstruction.swapping import pairs

AHEAD = pairs.photo(pairs.albedo(), pairs.light(pairs.FRONT))
SHAPE = Shape.of(shipped(), AHEAD.fit)
MARKS = shipped().landmark_vertices


def halves(given=AHEAD, shape=SHAPE):
    return halves_of(given, shape, shape.pixels)


def test_a_place_and_its_mirror_image_lie_opposite():
    found = halves()
    np.testing.assert_allclose(found.mirrored[MARKS[36]], found.pixels[MARKS[45]], atol=3.0)
    face = shipped().face_weight > 0.1
    np.testing.assert_allclose(found.weight[face], SHAPE.weight[face], atol=0.02)
    assert (found.ratio > 0.5).all()
    assert (found.ratio < 2.0).all()


def test_the_side_in_the_light_makes_its_mirror_image_lighter():
    lit = pairs.photo(pairs.albedo(), pairs.light(pairs.SIDE))
    found = halves(lit, Shape.of(shipped(), lit.fit))
    left, right = MARKS[14], MARKS[2]
    assert found.ratio[left] > 1.2
    assert found.ratio[right] < 0.9


def test_a_lock_over_one_brow_is_not_believed_and_the_other_brow_is():
    image = AHEAD.frame.image.copy()
    brow = AHEAD.landmarks[19]
    cv2.circle(image, (round(brow[0]), round(brow[1])), 9, (8, 6, 5), -1)
    found = halves(replace(AHEAD, frame=Frame(image, 0.0, 0)))
    assert found.weight[MARKS[19]] < 0.1
    assert found.weight[MARKS[24]] == SHAPE.weight[MARKS[24]]
    assert found.other[MARKS[19]] > 0.4


def test_a_wall_behind_the_outline_is_no_skin():
    shape = replace(SHAPE, weight=np.where(shipped().mean[:, 0] > 55.0, 0.9, SHAPE.weight))
    image = AHEAD.frame.image.copy()
    columns = np.rint(SHAPE.pixels[(shipped().mean[:, 0] > 55.0) & (SHAPE.weight > 0)]).astype(int)
    for x, y in columns:
        image[max(y - 3, 0) : y + 4, max(x - 3, 0) : x + 4] = (90, 200, 60)
    found = halves(replace(AHEAD, frame=Frame(image, 0.0, 0)), shape)
    cheek = (shipped().mean[:, 0] > 60.0) & (SHAPE.weight > 0.5)
    assert found.weight[cheek].mean() < 0.1
