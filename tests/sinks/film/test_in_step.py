"""A microphone whose clock is off, that is late, or that stops for a while."""

import av
import numpy as np
import pytest

from livemask.sinks.film.in_step import Arrivals, InStep
from livemask.sinks.film.spoken import RATE

PIECE = 480


def pieces(seconds, off=0.0, late=0.0, rate=48000, jitter=0.004):
    """Yield pieces of a click at each half second and when they come, of a clock that is off.

    It counts `1 + off` as many samples in a second as it says, from `late` s on; each piece
    comes up to `jitter` s after its end.
    """
    random = np.random.default_rng(5)
    true = rate * (1.0 + off)
    for first in range(0, int((seconds - late) * true) - PIECE, PIECE):
        t = late + np.arange(first, first + PIECE) / true
        on = (t % 1.0 >= 0.5) & (t % 1.0 < 0.52)
        click = np.where(on, 0.8 * np.sin(2 * np.pi * 1000 * t), 0.0)
        yield sound(click, rate), t[-1] + 1.0 / true + random.uniform(0.0, jitter)


def sound(samples, rate=48000, channels=1):
    values = np.repeat((samples * 32767).astype(np.int16), channels)[None]
    layout = "stereo" if channels == 2 else "mono"
    frame = av.AudioFrame.from_ndarray(values, format="s16", layout=layout)
    frame.sample_rate = rate
    return frame


def heard(coming, rate=48000, channels=1):
    step = InStep(rate, "s16", "mono", channels)
    return np.concatenate([step.take(piece, came) for piece, came in coming])


def clicks(samples):
    """Return when each click begins, s."""
    loud = np.flatnonzero(np.abs(samples[:, 0]) > 0.2) / RATE
    return loud[np.r_[True, np.diff(loud) > 0.2]]


@pytest.mark.parametrize("off", [0.001, -0.001, 0.0])
@pytest.mark.parametrize("rate", [48000, 44100])
def test_a_clock_that_is_off_does_not_drift_from_the_pictures(off, rate):
    found = clicks(heard(pieces(60.0, off, rate=rate), rate))
    assert len(found) in (59, 60)
    apart = found - (np.arange(len(found)) + 0.5)
    assert np.abs(apart).max() < 0.008  # 60 ms without correction
    assert abs(apart[-1] - apart[15]) < 0.003


def test_two_minutes_later_it_is_still_in_step():
    found = clicks(heard(pieces(120.0, 0.003)))
    assert found[-1] == pytest.approx(len(found) - 0.5, abs=0.008)  # 360 ms without


def test_sound_that_begins_late_comes_at_its_time_after_silence():
    samples = heard(pieces(8.0, 0.001, late=3.3))
    found = clicks(samples)
    assert found == pytest.approx(np.arange(3, 3 + len(found)) + 0.5, abs=0.008)
    assert not samples[: int(3.2 * RATE)].any()


def test_sound_from_before_the_first_picture_is_cut_off():
    found = clicks(heard(pieces(5.0, late=-2.0)))
    assert found == pytest.approx(np.arange(len(found)) + 0.5, abs=0.008)


def test_what_is_missing_is_silence_and_the_rest_stays_in_step():
    whole = pieces(10.0, 0.001)
    found = clicks(heard((p, came) for p, came in whole if not 3.2 < came < 5.9))
    assert found[:3] == pytest.approx([0.5, 1.5, 2.5], abs=0.008)
    assert found[3:] == pytest.approx(np.arange(6, 6 + len(found) - 3) + 0.5, abs=0.012)


def test_one_channel_becomes_two_where_two_are_wanted():
    samples = heard(pieces(2.0), channels=2)
    assert samples.shape[1] == 2
    assert np.array_equal(samples[:, 0], samples[:, 1])
    assert samples.dtype == np.float32


def test_arrivals_follow_any_constant_rate():
    arrivals, true = Arrivals(48000), 480 / 48100
    starts = [arrivals.start_of(480, 5.0 + (i + 1) * true) for i in range(6000)]
    assert starts[-1] == pytest.approx(5.0 + 5999 * true, abs=1e-4)
    assert np.abs(np.diff(starts[-100:]) - true).max() < 1e-6


def test_a_piece_that_comes_late_once_moves_the_others_little():
    arrivals = Arrivals(48000)
    starts = [arrivals.start_of(480, 0.01 * (i + 1) + 0.1 * (i == 3000)) for i in range(3100)]
    assert np.abs(np.array(starts[2900:]) - 0.01 * np.arange(2900, 3100)).max() < 0.005
