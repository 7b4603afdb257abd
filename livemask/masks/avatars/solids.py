"""Solids: locks, spines, ears, and whatever else grows on a character's head."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from livemask.geometry import vertex_normals
from livemask.masks.fruit.globe import grid_triangles
from livemask.records import Array, Float32, Float64, Int32


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """A surface, head frame, mm; linear colours.

    Attributes
    ----------
    vertices, colours : (n, 3) float32
    triangles : (t, 3) int32
        Counter-clockwise seen from outside.
    """

    vertices: Float32
    triangles: Int32
    colours: Float32

    def mirrored(self) -> "Solid":
        """Return the same on the other side."""
        flipped = np.ascontiguousarray(self.triangles[:, ::-1])
        return replace(
            self, vertices=self.vertices * np.array([-1, 1, 1], np.float32), triangles=flipped
        )

    def normals(self) -> Float32:
        """Return the (n, 3) unit normals."""
        found = np.empty_like(self.vertices)
        vertex_normals(self.vertices, self.triangles, found)
        return found


@dataclass(frozen=True, slots=True)
class Section:
    """What a lock is across its line.

    Attributes
    ----------
    wide, thick : float
        Half its greatest breadth, and half its thickness there, mm.
    root, tip : float
        Breadth at both ends, as shares of the greatest.
    widest : float
        Where it is broadest, as a share of its length.
    ridges : int
        How many ribs run around it.
    streaks : float
        How much its colour changes from side to side.
    around : int
        Corners: four make a leaf with a rib along its middle.
    """

    wide: float
    thick: float
    root: float = 0.6
    tip: float = 0.0
    widest: float = 0.35
    ridges: int = 0
    streaks: float = 0.16
    around: int = 4

    def breadths(self, share: Float64) -> Float64:
        """Return the breadth at shares (k,) of the length, 0 to 1."""
        rise = np.sin(0.5 * np.pi * np.clip(share / max(self.widest, 1e-6), 0.0, 1.0))
        fall = np.cos(0.5 * np.pi * np.clip((share - self.widest) / (1.0 - self.widest), 0.0, 1.0))
        before = self.root + (1.0 - self.root) * rise
        after = self.tip + (1.0 - self.tip) * fall**0.8
        return np.asarray(np.where(share < self.widest, before, after))


def joined(solids: "list[Solid]") -> Solid:
    """Return all as one."""
    starts = np.cumsum([0] + [len(s.vertices) for s in solids[:-1]])
    return Solid(
        np.concatenate([s.vertices for s in solids]),
        np.concatenate(
            [s.triangles + start for s, start in zip(solids, starts, strict=True)]
        ).astype(np.int32),
        np.concatenate([s.colours for s in solids]),
    )


def curve(points: ArrayLike, count: int) -> Float64:
    """Return `count` points (count, 3) evenly on a smooth curve through `points` (k, 3).

    Catmull and Rom 1974, with the ends continued.
    """
    p = np.asarray(points, np.float64)
    p = np.concatenate([[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]])
    along = np.linspace(0.0, len(p) - 3.0, count)
    i = np.minimum(along.astype(int), len(p) - 4)
    t = (along - i)[:, None]
    a, b, c, d = p[i], p[i + 1], p[i + 2], p[i + 3]
    return np.asarray(
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
    )


def lock(line: Float64, out: ArrayLike, section: Section, colours: Array) -> Solid:
    """Return a lock of hair, a tuft, a leaf or a horn.

    Parameters
    ----------
    line : (k, 3) float64
        Its middle, from root to tip.
    out : (3,) or (k, 3) float
        Which way its flat side looks.
    section : Section
        What it is across.
    colours : (c, 3) float
        Linear RGB along it, from root to tip.
    """
    along = np.gradient(line, axis=0)
    side = np.cross(along, np.broadcast_to(np.asarray(out, np.float64), line.shape))
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    front = np.cross(side, along)
    front /= np.maximum(np.linalg.norm(front, axis=1, keepdims=True), 1e-9)
    share = np.linspace(0.0, 1.0, len(line))
    breadth = section.breadths(share)
    corners = np.arange(section.around)
    turn = 2.0 * np.pi * corners / section.around
    ribs = 1.0 - 0.14 * (1.0 - np.cos(2.0 * np.pi * section.ridges * share)) * (section.ridges > 0)
    reach = (breadth * ribs)[:, None, None]
    ring = (
        section.wide * np.cos(turn)[None, :, None] * side[:, None]
        + section.thick * np.sin(turn)[None, :, None] * front[:, None]
    )
    vertices = (line[:, None] + reach * ring).reshape(-1, 3).astype(np.float32)
    at = np.linspace(0.0, 1.0, len(colours))
    tint = np.stack([np.interp(share, at, np.asarray(colours)[:, c]) for c in range(3)], -1)
    streaks = 1.0 + section.streaks * np.sin(2.4 * corners**2 + 40.0 * line[0, 0])
    tint = (tint * (0.75 + 0.25 * ribs[:, None] ** 3))[:, None] * streaks[:, None]
    tint = tint.reshape(-1, 3)
    triangles = _closed_rings(len(line), section.around)
    sides = vertices[triangles] - vertices[np.roll(triangles, 1, axis=1)]
    seen = ((sides * sides).sum(2) > 1e-8).all(1)  # a pointed end has corners that are the same
    return Solid(vertices, triangles[seen], tint.astype(np.float32))


def _closed_rings(rows: int, columns: int) -> Int32:
    """Return the triangles of rings of vertices, one after the other."""
    open_ring = grid_triangles(rows, columns + 1)
    row, column = np.divmod(open_ring, columns + 1)
    return np.ascontiguousarray((row * columns + column % columns)[:, ::-1], np.int32)


def sheet(grid: Array, colours: Array) -> Solid:
    """Return a surface of one side, of a grid (r, c, 3) of points and its colours."""
    rows, columns = grid.shape[:2]
    tint = np.broadcast_to(colours, grid.shape).reshape(-1, 3).astype(np.float32)
    return Solid(grid.reshape(-1, 3).astype(np.float32), grid_triangles(rows, columns), tint)


def ball(centre: ArrayLike, axes: ArrayLike, colour: ArrayLike, rows: int = 14) -> Solid:
    """Return an ellipsoid with half `axes` (3,) mm."""
    fall, turn = np.meshgrid(
        np.linspace(0.0, np.pi, rows), np.linspace(np.pi, 3.0 * np.pi, 2 * rows), indexing="ij"
    )
    grid = np.stack([np.sin(fall) * np.sin(turn), np.cos(fall), np.sin(fall) * np.cos(turn)], -1)
    vertices = (np.asarray(centre) + grid * np.asarray(axes)).reshape(-1, 3).astype(np.float32)
    tint = np.tile(np.asarray(colour, np.float32), (len(vertices), 1))
    return Solid(vertices, grid_triangles(rows, 2 * rows), tint)
