"""Closes the lips of every head: at rest MakeHuman's leave a slit that teeth shine through."""

import numpy as np

from head_model.cut import Cage
from head_model.rings import rings
from livemask.models.subdivision import subdivide
from livemask.records import Array, Float64

OVERLAP = 0.35  # mm
EDGE = 1  # the ring, counted from the seam, where the lips touch
SHARE = (1.0, 1.0, 0.7, 0.35, 0.1)  # of the move, by ring


def seal(cage: Cage, heads: Float64, upper: Array) -> Float64:
    """Return `heads` (p, c, 3), mm, with the edges of the lips `OVERLAP` over one another.

    `upper` (c,) tells the upper lip's vertices from the lower's. The gap between the lips
    is a linear function of a head, so that components of sealed heads are sealed as well.
    """
    ring = rings(cage, "mouth", len(SHARE))
    top, bottom = (np.flatnonzero((ring == EDGE) & side) for side in (upper, ~upper))
    place = heads.mean(0)[:, 0]
    fine = subdivide(cage.quads, len(cage.base)).matrix
    height = heads[:, :, 1] @ fine[np.concatenate([top, bottom])].T
    across = _between(place[top], place[bottom])
    gap = height[:, : len(top)] - height[:, len(top) :] @ across.T
    zone = np.flatnonzero(ring >= 0)
    share = np.array(SHARE)[ring[zone]] * np.where(upper[zone], -0.5, 0.5)
    sealed = heads.copy()
    sealed[:, zone, 1] += share * ((gap + OVERLAP) @ _between(place[zone], place[top]).T)
    return sealed


def _between(at: Float64, nodes: Float64) -> Float64:
    """Return the (a, n) weights that interpolate linearly from `nodes` (n,) to `at` (a,)."""
    order = np.argsort(nodes)
    weights = np.empty((len(at), len(nodes)))
    for column, row in zip(order, np.eye(len(nodes)), strict=True):
        weights[:, column] = np.interp(at, nodes[order], row)
    return weights
