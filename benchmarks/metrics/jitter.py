"""How much points tremble."""

import numpy as np

from livemask.records import Float64


def jitter(points: Float64, size: float) -> float:
    """Return the mean second difference of `points` (n, p, 2) over time, in units of `size`.

    Frames that are nan, and those beside them, are left out. Nan if nothing remains.
    """
    second = np.linalg.norm(np.diff(points, 2, axis=0), axis=2).mean(axis=1)
    second = second[np.isfinite(second)]
    return float(second.mean()) / size if len(second) else float("nan")


def steps(values: Float64) -> tuple[float, float]:
    """Return the greatest step of an even movement `values` (n,), and the least, in mean steps.

    A filter that sticks and slips stands still, then jumps.
    """
    moved = np.diff(values)
    ratio = moved / moved.mean()
    return float(ratio.max()), float(ratio.min())
