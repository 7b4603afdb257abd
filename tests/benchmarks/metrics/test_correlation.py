import numpy as np
import pytest

from benchmarks.metrics.correlation import correlation, rms


def test_a_damped_signal_is_wholly_alike_and_still_off():
    true = np.array([[0.0], [1.0], [0.0], [1.0]])
    assert correlation(true, 0.2 * true) == pytest.approx([1.0])
    assert rms(true, 0.2 * true) == pytest.approx([0.8 / 2.0**0.5])


def test_the_opposite_is_minus_one():
    true = np.array([[0.0, 1.0], [1.0, 0.0]])
    assert correlation(true, true[:, ::-1]) == pytest.approx([-1.0, -1.0])


def test_what_never_moves_has_no_correlation():
    assert np.isnan(correlation(np.zeros((5, 1)), np.arange(5.0)[:, None])).all()
