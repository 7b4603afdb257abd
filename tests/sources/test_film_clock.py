import numpy as np
import pytest

from livemask.sources.film_clock import FilmClock

PERIOD = 0.04


def times(stamps, restarts=False):
    clock = FilmClock(PERIOD, restarts)
    return [clock.time(stamp) for stamp in stamps]


def test_growing_times_are_kept_relative_to_the_first():
    assert times([5.0, 5.04, 5.3, 9.0]) == pytest.approx([0.0, 0.04, 0.3, 4.0])


def test_frames_without_a_time_last_one_period():
    assert times([None, None, None]) == pytest.approx([0.0, 0.04, 0.08])
    assert times([1.0, None, 1.08]) == pytest.approx([0.0, 0.04, 0.08])


def test_a_time_that_does_not_grow_comes_a_little_after_the_last_and_shifts_no_other():
    got = times([0.0, 0.08, 0.04, 0.12, 0.12, 0.16])
    assert (np.diff(got) > 0).all()
    assert np.array(got)[[0, 1, 3, 5]] == pytest.approx([0.0, 0.08, 0.12, 0.16])


def test_one_wild_time_does_not_shift_those_after_it():
    got = times([0.0, 0.04, 0.5, *(0.08 + 0.04 * i for i in range(40))])
    assert (np.diff(got) > 0).all()
    assert got[-1] == pytest.approx(0.08 + 0.04 * 39)


def test_in_joined_films_the_second_follows_the_first():
    got = times([0.0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.0, 0.04, 0.09], restarts=True)
    assert got[6:] == pytest.approx([0.24, 0.28, 0.33])


def test_a_small_disorder_is_no_new_beginning():
    got = times([0.0, 0.04, 0.12, 0.08, 0.16], restarts=True)
    assert got[-1] == pytest.approx(0.16)


def test_any_times_give_growing_ones():
    stamps = np.random.default_rng(3).uniform(-2, 2, 200)
    for restarts in (False, True):
        assert (np.diff(times(stamps, restarts)) > 0).all()
