"""Makes a blink close the eye of the mean: the source's shuts it twice over at its outer side."""

import numpy as np
from numpy.polynomial import Polynomial

from head_model.cut import Cage
from head_model.rings import rings
from livemask.models.subdivision import subdivide
from livemask.records import Float64

EDGE = 2  # the ring, counted from the hidden seam, where the lids meet
SAG = 3.3  # mm; of the line of a closed eye below its corners
OVERLAP = 0.9  # mm; eyes that are wider than the mean's shall close too
LIFT = (1.0, 1.0, 1.0, 1.0, 0.8, 0.6, 0.4, 0.2, 0.1)  # of the lower lid's rise, by ring


def close(cage: Cage, mean: Float64, blink: Float64, side: float) -> Float64:
    """Return `blink` (c, 3), with which the edges of both lids meet in a calm curve.

    The upper lid's motion is scaled by a smooth function of x; the lower lid rises where
    its edge lies below the curve. `mean` (c, 3) and `blink` in one frame, mm; `side` is 1
    for the left eye, -1 for the right.
    """
    ring = np.where(side * mean[:, 0] > 0.0, rings(cage, "lids", len(LIFT)), -1)
    rim = np.flatnonzero(ring == EDGE)
    matrix = subdivide(cage.quads, len(cage.base)).matrix[rim]
    edge, moved = matrix @ mean, (matrix @ blink)[:, 1]
    x, y = side * edge[:, 0], edge[:, 1]
    ends = np.array([x.argmin(), x.argmax()])
    upper = y > np.interp(x, x[ends], y[ends]) + 0.3
    line, over = _line(x, x[ends], y[ends])
    wanted = y[upper] - line[upper] + over[upper]
    weight = np.abs(moved[upper])
    scale = Polynomial.fit(x[upper], wanted / weight, 4, w=weight)
    factor = scale(np.clip(side * mean[:, 0], x[upper].min(), x[upper].max()))
    closed = blink * factor[:, None]
    order = np.argsort(x[~upper])
    gap = np.maximum(line - y, 0.0)[~upper][order]
    rise = np.interp(side * mean[:, 0], x[~upper][order], gap, 0.0, 0.0)
    lower = (ring >= 0) & (mean[:, 1] < np.interp(side * mean[:, 0], x[ends], y[ends]))
    closed[lower, 1] += np.array(LIFT)[ring[lower]] * rise[lower]
    return closed


def _line(x: Float64, ends: Float64, heights: Float64) -> tuple[Float64, Float64]:
    """Return the height (v,) of a closed eye's line at `x` (v,), and the overlap (v,), mm."""
    share = np.clip((x - ends[0]) / (ends[1] - ends[0]), 0.0, 1.0)
    bow = 4.0 * share * (1.0 - share)
    return np.interp(x, ends, heights) - SAG * bow, OVERLAP * bow
