"""Part: what a person wears or holds, made for the mean head, and how it goes with other heads."""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np
from scipy.spatial import cKDTree

from livemask.geometry import vertex_normals
from livemask.records import Array, Float32, Int32


class Kind(IntEnum):
    """What a pixel shows, as the label `mask` has it."""

    NOTHING = 0
    SKIN = 1
    EYES = 2
    MOUTH = 3
    HAIR = 4
    CLOTHES = 5
    GLASSES = 6
    HAT = 7
    HELD = 8


class Surface(IntEnum):
    """How a part is shaded."""

    SKIN = 0
    EYES = 1
    WET = 2
    HAIR = 3
    CLOTH = 4
    HARD = 5
    MATT = 6


NEIGHBOURS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """How vertices go with those of a head.

    Attributes
    ----------
    vertices : (n, k) int32
        Of the head.
    shares : (n, k) float32
        Of the ways of each; 1 together, or less where nothing holds on.
    """

    vertices: Int32
    shares: Float32

    @classmethod
    def near(
        cls, points: Array, head: Array, own: Array, reach: float, count: int = NEIGHBOURS
    ) -> "Binding":
        """Bind `points` (n, 3) to the `count` nearest of `own` (v,) of a `head` (m, 3), mm.

        With `reach` the share of a vertex falls with its distance.
        """
        away, rows = cKDTree(head[own]).query(points, count)
        away, rows = (np.asarray(found).reshape(len(points), -1) for found in (away, rows))
        weight = np.exp(-(((away - away[:, :1]) / reach) ** 2)) + 1e-9
        shares = (weight / weight.sum(1, keepdims=True)).astype(np.float32)
        return cls(np.ascontiguousarray(own[rows], np.int32), shares)

    def moved(self, ways: Float32) -> Float32:
        """Return by how much each is moved, (n, 3), when the head's vertices go `ways` (m, 3)."""
        total = ways[self.vertices[:, 0]] * self.shares[:, :1]
        for i in range(1, self.vertices.shape[1]):
            total += ways[self.vertices[:, i]] * self.shares[:, i : i + 1]
        return total


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A surface that is drawn.

    Attributes
    ----------
    kind : Kind
    surface : Surface
    vertices, normals : (n, 3) float32
        On the mean head at rest, head frame, mm.
    triangles : (t, 3) int32
    uv : (n, 2) float32
    albedo : (n, 3) float32
        Linear RGB, times the colour that a person has it in.
    alpha : (n,) float32
        How dense it is, for hair.
    passed : (n, 16) float32
        Its transfer, see `performer.transfer`.
    binding : Binding or None
        None: it stays as it is.
    on_body : bool
        Whether it goes with the shoulders rather than with the head.
    """

    kind: Kind
    surface: Surface
    vertices: Float32
    normals: Float32
    triangles: Int32
    uv: Float32
    albedo: Float32
    alpha: Float32
    passed: Float32
    binding: Binding | None = None
    on_body: bool = False

    @classmethod
    def of(cls, kind: Kind, surface: Surface, vertices: Array, triangles: Array) -> "Part":
        """Return a plain part: white, dense, in open light."""
        count = len(vertices)
        points: Float32 = np.ascontiguousarray(vertices, np.float32)
        faces: Int32 = np.ascontiguousarray(triangles, np.int32)
        return cls(
            kind,
            surface,
            points,
            normals_of(points, faces),
            faces,
            np.zeros((count, 2), np.float32),
            np.ones((count, 3), np.float32),
            np.ones(count, np.float32),
            np.zeros((count, 16), np.float32),
        )

    def coloured(self, colour: Array) -> "Part":
        """Return it in a colour, linear RGB."""
        return replace(self, albedo=self.albedo * np.asarray(colour, np.float32))

    def on(self, ways: Float32) -> "Part":
        """Return it on a head whose vertices lie `ways` (m, 3) mm beside the mean's."""
        if self.binding is None:
            return self
        return replace(self, vertices=self.vertices + self.binding.moved(ways))


def normals_of(vertices: Float32, triangles: Int32) -> Float32:
    """Return the (n, 3) unit normals of a mesh."""
    normals = np.empty_like(vertices)
    vertex_normals(vertices, triangles, normals)
    return normals
