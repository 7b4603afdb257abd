"""Pieces: the triangle meshes of a glTF file as arrays, one for each material."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from pygltflib import GLTF2

from livemask.errors import AssetError
from livemask.geometry import vertex_normals
from livemask.gltf.accessors import Accessors
from livemask.gltf.limits import MORPH_ROWS, MOVED_ROWS, PIECES, TRIANGLES, VERTICES
from livemask.gltf.values import chosen, listed
from livemask.records import Array, Float32, Int32

_TRIANGLES, _STRIP, _FAN = 4, 5, 6


@dataclass(frozen=True, slots=True, eq=False)
class Morph:
    """What a morph target moves at weight 1.

    Attributes
    ----------
    rows : (s,) int32
        Vertices.
    by, turn : (s, 3) float32
        What is added to their positions and normals.
    """

    rows: Int32
    by: Float32
    turn: Float32


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A mesh of one material, as it is before skinning; only vertices of triangles.

    Attributes
    ----------
    node, mesh : int
    vertices, normals : (n, 3) float32
    triangles : (t, 3) int32
    uv : tuple of (n, 2) float32
        The sets of texture coordinates that it has.
    colours : (n, 4) float32 or None
        Linear.
    joints : (n, k) int32
        Rows of `skin.joints`; k is 0 without a skin.
    weights : (n, k) float32
        Sum to 1.
    skin, material : int or None
    morphs : dict of int to Morph
        By the index of the target.
    """

    node: int
    mesh: int
    vertices: Float32
    normals: Float32
    triangles: Int32
    uv: tuple[Float32, ...]
    colours: Float32 | None
    joints: Int32
    weights: Float32
    skin: int | None
    material: int | None
    morphs: dict[int, Morph] = field(default_factory=dict)


