"""How late a signal is."""

import numpy as np

from livemask.records import Float64

EARLY, LATE, STEP = 0.10, 0.25, 0.001
"""s: between which shifts the best is sought, and how finely."""


def lag(time: Float64, true: Float64, fitted: Float64) -> float:
    """Return by how much `fitted` comes after `true`, s: where their correlation is greatest.

    Frames that are nan are left out.

    Parameters
    ----------
    time : (n,) float64
        s, rising.
    true, fitted : (n,) or (n, k) float64
        Several columns are weighed by how much they move.
    """
    true, fitted = true.reshape(len(time), -1), fitted.reshape(len(time), -1)
    inside = (time >= time[0] + LATE) & (time <= time[-1] - EARLY)
    inside &= np.isfinite(fitted).all(axis=1)
    if inside.sum() < 3:
        return float("nan")
    shifts = np.arange(-EARLY, LATE + 0.5 * STEP, STEP)
    seen = fitted[inside] - fitted[inside].mean(axis=0)
    alike = [_alike(_shifted(time, true, inside, shift), seen) for shift in shifts]
    return float(shifts[int(np.argmax(alike))])


def _shifted(time: Float64, true: Float64, inside: Float64, shift: float) -> Float64:
    columns = [np.interp(time[inside] - shift, time, column) for column in true.T]
    return np.stack(columns, axis=1)


def _alike(a: Float64, b: Float64) -> float:
    a = a - a.mean(axis=0)
    return float((a * b).sum() / max(np.sqrt((a * a).sum() * (b * b).sum()), 1e-12))
