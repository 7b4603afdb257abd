"""Shape: a piece of a character that is morphed and skinned anew in each frame.

Linear blend skinning (Magnenat-Thalmann et al. 1988), with all that does not change within a
run worked out before. What is left of a vertex is a part for each group of joints that moves
it: nearly always one.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from livemask.errors import AssetError
from livemask.gltf.character import Character
from livemask.gltf.limits import FARTHEST
from livemask.gltf.pieces import Morph, Piece
from livemask.masks.character.posture import Posture
from livemask.records import Array, Float32, Float64, Int32

LEAST = 1e-3
"""A group that moves a vertex by less than this share does not move it."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A piece in parts: p for n vertices, p >= n.

    Attributes
    ----------
    piece : Piece
    points, normals : (p, 3) float32
        Of each part, at rest, times its share.
    starts : (n + 1,) int32
        Where the parts of each vertex begin.
    groups : (p,) int32
    shares : (p,) float32
    only : int
        The group that moves all of it; -1 if there are several.
    slots : (m,) int32
        Which weight each of its morphs takes.
    ends : (m + 1,) int32
        Where each morph begins in the three others.
    rows : (s,) int32
        Parts that it moves.
    by, turn : (s, 3) float32
    """

    piece: Piece
    points: Float32
    normals: Float32
    starts: Int32
    groups: Int32
    shares: Float32
    only: int
    slots: Int32
    ends: Int32
    rows: Int32
    by: Float32
    turn: Float32

    def morphed(self, weights: Float32) -> tuple[Float32, Float32]:
        """Return points and normals of the parts with morphs at `weights` (k,), all slots."""
        if not len(self.slots):
            return self.points, self.normals
        points, normals = self.points.copy(), self.normals.copy()
        _morph(points, normals, weights[self.slots], self.ends, self.rows, self.by, self.turn)
        return points, normals

    def skinned(self, parts: tuple[Float32, Float32], moved: Float32) -> tuple[Float32, Float32]:
        """Return vertices and unit normals (n, 3); `moved` (g, 4, 4) is body_from_group."""
        count = len(self.starts) - 1
        vertices, normals = np.empty((count, 3), np.float32), np.empty((count, 3), np.float32)
        _skin(*parts, self.starts, self.groups, self.shares, moved, vertices, normals)
        return vertices, normals


def shape(
    character: Character, piece: Piece, at: Posture, slots: dict[tuple[int, int], int]
) -> Shape:
    """Return a piece of a character in parts; `slots` gives the weight of each morph target.

    Raises
    ------
    AssetError
        If its skin takes it nowhere.
    """
    vertex, group, share, body = _parts(character, piece, at)
    points = np.einsum("pij,pj->pi", body[:, :, :3], piece.vertices[vertex]) + body[:, :, 3]
    normals = _unit(np.einsum("pij,pj->pi", body[:, :, :3], piece.normals[vertex]))
    if not np.abs(points).max() < FARTHEST:
        raise AssetError(f"the character {character.name} cannot be worn: its skin is broken.")
    known = [index for index in piece.morphs if (piece.mesh, index) in slots]
    moves = [_moves(piece.morphs[index], vertex, share, body) for index in known]
    lengths = [len(rows) for rows, _, _ in moves]
    none = np.empty((0, 3))
    groups = np.unique(group)
    return Shape(
        piece=piece,
        points=_floats(points),
        normals=_floats(normals * share[:, None]),
        starts=_ints(np.searchsorted(vertex, np.arange(len(piece.vertices) + 1))),
        groups=_ints(group),
        shares=_floats(share),
        only=int(groups[0]) if len(groups) == 1 else -1,
        slots=_ints([slots[piece.mesh, index] for index in known]),
        ends=_ints(np.cumsum([0, *lengths])),
        rows=_ints(np.concatenate([np.empty(0), *(rows for rows, _, _ in moves)])),
        by=_floats(np.concatenate([none, *(by for _, by, _ in moves)])),
        turn=_floats(np.concatenate([none, *(turn for _, _, turn in moves)])),
    )


def _parts(character: Character, piece: Piece, at: Posture) -> tuple[Array, Array, Array, Float64]:
    """Return of each part its vertex, group, share, and body_from_mesh (3, 4) times the share."""
    joints, links, weights, body_from_mesh = _links(character, piece, at)
    group_of = at.groups[joints][links]
    found = []
    for group in np.unique(group_of[weights > 0.0]):
        own = np.where(group_of == group, weights, 0.0)
        kept = np.flatnonzero(own.sum(1) > LEAST)
        blended = np.zeros((len(kept), 3, 4))
        for column in range(own.shape[1]):
            matrices = body_from_mesh[links[kept, column], :3]
            blended += own[kept, column, None, None] * matrices
        found.append((kept, np.full(len(kept), group), own.sum(1)[kept], blended))
    vertex, groups, share, body = (np.concatenate(one) for one in zip(*found, strict=True))
    order = np.argsort(vertex, kind="stable")
    vertex, groups, share, body = vertex[order], groups[order], share[order], body[order]
    total = np.bincount(vertex, share, len(piece.vertices))[vertex]
    return vertex, groups, share / total, body / total[:, None, None]


def _links(character: Character, piece: Piece, at: Posture) -> tuple[Array, Array, Array, Float64]:
    """Return joints (j,), links (n, k) to them with weights, and body_from_mesh (j, 4, 4)."""
    if piece.skin is None:
        alone = np.zeros((len(piece.vertices), 1), np.int64)
        node = np.array([piece.node])
        return node, alone, np.ones(alone.shape), at.world[node]
    skin = character.skins[piece.skin]
    joints = np.array(skin.joints)
    with np.errstate(all="ignore"):  # of a broken file: looked at when the points are known
        return joints, piece.joints, piece.weights, at.world[joints] @ skin.joint_from_mesh


def _moves(
    morph: Morph, vertex: Array, share: Array, body: Float64
) -> tuple[Array, Float64, Float64]:
    """Return the parts that a morph moves, and by what."""
    row = np.full(int(vertex.max()) + 1, -1)
    row[morph.rows] = np.arange(len(morph.rows))
    parts = np.flatnonzero(row[vertex] >= 0)
    of, linear = row[vertex[parts]], body[parts, :, :3]
    size = np.cbrt(np.abs(np.linalg.det(linear / share[parts, None, None])))
    turn = np.einsum("pij,pj->pi", linear, morph.turn[of]) / np.maximum(size, 1e-9)[:, None]
    return parts, np.einsum("pij,pj->pi", linear, morph.by[of]), turn


def _unit(vectors: Float64) -> Float64:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _floats(values: Array) -> Float32:
    return np.ascontiguousarray(values, np.float32)


def _ints(values: Any) -> Int32:
    return np.ascontiguousarray(values, np.int32)


@njit(cache=True, nogil=True)
def _morph(points, normals, weights, ends, rows, by, turn):  # type: ignore[no-untyped-def]
    """Add to `points` and `normals` (p, 3) each morph's moves times its weight."""
    for m in range(weights.shape[0]):
        w = weights[m]
        if w != 0.0:
            for s in range(ends[m], ends[m + 1]):
                i = rows[s]
                for c in range(3):
                    points[i, c] += w * by[s, c]
                    normals[i, c] += w * turn[s, c]


