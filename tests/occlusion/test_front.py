"""What is taken to be in front of a face."""

import numpy as np
import pytest

from livemask.occlusion.front import AMAZED, MOST, MOST_HIDDEN, PATIENCE, Front
from tests.occlusion.flat import ALL, LOW, colours, flat, hand

STEP = 1.0 / 30.0


class Watch:
    """A front, and what time it is."""

    def __init__(self):
        self.front, self.frames = Front(ALL), 0

    def show(self, picture, frames, facing=1.0):
        for _ in range(frames):
            self.front.look(flat(picture(self.frames), facing), self.frames * STEP)
            self.frames += 1
        return self


@pytest.fixture
def watch():
    """One that knows the face."""
    return Watch().show(colours, 40)


def test_before_a_bare_face_nothing_is_shown(watch):
    assert watch.show(colours, 30).front.opacity(hides=False) is None


def test_a_hand_from_below_is_shown_and_little_around_it(watch):
    shown = watch.show(hand, 5).front.opacity(hides=True)

    assert shown[46:58, 22:42].min() > 0.9
    assert shown[:38].max() == 0.0


def test_a_hand_that_has_gone_is_no_longer_shown(watch):
    assert watch.show(hand, 10).show(colours, 10).front.opacity(hides=True) is None


def test_what_appears_within_the_face_did_not_come_in(watch):
    def spot(seed):
        return hand(seed, (slice(30, 40), slice(28, 38)))

    assert watch.show(spot, 10).front.opacity(hides=False) is None


def test_over_a_mask_that_hides_no_eye_is_opened(watch):
    def side(seed):
        return hand(seed, (slice(16, 34), slice(8, 24)))

    front = watch.show(side, 8).front

    assert front.opacity(hides=False)[22:24, 16:20].min() > 0.9
    assert front.opacity(hides=True)[22:24, 17:20].max() < 0.1


def test_over_a_mask_that_hides_not_both_brows_are_opened(watch):
    def brow(seed):
        return hand(seed, (slice(4, 16), slice(8, 56)))

    front = watch.show(brow, 8).front
    opened = front.opacity(hides=False) - front.opacity(hides=True)

    assert (opened > 0.9).sum() > 20


def test_over_a_mask_that_hides_no_more_than_a_third_is_opened(watch):
    def large(seed):
        return hand(seed, (slice(36, 60), slice(8, 56)))

    front = watch.show(large, 8).front

    assert MOST_HIDDEN < 24 / 56 < MOST
    assert front.opacity(hides=True) is None
    assert front.opacity(hides=False) is not None


def test_what_covers_more_than_half_is_not_believed_and_then_learnt(watch):
    def huge(seed):
        return hand(seed, (slice(24, 60), slice(8, 56)))

    assert watch.show(huge, 8).front.opacity(hides=False) is None
    watch.show(huge, int((AMAZED + 1.0) / STEP))
    assert watch.show(colours, 1).front.opacity(hides=False) is None


def test_what_stays_becomes_part_of_the_face(watch):
    assert watch.show(hand, 30).front.opacity(hides=True) is not None
    watch.show(hand, int((PATIENCE + 6.0) / STEP))
    assert watch.front.opacity(hides=True) is None


def test_of_cheeks_that_turn_away_nothing_is_said(watch):
    assert watch.show(hand, 8, facing=0.2).front.opacity(hides=False) is None


def test_nothing_beyond_the_face_is_shown(watch):
    shown = watch.show(hand, 8).front.opacity(hides=False)

    assert shown[LOW].any()
    assert not shown[~ALL].any()
    assert np.isfinite(shown).all()
