"""Cuts the head out of the base mesh: the cage of the model."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from head_model.base_mesh import BaseMesh
from livemask.records import Array, Float64

LID_RINGS = 3  # of the eye bag: as much as shows around an eyeball
# The neck ends along a row of quads, so that its edge is clean; it falls forwards as a collar does.
NECK = 582.0  # mm
NECK_SLOPE = 0.34
MOUTH_WIDTH = 60.0  # mm; wider than an eye bag
PARTS = {  # of the model, by the groups that the cage keeps
    "head": "skin",
    "neck": "skin",
    "lids": "skin",
    "mouth": "mouth",
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
    groups : (f,) str
        Which of the keys of `PARTS` each quad belongs to.
    mirror : (c,) int
    """

    base: Array
    quads: Array
    uv: Float64
    uv_quads: Array
    groups: Array
    mirror: Array

    @property
    def parts(self) -> Array:
        """The (f,) part of the model that each quad belongs to."""
        return np.array([PARTS[group] for group in self.groups])

    def vertices_of(self, group: str) -> Array:
        """Return the (v,) vertices of a group of the base mesh."""
        return np.unique(self.quads[self.groups == group])

    def number(self, base: Array) -> Array:
        """Return the cage's numbers of vertices of the base mesh, -1 where it has none."""
        table = np.full(max(self.base.max(), np.max(base)) + 1, -1)
        table[self.base] = np.arange(len(self.base))
        return table[base]


def cut(mesh: BaseMesh) -> Cage:
    """Return the head with neck, lids, mouth, eyes, teeth and tongue."""
    groups = _groups(mesh)
    keep = groups != ""
    base, quads = np.unique(mesh.quads[keep], return_inverse=True)
    uv, uv_quads = np.unique(mesh.uv_quads[keep], return_inverse=True)
    table = np.full(len(mesh.vertices), -1)
    table[base] = np.arange(len(base))
    return Cage(
        base,
        quads.reshape(-1, 4),
        mesh.uv[uv],
        uv_quads.reshape(-1, 4),
        groups[keep],
        table[mesh.mirror[base]],
    )


def _groups(mesh: BaseMesh) -> Array:
    """Return the (f,) group of each quad of the base mesh, empty for what is cut away.

    The islands of uv part the body: the first is the head, the largest the torso; those
    that touch the head are the bags of mouth and eyes.
    """
    groups = np.where(np.isin(mesh.groups, list(PARTS)), mesh.groups, "")
    islands = _islands(mesh)
    head = islands == islands[0]
    torso = islands == np.bincount(islands[islands >= 0]).argmax()
    height = mesh.vertices[:, 1] + NECK_SLOPE * mesh.vertices[:, 2]
    groups[head] = "head"
    groups[torso & (height[mesh.quads] > NECK).all(1)] = "neck"
    for bag in np.unique(islands[(islands >= 0) & ~head & ~torso & _near(mesh, head)]):
        inside = islands == bag
        if np.ptp(mesh.vertices[mesh.quads[inside], 0]) > MOUTH_WIDTH:
            groups[inside] = "mouth"
        else:
            groups[_rings(mesh, head, inside)] = "lids"
    return groups


def _islands(mesh: BaseMesh) -> Array:
    """Return the (f,) uv island of each quad of the body, -1 for helpers."""
    q = mesh.uv_quads
    pairs = (np.ones(q.size), (q.ravel(), np.roll(q, 1, 1).ravel()))
    _, labels = connected_components(coo_array(pairs, shape=(len(mesh.uv),) * 2))
    return np.where(mesh.groups == "body", labels[q[:, 0]], -1)


def _near(mesh: BaseMesh, faces: Array) -> Array:
    """Return which quads (f,) touch a vertex of the chosen `faces` (f,)."""
    return np.isin(mesh.quads, mesh.quads[faces]).any(1)


def _rings(mesh: BaseMesh, head: Array, inside: Array) -> Array:
    """Return the first rings (f,) of a bag, counted from its rim on the head."""
    chosen = head.copy()
    for _ in range(LID_RINGS):
        chosen |= inside & _near(mesh, chosen)
    return chosen & inside
