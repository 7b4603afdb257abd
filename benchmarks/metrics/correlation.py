"""How alike a fitted coefficient and the true one are over time."""

import numpy as np

from livemask.records import Float64


def correlation(true: Float64, fitted: Float64) -> Float64:
    """Return Pearson's correlation (m,) of the columns of (n, m); nan where one is constant."""
    a, b = true - true.mean(axis=0), fitted - fitted.mean(axis=0)
    spread = np.sqrt((a * a).sum(axis=0) * (b * b).sum(axis=0))
    return np.asarray(
        np.where(spread > 1e-9, (a * b).sum(axis=0) / np.maximum(spread, 1e-9), np.nan)
    )


def rms(true: Float64, fitted: Float64) -> Float64:
    """Return the root mean square difference (m,) of the columns of (n, m)."""
    return np.asarray(np.sqrt(((fitted - true) ** 2).mean(axis=0)))
