"""Cuts the head out of the base mesh: the cage of the model."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from head_model.base_mesh import BaseMesh
from livemask.records import Array, Float64

LID_RINGS = 2  # of the eye bag: as much as shows around an eyeball
NECK = 605.0  # mm; the cut falls forwards, as a collar does
NECK_SLOPE = 0.24
HELPERS = {
    "helper-l-eye": "eyes",
    "helper-r-eye": "eyes",
    "helper-upper-teeth": "teeth",
    "helper-lower-teeth": "teeth",
    "helper-tongue": "tongue",
}


@dataclass(frozen=True, slots=True, eq=False)
class Cage:
    """The coarse mesh of the head.

    Attributes
    ----------
    base : (c,) int
        The base mesh's vertex of each.
    quads : (f, 4) int
    uv : (r, 2) float64
    uv_quads : (f, 4) int
    quad_parts : (f,) str
        skin, eyes, teeth, tongue or mouth.
    mirror : (c,) int
    """

    base: Array
    quads: Array
    uv: Float64
    uv_quads: Array
    quad_parts: Array
    mirror: Array

    def number(self, base: Array) -> Array:
        """Return the cage's numbers of vertices of the base mesh, -1 where it has none."""
        table = np.full(max(self.base.max(), np.max(base)) + 1, -1)
        table[self.base] = np.arange(len(self.base))
        return table[base]


def cut(mesh: BaseMesh) -> Cage:
    """Return the head with neck, lids, mouth, eyes, teeth and tongue."""
    parts = _parts(mesh)
    keep = parts != ""
    base, quads = np.unique(mesh.quads[keep], return_inverse=True)
    uv, uv_quads = np.unique(mesh.uv_quads[keep], return_inverse=True)
    table = np.full(len(mesh.vertices), -1)
    table[base] = np.arange(len(base))
    return Cage(
        base,
        quads.reshape(-1, 4),
        mesh.uv[uv],
        uv_quads.reshape(-1, 4),
        parts[keep],
        table[mesh.mirror[base]],
    )


def _parts(mesh: BaseMesh) -> Array:
    """Return the (f,) part of each quad of the base mesh, empty for what is cut away."""
    parts = np.zeros(len(mesh.quads), "U8")
    for group, part in HELPERS.items():
        parts[mesh.groups == group] = part
    islands = _islands(mesh)
    head = islands == islands[0]
    height = mesh.vertices[:, 1] + NECK_SLOPE * mesh.vertices[:, 2]
    torso = islands == _largest(islands)
    parts[head] = "skin"
    parts[torso & (height[mesh.quads] > NECK).all(1)] = "skin"
    bags = (islands >= 0) & ~head & ~torso & _near(mesh, head)
    for bag in np.unique(islands[bags]):
        inside = islands == bag
        is_mouth = np.ptp(mesh.vertices[mesh.quads[inside], 0]) > 60.0
        parts[inside if is_mouth else _rings(mesh, head, inside)] = "mouth" if is_mouth else "skin"
    return parts


def _islands(mesh: BaseMesh) -> Array:
    """Return the (f,) uv island of each quad of the body, -1 for helpers."""
    q = mesh.uv_quads
    pairs = (np.ones(q.size), (q.ravel(), np.roll(q, 1, 1).ravel()))
    _, labels = connected_components(coo_array(pairs, shape=(len(mesh.uv),) * 2))
    return np.where(mesh.groups == "body", labels[q[:, 0]], -1)


def _largest(islands: Array) -> int:
    return int(np.bincount(islands[islands >= 0]).argmax())


def _near(mesh: BaseMesh, faces: Array) -> Array:
    """Return which quads (f,) touch a vertex of the chosen `faces` (f,)."""
    return np.isin(mesh.quads, mesh.quads[faces]).any(1)


def _rings(mesh: BaseMesh, head: Array, inside: Array) -> Array:
    """Return the first rings (f,) of a bag, counted from its rim on the head."""
    chosen = head.copy()
    for _ in range(LID_RINGS):
        chosen |= inside & _near(mesh, chosen)
    return chosen & inside
