"""The guide to paint on."""

import cv2
import numpy as np

from livemask.masks.painting.layout import PLACES
from livemask.masks.painting.template import LINE, template
from tests.heads import shipped
from tests.masks import tiny


def test_the_lines_are_where_a_painting_puts_eyes_and_lips():
    guide = template(shipped(), 512)

    for point in PLACES[36:60]:
        x, y = np.rint(point * 512 - 0.5).astype(int)
        assert (np.abs(guide[y - 2 : y + 3, x - 2 : x + 3, :3] - LINE[:3]) < 40).all(2).any()


def test_it_is_transparent_between_its_lines():
    alpha = template(shipped(), 1024)[..., 3]

    assert 0.3 < (alpha == 0).mean() < 0.95


def test_it_is_symmetrical_but_for_its_words():
    alpha = cv2.blur(template(shipped(), 512)[100:500, ..., 3].astype(float), (41, 41))

    assert np.corrcoef(alpha.ravel(), alpha[:, ::-1].ravel())[0, 1] > 0.9


def test_a_model_without_parts_has_one():
    assert template(tiny.model(), 256)[..., 3].any()
