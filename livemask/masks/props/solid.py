"""Solid: a thing in the head frame, made once, and the shapes that things are made of."""

from dataclasses import dataclass, field

import numpy as np

from livemask.geometry import vertex_normals
from livemask.records import Array, Float32, Float64, Int32, Material


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """A surface with a material, as in `Mesh`; head frame, mm.

    Attributes
    ----------
    vertices : (n, 3) float32
    triangles : (t, 3) int32
    material : Material
    colours : (n, 3) float32, optional
    alpha : (n,) float32, optional
    uv : (n, 2) float32, optional
    normals : (n, 3) float32
        Those of the triangles if left out.
    """

    vertices: Float32
    triangles: Int32
    material: Material
    colours: Float32 | None = None
    alpha: Float32 | None = None
    uv: Float32 | None = None
    normals: Float32 = field(default_factory=lambda: np.empty((0, 3), np.float32))

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        if not self.normals.size:
            normals = np.empty_like(self.vertices)
            vertex_normals(self.vertices, self.triangles, normals)
            object.__setattr__(self, "normals", normals)


Shape = tuple[Float64, Int32]
"""Vertices (n, 3), mm, and triangles."""


def grid(rows: int, columns: int, closed: bool) -> Int32:
    """Return the triangles of a grid of vertices, row after row.

    Counter-clockwise where columns go to the right and rows up; `closed`: the last column meets
    the first.
    """
    here = np.arange(rows * columns).reshape(rows, columns)
    after = np.roll(here, -1, axis=1)
    if not closed:
        here, after = here[:, :-1], after[:, :-1]
    a, b, c, d = here[:-1], after[:-1], here[1:], after[1:]
    return np.ascontiguousarray(np.stack([a, b, d, a, d, c], -1).reshape(-1, 3), np.int32)


def joined(*shapes: Shape) -> Shape:
    """Return several shapes as one."""
    starts = np.cumsum([0] + [len(vertices) for vertices, _ in shapes[:-1]])
    triangles = [t + start for (_, t), start in zip(shapes, starts, strict=True)]
    vertices = np.concatenate([vertices for vertices, _ in shapes])
    return vertices, np.concatenate(triangles).astype(np.int32)


def mirrored(shape: Shape) -> Shape:
    """Return the shape on the other side of the head."""
    vertices, triangles = shape
    return vertices * (-1.0, 1.0, 1.0), np.ascontiguousarray(triangles[:, ::-1])


def tube(line: Float64, radii: Array, around: int = 8, rough: Array | float = 1.0) -> Shape:
    """Return a tube about a line (p, 3); `radii` (p, 2) mm, to two sides across it.

    `rough` (p, around) are times as large radii.

    Its sections are turned as little as possible from one to the next (Wang et al. 2008,
    "Computation of rotation minimizing frames").
    """
    ahead = np.gradient(line, axis=0)
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-9)
    across = _frames(ahead)
    up = np.cross(ahead, across)
    turn = 2.0 * np.pi * np.arange(around) / around
    wide, tall = (np.broadcast_to(radii, (len(line), 2))).T
    section = (
        np.cos(turn)[None, :, None] * (wide[:, None] * across)[:, None]
        + np.sin(turn)[None, :, None] * (tall[:, None] * up)[:, None]
    )
    vertices = line[:, None] + section * np.broadcast_to(rough, section.shape[:2])[..., None]
    triangles = grid(len(line), around, closed=True)
    return vertices.reshape(-1, 3), np.ascontiguousarray(triangles)


def _frames(ahead: Float64) -> Float64:
    """Return unit vectors (p, 3) across the directions `ahead` (p, 3)."""
    start = np.eye(3)[np.argmin(np.abs(ahead[0]))]
    across = np.empty_like(ahead)
    last = start
    for i, direction in enumerate(ahead):
        last = last - (last @ direction) * direction
        last /= max(float(np.linalg.norm(last)), 1e-9)
        across[i] = last
    return across


def smooth_line(points: Array, count: int) -> Float64:
    """Return `count` points along a smooth line through `points` (p, 3) (Catmull & Rom 1974)."""
    known = np.concatenate(
        [2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]]
    ).astype(float)
    at = np.linspace(0.0, len(points) - 1.0, count)
    i = np.minimum(at.astype(int), len(points) - 2)
    t = (at - i)[:, None]
    a, b, c, d = (known[i + k] for k in range(4))
    return np.asarray(
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
               + (3 * b - a - 3 * c + d) * t**3)
    )  # fmt: skip
