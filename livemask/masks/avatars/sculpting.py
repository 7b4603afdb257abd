"""Sculpting: soft moves that make another head of a head, and its expressions with it.

A move reaches as far as a Gaussian about its centre. How far it takes a vertex is told by where
that vertex lies at rest, so that the move of a vertex is affine, and an expression is stretched
as its surroundings are: lids that meet still meet when the eyes are twice as high.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from livemask.cropping import crop
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64

NEAR = (4.0, 11.0)
"""mm from lids and lips: nearer, nothing is smoothed, farther away all is."""

ROUNDS = 24

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Move:
    """One soft move, head frame, mm.

    Attributes
    ----------
    centre, reach : (float, float, float)
        Where it is strongest, and the standard deviation of how it fades.
    factor : (float, float, float)
        Times as far from the centre; below 3.2 along each axis, or the skin would fold.
    by : (float, float, float)
        What it is moved by.
    """

    centre: Triple
    reach: Triple
    factor: Triple = (1.0, 1.0, 1.0)
    by: Triple = (0.0, 0.0, 0.0)

    def mirrored(self) -> "Move":
        """Return the same on the other side."""
        (x, y, z), (a, b, c) = self.centre, self.by
        return replace(self, centre=(-x, y, z), by=(-a, b, c))


def both(*moves: Move) -> tuple[Move, ...]:
    """Return moves and their mirror images."""
    return tuple(one for move in moves for one in (move, move.mirrored()))


def moved(points: Array, moves: Iterable[Move]) -> tuple[Float64, Float64]:
    """Return where `points` (n, 3) mm get to, and the (n, 3) factors of what moves them there."""
    places = np.array(points, np.float64)
    factors = np.ones_like(places)
    for move in moves:
        apart = places - move.centre
        share = np.exp(-0.5 * ((apart / move.reach) ** 2).sum(axis=1))[:, None]
        more = share * (np.array(move.factor) - 1.0)
        places += more * apart + share * np.array(move.by)
        factors *= 1.0 + more
    return places, factors


def sculpted(head: MorphableModel, moves: tuple[Move, ...]) -> MorphableModel:
    """Return the mean of `head` after `moves`, without its eyeballs and without identities."""
    kept = np.ones(len(head.mean), np.bool_)
    kept[head.parts["eyes"]] = False
    bare = crop(replace(head, identity=head.identity[:0], identity_sigmas=_NONE), kept)
    mean, factors = moved(bare.mean, moves)
    return replace(
        bare,
        mean=_relaxed(bare, mean).astype(np.float32),
        expressions=bare.expressions * factors.astype(np.float32),
    )


def _relaxed(model: MorphableModel, mean: Float64) -> Float64:
    """Return places (n, 3) without folds and pores; what lies about lids and lips stays.

    Laplacian smoothing (Taubin 1995).
    """
    free = np.zeros(len(mean))
    free[model.parts["skin"]] = 1.0
    kept = model.mean[model.landmark_vertices[36:]]
    near, _ = cKDTree(kept).query(model.mean)
    free *= np.clip((np.asarray(near) - NEAR[0]) / (NEAR[1] - NEAR[0]), 0.0, 1.0)
    sides = model.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    both_ways = np.concatenate([sides, sides[:, ::-1]])
    links = sparse.coo_array((np.ones(len(both_ways)), both_ways.T), (len(mean),) * 2).tocsr()
    count = np.asarray(links.sum(1)).ravel()
    edges, uses = np.unique(np.sort(sides, axis=1), axis=0, return_counts=True)
    free[edges[uses == 1]] = 0.0
    share = 0.5 * free[:, None]
    for _ in range(ROUNDS):
        mean = mean + share * ((links @ mean) / np.maximum(count, 1.0)[:, None] - mean)
    return mean


_NONE: Float32 = np.zeros(0, np.float32)
