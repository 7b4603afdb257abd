"""One person is picked out of photos with several; faces are patterns, as grey values tell."""

import numpy as np
import pytest

from livemask.geometry import project
from livemask.morphable_model import fit_landmarks
from livemask.reconstruction.alike import one_person
from livemask.records import Frame
from tests.heads import shipped
from tests.reconstruction.people import fitted

SIDE = 160


def looks(seed):
    """Return how somebody looks: a pattern of coarse spots, (SIDE, SIDE, 3)."""
    spots = np.random.default_rng(seed).integers(30, 220, (8, 8)).astype(np.uint8)
    return np.repeat(np.kron(spots, np.ones((20, 20), np.uint8))[..., None], 3, axis=2)


ANNA, BERT, CARL = (looks(seed) for seed in range(3))


def photo(*people):
    """Return a photo of people side by side, and the boxes of their faces."""
    noise = np.random.default_rng(len(people)).integers(0, 8, (SIDE, SIDE * len(people), 1))
    frame = Frame((np.hstack(people) + noise).astype(np.uint8), 0.0, 0)
    starts = SIDE * np.arange(len(people))
    return frame, [np.array([x, 0.0, x + SIDE, SIDE]) for x in starts]


class SeesPatterns:
    """Finds the points of the shipped head in any box, and no tilted faces."""

    def __init__(self):
        fit = fitted(turn=(0.0, 0.0, 0.0))
        points = project(fit.camera, fit.camera_from_head, fit_landmarks(shipped(), fit))
        low, high = points.min(0), points.max(0)
        self.points = (points - low) / (high - low)

    def find(self, image, scale=1.0, upsample=0):
        middle = 0.5 * np.array(image.shape[1::-1])
        return [(*(middle - 5), *(middle + 5), 1.0)]

    def detect(self, frame, region, roll=0.0):
        return region[:2] + self.points * (region[2:] - region[:2])


def places(*photos):
    """Return which face of each photo is taken, from 0."""
    frames, boxes = zip(*photos, strict=True)
    found = one_person(frames, boxes, shipped(), SeesPatterns())
    return [None if box is None else round(box[0] / SIDE) for box in found]


def test_who_is_alone_in_a_photo_is_looked_for_in_the_others():
    assert places(photo(BERT, ANNA), photo(ANNA), photo(ANNA, CARL)) == [1, 0, 0]
    assert places(photo(BERT, ANNA), photo(BERT), photo(ANNA, BERT)) == [0, 0, 1]


def test_else_it_is_who_is_in_most_photos():
    assert places(photo(BERT, ANNA), photo(CARL, ANNA)) == [1, 1]


@pytest.mark.parametrize("order", [(ANNA, BERT), (BERT, ANNA)])
def test_of_two_who_are_in_all_photos_the_same_is_taken_everywhere(order):
    first, second = places(photo(ANNA, BERT), photo(*order))
    assert [ANNA, BERT][first] is order[second]


def test_a_photo_without_a_face_has_none():
    empty = Frame(np.zeros((90, 120, 3), np.uint8), 0.0, 0)
    assert places(photo(ANNA), (empty, [])) == [0, None]
    assert places(photo(ANNA, BERT), (empty, []), photo(BERT)) == [1, None, 0]