class PieceReader:
    """Reads pieces, and keeps count of how much they hold together.

    Parameters
    ----------
    document : GLTF2
    accessors : Accessors
    wanted : dict of int to set of int
        The morph targets of each mesh that anybody will ask for; others are not read.
    """

    def __init__(self, document: GLTF2, accessors: Accessors, wanted: dict[int, set[int]]) -> None:
        self._document, self._accessors, self._wanted = document, accessors, wanted
        self._left = {"pieces": PIECES, "vertices": VERTICES, "triangles": TRIANGLES}
        self._left |= {"rows of morph targets": MORPH_ROWS, "moved vertices": MOVED_ROWS}

    def read(self, index: int, joints: int) -> list[Piece]:
        """Return the pieces of a node that has a mesh; its skin has `joints` joints.

        Raises
        ------
        AssetError
            If an array is not as the specification says, or there is too much.
        """
        node = self._document.nodes[index]
        mesh = chosen(self._document.meshes, node.mesh, f"node {index}")
        made = []
        for primitive in listed(mesh.primitives, "primitives"):
            if primitive.mode in (None, _TRIANGLES, _STRIP, _FAN):
                self._spend("pieces", 1)
                made.append(self._piece(index, primitive, joints))
        return made

    def _spend(self, what: str, count: int) -> None:
        self._left[what] -= count
        if self._left[what] < 0:
            raise AssetError(f"it has too many {what} for livemask; simplify it in an editor.")

    def _piece(self, index: int, primitive: Any, joints: int) -> Piece:
        node, has = self._document.nodes[index], vars(primitive.attributes)
        count = self._accessors.count(has.get("POSITION"), "positions")
        self._spend("vertices", count)
        triangles = self._corners(primitive, count)
        used, rows = np.unique(triangles, return_inverse=True)
        triangles = rows.reshape(-1, 3).astype(np.int32)
        vertices = self._floats(has, "POSITION", (3,), count)[used]
        linked = self._links(has, joints, count)
        return Piece(
            node=index,
            mesh=node.mesh,
            vertices=vertices,
            normals=self._normals(has, count, vertices, triangles, used),
            triangles=triangles,
            uv=tuple(self._uv(has, count, used)),
            colours=self._colours(has, count, used),
            joints=linked[0][used],
            weights=linked[1][used],
            skin=node.skin,
            material=primitive.material,
            morphs=self._morphs(node.mesh, primitive, count, used),
        )

    def _floats(self, has: dict[str, Any], name: str, widths: tuple[int, ...], n: int) -> Float32:
        """Return an attribute of `n` vertices."""
        if self._accessors.count(has.get(name), name) != n:
            raise AssetError(f"{name} has not as many rows as there are vertices, {n}.")
        return self._accessors.floats(has.get(name), widths, name)

    def _corners(self, primitive: Any, count: int) -> Array:
        """Return (t, 3) vertices of its triangles."""
        if primitive.indices is None:
            corners = np.arange(count)
        else:
            corners = self._accessors.integers(primitive.indices, 1, count, "indices")[:, 0]
        self._spend("triangles", len(corners) // 3)
        if primitive.mode in (None, _TRIANGLES):
            return corners[: len(corners) // 3 * 3].reshape(-1, 3)
        self._spend("triangles", len(corners))
        return _strip(corners) if primitive.mode == _STRIP else _fan(corners)

    def _normals(
        self, has: dict[str, Any], count: int, vertices: Float32, triangles: Int32, used: Array
    ) -> Float32:
        if has.get("NORMAL") is not None:
            return self._floats(has, "NORMAL", (3,), count)[used]
        made = np.empty_like(vertices)
        vertex_normals(vertices, triangles, made)
        return made

    def _uv(self, has: dict[str, Any], count: int, used: Array) -> list[Float32]:
        names = [n for n in ("TEXCOORD_0", "TEXCOORD_1") if has.get(n) is not None]
        return [self._floats(has, name, (2,), count)[used] for name in names]

    def _colours(self, has: dict[str, Any], count: int, used: Array) -> Float32 | None:
        if has.get("COLOR_0") is None:
            return None
        given = self._floats(has, "COLOR_0", (3, 4), count)[used]
        colours = np.ones((len(given), 4), np.float32)
        colours[:, : given.shape[1]] = np.clip(given, 0.0, 1.0)
        return colours

    def _links(self, has: dict[str, Any], joints: int, count: int) -> tuple[Int32, Float32]:
        """Return joints (n, k) and weights of all vertices; those without a weight go with 0."""
        sets = [s for s in (0, 1) if joints and has.get(f"JOINTS_{s}") is not None]
        linked = [np.zeros((count, 1 if joints else 0), np.int64)]
        weights = [np.zeros((count, 1 if joints else 0), np.float32)]
        for s in sets:
            if self._accessors.count(has[f"JOINTS_{s}"], "joints") != count:
                raise AssetError(f"JOINTS_{s} has not as many rows as there are vertices, {count}.")
            linked.append(self._accessors.integers(has[f"JOINTS_{s}"], 4, joints, "joints"))
            weights.append(np.maximum(self._floats(has, f"WEIGHTS_{s}", (4,), count), 0.0))
        share = np.concatenate(weights, 1)
        total = share.sum(1, keepdims=True)
        if joints:
            share[total[:, 0] <= 0.0, 0] = 1.0
        share /= np.where(total > 0.0, total, 1.0)
        return np.concatenate(linked, 1).astype(np.int32), share

    def _morphs(self, mesh: int, primitive: Any, count: int, used: Array) -> dict[int, Morph]:
        targets = listed(primitive.targets, "targets")
        found = {}
        for index in sorted(self._wanted.get(mesh, ())):
            if index < len(targets):
                has = targets[index] if isinstance(targets[index], dict) else vars(targets[index])
                self._spend("rows of morph targets", count)
                found[index] = self._morph(has, count, used)
        return found

    def _morph(self, has: dict[str, Any], count: int, used: Array) -> Morph:
        moves = [
            self._floats(has, name, (3,), count)[used]
            if has.get(name) is not None
            else np.zeros((len(used), 3), np.float32)
            for name in ("POSITION", "NORMAL")
        ]
        rows = np.flatnonzero(np.abs(moves[0]).max(axis=1, initial=0.0) > 1e-6)
        self._spend("moved vertices", len(rows))
        return Morph(rows.astype(np.int32), moves[0][rows], moves[1][rows])


def _strip(corners: Array) -> Array:
    """Return the triangles of a strip (section 3.7.2.1): each second one is turned round."""
    made = np.stack([corners[:-2], corners[1:-1], corners[2:]], 1)
    made[1::2] = made[1::2, [0, 2, 1]]
    return made


def _fan(corners: Array) -> Array:
    """Return the triangles of a fan."""
    first = np.broadcast_to(corners[:1], max(len(corners) - 2, 0))
    return np.stack([corners[1:-1], corners[2:], first], 1)
