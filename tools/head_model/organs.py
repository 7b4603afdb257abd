"""Eyeballs, teeth and tongue, which MakeHuman keeps as rough helpers, made to fit.

Everything here is linear in the vertices, so that it holds for every head, and without
the constant moves for displacements too.
"""

from dataclasses import dataclass

import numpy as np

from head_model.base_mesh import BaseMesh
from head_model.cut import Cage
from livemask.models.subdivision import subdivide_head
from livemask.records import Array, Float64

EYES = {"helper-l-eye": 1.0, "helper-r-eye": -1.0}  # which side of the head
# A sphere that the visible rims of the lids rest on, 0.4 mm in front of it, as measured on
# the mean of 300 heads. Its centre lies nearer to the nose and further back than MakeHuman's.
EYE_RADIUS = 0.885  # of MakeHuman's
EYE_MOVE = (-1.39, -0.19, -2.6)  # mm, left eye
EYE_TURN = 0.15  # rad outwards: brings the iris back to where MakeHuman has it


@dataclass(frozen=True, slots=True)
class Change:
    """How teeth and tongue change: a stretch (3,) about the centre, then a move (3,) mm."""

    stretch: tuple[float, float, float]
    move: tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Eye:
    """Vertices (v,), side, MakeHuman's ball (v, 3) and ours (v, 3) about their centres."""

    vertices: Array
    side: float
    template: Float64
    ball: Float64


CHANGES = {
    # The strips leave a gap between them, and a wide one behind the lips.
    "helper-upper-teeth": Change((0.94, 1.0, 1.0), (0.0, -3.5, 4.5)),
    "helper-lower-teeth": Change((0.90, 1.0, 1.0), (0.0, 1.0, 2.0)),
    # The tongue fills the mouth.
    "helper-tongue": Change((0.90, 0.60, 1.0), (0.0, -5.0, 1.0)),
}


def fit_organs(mesh: BaseMesh, cage: Cage, heads: Float64) -> Float64:
    """Return `heads` (..., c, 3), mm, with round eyeballs, teeth that meet and a low tongue."""
    fitted = _stretched(cage, heads)
    for group, change in CHANGES.items():
        fitted[..., cage.vertices_of(group), :] += change.move
    for eye in _eyes(mesh, cage):
        part = heads[..., eye.vertices, :]
        centre = part.mean(-2, keepdims=True)
        size = ((part - centre) * eye.template).sum((-2, -1), keepdims=True)
        size /= (eye.template**2).sum()
        move = np.array(EYE_MOVE) * [eye.side, 1.0, 1.0]
        fitted[..., eye.vertices, :] = centre + move + size * eye.ball
    return fitted


def fit_moves(mesh: BaseMesh, cage: Cage, moves: Float64) -> Float64:
    """Return displacements (..., c, 3) for heads from `fit_organs`."""
    fitted = _stretched(cage, moves)
    for eye in _eyes(mesh, cage):
        part = moves[..., eye.vertices, :]
        centre = part.mean(-2, keepdims=True)
        affine = np.linalg.pinv(eye.template) @ (part - centre)
        fitted[..., eye.vertices, :] = centre + eye.ball @ affine
    return fitted


def left_pupil(mesh: BaseMesh, cage: Cage) -> Array:
    """Return the vertices (v,) of the ring around the pole of the left eyeball."""
    eye = _eyes(mesh, cage)[0]
    return eye.vertices[eye.template[:, 2] > 0.97 * eye.template[:, 2].max()]


def _eyes(mesh: BaseMesh, cage: Cage) -> tuple["_Eye", ...]:
    matrix = subdivide_head(cage.quads, len(cage.base), cage.parts == "eyes")[0]
    eyes = []
    for group, side in EYES.items():
        own = cage.vertices_of(group)
        template = mesh.vertices[cage.base[own]]
        template = template - template.mean(0)
        eyes.append(_Eye(own, side, template, _ball(template @ _turn(side).T, matrix[own][:, own])))
    return tuple(eyes)


def _stretched(cage: Cage, points: Float64) -> Float64:
    fitted = points.copy()
    for group, change in CHANGES.items():
        own = cage.vertices_of(group)
        centre = points[..., own, :].mean(-2, keepdims=True)
        fitted[..., own, :] = centre + np.array(change.stretch) * (points[..., own, :] - centre)
    return fitted


def _turn(side: float) -> Float64:
    """Return the (3, 3) rotation of an eyeball away from the nose."""
    sine, cosine = np.sin(side * EYE_TURN), np.cos(EYE_TURN)
    return np.array([[cosine, 0.0, sine], [0.0, 1.0, 0.0], [-sine, 0.0, cosine]])


def _ball(directions: Float64, matrix: Array) -> Float64:
    """Return the (v, 3) cage whose subdivision by `matrix` (v, v) is a sphere."""
    radius = EYE_RADIUS * np.linalg.norm(directions, axis=1).mean()
    ball = directions.copy()
    for _ in range(50):
        ball *= radius / np.linalg.norm(matrix @ ball, axis=1, keepdims=True)
    return ball
