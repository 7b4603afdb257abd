"""Lids as programs are told of them."""

import numpy as np
import pytest

from livemask.calibration.blinking import LEAST, MOST, Blinking
from tests.calibration.conftest import NAMES


@pytest.fixture
def blinking():
    return Blinking(NAMES)


def lids(fit):
    return fit.gesture[1:3].tolist()


def test_a_lid_that_closes_so_far_is_shut(blinking, fit_of):
    assert lids(blinking.applied(fit_of(0.0, 0.7, 0.35), 0.7, 0.0)) == pytest.approx([1.0, 0.5])


def test_lids_that_differ_little_do_the_same(blinking, fit_of):
    assert lids(blinking.applied(fit_of(0.0, 0.6, 0.4), 1.0, 0.3)) == pytest.approx([0.5, 0.5])


def test_a_wink_stays_one(blinking, fit_of):
    assert lids(blinking.applied(fit_of(0.0, 0.9, 0.1), 1.0, 0.3)) == pytest.approx([0.9, 0.1])


def test_what_is_drawn_on_the_face_is_left_alone(blinking, fit_of):
    fit = fit_of(0.5, 0.6, 0.4)
    assert blinking.applied(fit, 0.5, 0.5).expression is fit.expression
    assert blinking.automatic(fit, 0.0).expression is fit.expression


def test_eyes_blink_of_themselves_as_often_as_people_do(blinking, fit_of):
    times = np.arange(0.0, 600.0, 1.0 / 60.0)
    shut = np.array([blinking.automatic(fit_of(), t).gesture[1] for t in times]) > 0.99
    starts = times[1:][shut[1:] & ~shut[:-1]]
    assert 10 <= len(starts) / 10.0 <= 20
    assert np.diff(starts).min() > LEAST
    assert np.diff(starts).max() < MOST + 1.0


def test_what_is_seen_of_the_eyes_does_not_matter_then(blinking, fit_of):
    assert lids(blinking.automatic(fit_of(0.0, 0.8, 0.2), 0.0)) == [0.0, 0.0]


def test_a_jump_in_time_ends_no_blinking(blinking, fit_of):
    blinking.automatic(fit_of(), 1e6)
    times = np.arange(0.0, 30.0, 1.0 / 60.0)
    assert max(blinking.automatic(fit_of(), t).gesture[1] for t in times) > 0.9


def test_a_model_without_lids_is_left_alone(fit_of):
    fit = fit_of(0.5)
    assert Blinking(("jawOpen",)).applied(fit, 0.5, 0.5) is fit
    assert Blinking(("jawOpen",)).automatic(fit, 0.0) is fit