@njit(cache=True, nogil=True)
def _skin(points, normals, starts, groups, shares, moved, out, turned):  # type: ignore[no-untyped-def]
    """Write to `out` and `turned` (n, 3) the vertices and unit normals that the parts make up."""
    for v in range(out.shape[0]):
        x = y = z = a = b = c = np.float32(0.0)
        for p in range(starts[v], starts[v + 1]):
            m, w = moved[groups[p]], shares[p]
            px, py, pz = points[p, 0], points[p, 1], points[p, 2]
            nx, ny, nz = normals[p, 0], normals[p, 1], normals[p, 2]
            x += m[0, 0] * px + m[0, 1] * py + m[0, 2] * pz + w * m[0, 3]
            y += m[1, 0] * px + m[1, 1] * py + m[1, 2] * pz + w * m[1, 3]
            z += m[2, 0] * px + m[2, 1] * py + m[2, 2] * pz + w * m[2, 3]
            a += m[0, 0] * nx + m[0, 1] * ny + m[0, 2] * nz
            b += m[1, 0] * nx + m[1, 1] * ny + m[1, 2] * nz
            c += m[2, 0] * nx + m[2, 1] * ny + m[2, 2] * nz
        out[v, 0], out[v, 1], out[v, 2] = x, y, z
        length = max((a * a + b * b + c * c) ** np.float32(0.5), np.float32(1e-12))
        turned[v, 0], turned[v, 1], turned[v, 2] = a / length, b / length, c / length
