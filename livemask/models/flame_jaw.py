"""The jaw of FLAME, which is a joint there, as expressions.

A vertex is moved by linear blend skinning, after the pose's own corrections (Loper et al.
2015, section 3; Li et al. 2017, section 3). All other joints are at rest, and so the jaw's
rotation R about its place j moves a vertex v of weight w to

    u + w (R - 1)(u - j),  u = v + posedirs . (R - 1)

An expression is the way from rest to a whole turn, straight.
"""

import numpy as np

from livemask.geometry import rotation_matrix
from livemask.models.fields import Fields
from livemask.records import Array, Float64

JAW, NECK = 2, 1
"""Numbers of joints: global, neck, jaw, left eye, right eye."""

EYES = (3, 4)

OPEN = 0.4
"""rad: brings the incisors, 100 mm from the hinge, 40 mm apart, as far as most mouths open."""

ASIDE = 0.1
"""rad: moves the chin 10 mm, as far as most jaws go aside."""

TURNS = {
    "jawOpen": (OPEN, 0.0, 0.0),
    "jawLeft": (0.0, ASIDE, 0.0),
    "jawRight": (0.0, -ASIDE, 0.0),
}
"""Rotation vectors at coefficient 1, head frame, by ARKit's names."""

SIGMAS = {"jawOpen": 0.6, "jawLeft": 0.25, "jawRight": 0.25}
"""Of the priors of coefficients, as in livemask's own head."""


def jaw_moves(fields: Fields, template: Float64) -> Float64:
    """Return the (3, n, 3) displacements of `TURNS`, in the unit of `template` (n, 3).

    Raises
    ------
    ModelError
        If a field of the joints is missing or not what it must be.
    """
    parents = fields.array("kintree_table", (2, 5), "iuf")[0].astype(np.int64)
    if parents[JAW] != NECK or (parents[1:] == JAW).any():
        raise fields.error("kintree_table", f"has parents {parents.tolist()}, jaw 2 not under 1")
    weights = skinning(fields)
    joint = _regressor(fields, len(template)) @ template
    correction = None
    if "posedirs" in fields.arrays:
        correction = fields.array("posedirs", ("n", 3, 36))[:, :, 9 * (JAW - 1) : 9 * JAW]
    moves = np.empty((len(TURNS), len(template), 3))
    for move, vector in zip(moves, TURNS.values(), strict=True):
        turn = rotation_matrix(np.array(vector)) - np.eye(3)
        moved = np.zeros_like(template) if correction is None else correction @ turn.ravel()
        move[:] = moved + weights[:, JAW, None] * ((template + moved - joint) @ turn.T)
    return moves


def skinning(fields: Fields) -> Array:
    """Return the (n, 5) weights of the joints, checked."""
    weights = fields.array("weights", ("n", 5)).astype(np.float64)
    if weights.min() < -1e-3 or np.abs(weights.sum(1) - 1.0).max() > 1e-2:
        raise fields.error("weights", "must be shares that sum to 1 at each vertex")
    return weights


def _regressor(fields: Fields, count: int) -> Float64:
    """Return the (n,) shares of the vertices in the jaw's place; stored dense or as CSR."""
    if "J_regressor" in fields.arrays:
        return fields.array("J_regressor", (5, "n")).astype(np.float64)[JAW]
    parts = ("J_regressor_data", "J_regressor_indices", "J_regressor_indptr")
    if parts[0] not in fields.arrays:
        raise fields.error("J_regressor", "is missing")
    data = fields.array(parts[0], ("z",)).astype(np.float64)
    columns = fields.indices(parts[1], ("z",), count)
    ends = fields.indices(parts[2], (6,), len(data) + 1)[JAW : JAW + 2]
    shares = np.zeros(count)
    np.add.at(shares, columns[slice(*ends)], data[slice(*ends)])
    return shares
