import numpy as np
import pytest

from livemask.tracking.scene_cut import SceneCut


@pytest.fixture
def rng():
    return np.random.default_rng(18)


def scene(rng):
    """Return a picture (90, 160, 3) of large patches."""
    return np.kron(rng.integers(0, 255, (9, 16, 3)), np.ones((10, 10, 1))).astype(np.uint8)


def test_the_first_picture_follows_no_cut(rng):
    assert not SceneCut().between(scene(rng))


def test_a_scene_that_goes_on_with_noise_and_less_light_is_not_cut(rng):
    cut, picture = SceneCut(), scene(rng)
    cut.between(picture)
    darker = 0.4 * picture + rng.normal(0.0, 8.0, picture.shape)
    assert not cut.between(np.clip(darker, 0, 255).astype(np.uint8))


def test_something_that_moves_through_the_picture_is_no_cut(rng):
    cut, picture = SceneCut(), scene(rng)
    cut.between(picture)
    moved = picture.copy()
    moved[20:70, 40:90] = 10
    assert not cut.between(moved)


def test_another_scene_is_a_cut_once(rng):
    cut, other = SceneCut(), scene(rng)
    cut.between(scene(rng))
    assert cut.between(other)
    assert not cut.between(other)


def test_a_black_picture_is_a_cut(rng):
    cut = SceneCut()
    cut.between(scene(rng))
    assert cut.between(np.zeros((90, 160, 3), np.uint8))


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (480, 640)])
def test_pictures_of_all_sizes_can_be_compared(size):
    cut, picture = SceneCut(), np.zeros((*size, 3), np.uint8)
    cut.between(picture)
    assert cut.between(picture)  # nothing to recognise it by: the safe answer
