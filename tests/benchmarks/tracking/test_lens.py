import numpy as np
import pytest

from benchmarks.tracking.lens import Lens

GREY = np.full((60, 80, 3), 128, np.uint8)


def test_a_plain_lens_changes_nothing():
    assert np.array_equal(Lens().take([GREY], [1]), GREY)


def test_noise_has_its_deviation():
    assert Lens(noise=6.0).take([GREY], [1]).std() == pytest.approx(6.0, rel=0.03)


def test_noise_is_the_seeds():
    lens = Lens(noise=6.0)
    assert np.array_equal(lens.take([GREY], [1, 2]), lens.take([GREY], [1, 2]))
    assert not np.array_equal(lens.take([GREY], [1, 2]), lens.take([GREY], [1, 3]))


def test_little_light_makes_dark_pictures_with_noise():
    dark = Lens(light=0.06).take([GREY], [1])
    assert 25 < dark.mean() < 45  # 6 % of the light of 128
    assert dark.std() > 0.5


def test_blur_softens_an_edge():
    edge = GREY.copy()
    edge[:, 40:] = 250
    soft = Lens(blur=2.0).take([edge], [1])
    assert 150 < soft[30, 40, 0] < 230


def test_what_moves_during_the_exposure_is_smeared():
    assert Lens(exposures=2).take([GREY, GREY + 40], [1])[0, 0, 0] == 148


def test_nobody_can_change_a_picture():
    assert not Lens().take([GREY.copy()], [1]).flags.writeable
