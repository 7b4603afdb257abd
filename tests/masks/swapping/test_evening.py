"""What only one half of a face has is evened out."""

import numpy as np
import pytest

from livemask.masks.swapping.evening import evened

SIDE = 200
SEEN = np.ones((SIDE, SIDE), np.float32)


@pytest.fixture
def skin():
    """Return (h, w, 3) of skin that is a little darker below, the same on both sides."""
    rows = np.linspace(1.0, 0.8, SIDE, dtype=np.float32)[:, None, None]
    return np.tile(np.array([0.5, 0.3, 0.2], np.float32) * rows, (1, SIDE, 1))


def test_what_is_the_same_on_both_sides_stays_as_it_is(skin):
    skin[40:60] *= 0.2  # brows, say

    albedo, weight = evened(skin, SEEN)

    np.testing.assert_allclose(albedo, skin, rtol=1e-4)
    np.testing.assert_allclose(weight, SEEN)


def test_a_strand_of_hair_is_no_longer_believed_and_its_mirror_image_is(skin):
    skin[60:140, 30:45] *= 0.1

    _, weight = evened(skin, SEEN)

    assert weight[70:130, 30:45].max() < 0.05
    assert weight[70:130, -45:-30].min() > 0.95


def test_light_from_one_side_is_shared_by_both(skin):
    lit = skin * np.linspace(0.85, 1.15, SIDE, dtype=np.float32)[None, :, None]

    albedo, weight = evened(lit, SEEN)

    ratio = albedo[:, 30] / albedo[:, -31]
    assert np.abs(np.log(ratio)).max() < 0.05 < np.abs(np.log(lit[:, 30] / lit[:, -31])).min()
    assert weight.min() > 0.9


def test_colours_are_left_alone(skin):
    skin[:, : SIDE // 2] = skin[:, : SIDE // 2, ::-1]  # blue on one side

    albedo, _ = evened(skin, SEEN)

    np.testing.assert_allclose(
        albedo / albedo.sum(2, keepdims=True), skin / skin.sum(2, keepdims=True), rtol=1e-3
    )


def test_what_is_seen_on_one_side_only_is_compared_with_nothing(skin):
    skin[:, : SIDE // 2] *= 0.1
    half = SEEN.copy()
    half[:, SIDE // 2 :] = 0.0

    albedo, weight = evened(skin, half)

    np.testing.assert_allclose(albedo[:, :60], skin[:, :60], rtol=0.02)
    assert weight[:, :60].min() > 0.95
