"""Moustaches."""

import numpy as np
import pytest

from livemask.errors import UsageError
from livemask.masks import moustache
from livemask.masks.props.whiskers import STYLES
from tests.heads import shipped
from tests.masks import tiny


@pytest.fixture(scope="module")
def mask():
    return moustache.create()


def hairs(mask, **moved):
    model = shipped()
    return mask.layers(model, tiny.fit(model, **moved), tiny.frame(), tiny.LIGHT, 0.0)[1].vertices


def points():
    return shipped().mean[shipped().landmark_vertices]


@pytest.mark.parametrize("style", STYLES)
def test_it_grows_between_nose_and_lip(style):
    found = hairs(moustache.create(style))
    middle = found[np.abs(found[:, 0]) < 8]
    assert middle[:, 1].max() < points()[33, 1]
    assert middle[:, 1].mean() > points()[51, 1] - 4
    assert np.median(middle[:, 2]) > points()[51, 2] - 8


def test_a_smile_draws_it_wider_and_up(mask):
    still, smiling = hairs(mask), hairs(mask, mouthSmileLeft=1.0, mouthSmileRight=1.0)
    beside = (np.abs(still[:, 0]) > 18) & (np.abs(still[:, 0]) < 28)
    assert (np.abs(smiling[beside, 0]) - np.abs(still[beside, 0])).mean() > 1.0
    assert (smiling[beside, 1] - still[beside, 1]).mean() > 1.0


def test_an_open_jaw_hardly_moves_it(mask):
    still, wide = hairs(mask), hairs(mask, jawOpen=0.7)
    middle = np.abs(still[:, 0]) < 8
    assert np.abs(wide[middle] - still[middle]).mean() < 2.5


def test_left_and_right_are_alike(mask):
    found = hairs(mask).reshape(2, -1, 3)
    np.testing.assert_allclose(found[0] * (-1, 1, 1), found[1], atol=0.2)


def test_an_unknown_style_is_refused():
    with pytest.raises(UsageError, match="style='goatee' must be handlebar or chevron"):
        moustache.create("goatee")
