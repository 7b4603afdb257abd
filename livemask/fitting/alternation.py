"""Pose and expression of one frame in turns: the whole of it compiled, called once a frame."""

from typing import NamedTuple

import numpy as np
from numba import njit

from livemask.contour import basis_on_contour, contour_weights, on_contour
from livemask.fitting.expression import Prior, Quadratic, solve_expression
from livemask.fitting.kernels import View, robust_weights
from livemask.fitting.pose import refine_pose
from livemask.records import Array, Float64

TOLERANCE = 2.5
"""Standard deviations by which a point may be off and count half."""

SWEEPS = 60
"""Of the bounded solve; warm it stops after a few."""


class Head(NamedTuple):
    """What is fitted, and scratch for it. N rows: 68 landmarks, then candidates of the outline.

    Attributes
    ----------
    shape : (N, 3) float64
        The person without expression, mm.
    moves : (N, 3 q) float64
        The expressions, mm: of each point all x, then y, then z.
    strips : (17, c) int32
        See `LandmarkModel`.
    certain : (68,) float64
        Weights of points that fit, 1/mm^2.
    whole : (N, 3) float64
        Written: the person with the expression.
    outline : (17, c) float64
        Written: how much of each jaw point lies on each candidate.
    points : (68, 3) float64
        Written: as seen, the jaw on the outline.
    seen_moves : (q, 3, 68) float64
        Written by `alternate`: likewise, of the expressions.
    said : Quadratic
        Written by `alternate`: what the points say of the expressions.
    """

    shape: Float64
    moves: Float64
    strips: Array
    certain: Float64
    whole: Float64
    outline: Float64
    points: Float64
    seen_moves: Float64
    said: Quadratic


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def pick(head: Head, rotation: Float64, expression: Float64) -> None:
    """Write the 68 points as seen at `rotation`, the jaw on the outline."""
    shape, moves, whole = head.shape, head.moves, head.whole
    strips, outline, count = head.strips, head.outline, expression.shape[0]
    for i in range(shape.shape[0]):
        for a in range(3):
            moved = 0.0
            for c in range(count):
                moved += moves[i, a * count + c] * expression[c]
            whole[i, a] = shape[i, a] + moved
    contour_weights(whole, strips, rotation, outline)
    on_contour(whole, strips, outline, head.points)


@njit(cache=True, nogil=True)
def alternate(head: Head, view: View, prior: Prior, expression: Float64, rounds: int) -> None:
    """Improve the pose of `view` and the coefficients `expression` (q,) in turns."""
    for _ in range(rounds):
        pick(head, view.rotation, expression)
        for steps in range(1, 3):  # a hand before the mouth is told by what the rest agrees on
            refine_pose(head.points, view, steps)
            robust_weights(head.points, view, head.certain, TOLERANCE)
        basis_on_contour(head.moves, head.strips, head.outline, head.seen_moves)
        sweeps = np.int64(SWEEPS)  # a literal would be a kernel of its own, beside that of Python
        solve_expression(head.points, head.seen_moves, view, prior, expression, head.said, sweeps)
    pick(head, view.rotation, expression)
    robust_weights(head.points, view, head.certain, TOLERANCE)
    refine_pose(head.points, view, np.int64(2))
    pick(head, view.rotation, expression)
