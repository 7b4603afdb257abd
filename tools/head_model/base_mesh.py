"""MakeHuman's base mesh hm08 and the targets that move its vertices.

Its units are dm, turned into mm here; x points to the subject's left, y up, z forward.
Vertices are numbered from 0.
"""

from dataclasses import dataclass

import numpy as np

from head_model.source import BASE, Source
from livemask.records import Array, Float64

MM_PER_DM = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class BaseMesh:
    """The whole body.

    Attributes
    ----------
    vertices : (n, 3) float64
        mm.
    quads : (f, 4) int
    uv : (r, 2) float64
        As in the file: v points up.
    uv_quads : (f, 4) int
    groups : (f,) str
        The group of each quad: `body`, `helper-l-eye`...
    mirror : (n,) int
        The vertex on the other side.
    """

    vertices: Float64
    quads: Array
    uv: Float64
    uv_quads: Array
    groups: Array
    mirror: Array

    @classmethod
    def read(cls, source: Source) -> "BaseMesh":
        """Read the mesh and its mirror table."""
        rows: dict[str, list[list[str]]] = {"v": [], "vt": [], "f": []}
        groups, group = [], ""
        for line in source.read(BASE + "3dobjs/base.obj").decode().splitlines():
            kind, *words = line.split() or [""]
            if kind == "g":
                group = words[0]
            elif kind in rows:
                rows[kind].append(words)
                groups += [group] if kind == "f" else []
        corners = np.array([[w.split("/") for w in f] for f in rows["f"]], np.int64) - 1
        vertices = MM_PER_DM * np.array(rows["v"], np.float64)
        table = source.read(BASE + "mesh_metadata/hm08.mirror").decode().split()
        return cls(
            vertices,
            corners[:, :, 0],
            np.array(rows["vt"], np.float64)[:, :2],
            corners[:, :, 1],
            np.array(groups),
            _mirror(table, len(vertices)),
        )


def _mirror(words: list[str], count: int) -> Array:
    """Read lines of `vertex partner side`."""
    mirror = np.arange(count)
    pairs = np.array([words[0::3], words[1::3]], np.int64)
    mirror[pairs[0]] = pairs[1]
    return mirror


def read_target(source: Source, name: str, count: int) -> Float64:
    """Return the (count, 3) displacements, mm, that a target file adds to the base mesh."""
    lines = source.read(name).decode().splitlines()
    rows = np.array([r.split() for r in lines if r[:1].isdigit()], np.float64).reshape(-1, 4)
    target = np.zeros((count, 3))
    target[rows[:, 0].astype(np.int64)] = MM_PER_DM * rows[:, 1:4]
    return target
