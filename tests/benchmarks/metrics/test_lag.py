import numpy as np
import pytest

from benchmarks.metrics.lag import lag

TIME = np.arange(120) / 30.0


def wave(time):
    return np.sin(2.0 * time) + 0.5 * np.sin(5.3 * time + 1.0)


@pytest.mark.parametrize("shift", [-0.04, 0.0, 0.013, 0.033, 0.1])
def test_the_lag_of_a_shifted_signal_is_the_shift(shift):
    assert lag(TIME, wave(TIME), wave(TIME - shift)) == pytest.approx(shift, abs=0.0015)


def test_gain_and_offset_do_not_change_the_lag():
    assert lag(TIME, wave(TIME), 3.0 + 0.5 * wave(TIME - 0.05)) == pytest.approx(0.05, abs=0.0015)


def test_frames_that_are_nan_are_left_out():
    late = wave(TIME - 0.05)
    late[40:60] = np.nan
    assert lag(TIME, wave(TIME), late) == pytest.approx(0.05, abs=0.0015)


def test_of_several_columns_the_moving_one_counts():
    true = np.stack([wave(TIME), np.zeros(120)], 1)
    noise = 0.01 * np.random.default_rng(0).standard_normal(120)
    assert lag(TIME, true, np.stack([wave(TIME - 0.08), noise], 1)) == pytest.approx(0.08, abs=2e-3)


def test_a_signal_that_was_never_seen_has_no_lag():
    assert np.isnan(lag(TIME, wave(TIME), np.full(120, np.nan)))
