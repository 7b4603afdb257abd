"""A face at rest, looked at for two seconds."""

import pytest

from livemask.calibration.neutral import LEAST, SECONDS, Neutral
from tests.calibration.conftest import NAMES


def look(neutral, fits, rate=30.0, start=5.0):
    """Show one fit a frame; return whether the last was enough."""
    done = False
    for number, fit in enumerate(fits):
        done = neutral.look(fit, start + number / rate)
    return done


def test_it_takes_two_seconds(fit_of):
    neutral = Neutral(NAMES)
    assert neutral.left == SECONDS
    assert not look(neutral, [fit_of()] * 60)
    assert 0.0 < neutral.left < 0.1
    assert neutral.look(fit_of(), 5.0 + SECONDS)


def test_the_middle_of_what_was_seen_counts(fit_of):
    neutral = Neutral(NAMES)
    look(neutral, [fit_of(0.2)] * 40 + [fit_of(0.4)] * 21)
    assert neutral.value() == {"jawOpen": pytest.approx(0.2)}


def test_lids_and_glances_are_not_taken_for_rest(fit_of):
    neutral = Neutral(NAMES)
    look(neutral, [fit_of(0.0, 1.0, 1.0, 0.3, 0.5)] * 61)
    assert neutral.value() == {"browDownLeft": pytest.approx(0.3)}


@pytest.mark.parametrize("unseen", ["gone", "held", "turned"])
def test_a_face_that_is_hardly_seen_gives_nothing(fit_of, unseen):
    fit = {
        "gone": None,
        "held": fit_of(0.2, state="held"),
        "turned": fit_of(0.2, turn=(0.0, 0.6, 0.0)),
    }[unseen]
    neutral = Neutral(NAMES)
    assert look(neutral, [fit_of(0.2)] * (LEAST - 1) + [fit] * 60)
    assert not neutral.enough


def test_time_that_goes_back_begins_anew(fit_of):
    neutral = Neutral(NAMES)
    look(neutral, [fit_of(0.9)] * 30, start=100.0)
    assert look(neutral, [fit_of(0.2)] * 61, start=0.0)
    assert neutral.value() == {"jawOpen": pytest.approx(0.2)}


def test_a_face_that_speaks_is_not_at_rest_and_one_that_blinks_is(fit_of):
    speaking, blinking = Neutral(NAMES), Neutral(NAMES)
    look(speaking, [fit_of(0.1), fit_of(0.6)] * 31)
    look(blinking, [fit_of(0.1), fit_of(0.1, 1.0, 1.0)] * 31)
    assert speaking.enough
    assert not speaking.calm
    assert blinking.calm
