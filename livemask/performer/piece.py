"""Piece: a part of the performer that keeps its shape, lit per vertex."""

from dataclasses import dataclass

import numpy as np

from livemask.geometry import vertex_normals
from livemask.records import Float32, Int32, UInt8


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A surface of fixed shape.

    Attributes
    ----------
    vertices, normals : (n, 3) float32
        mm; in the head frame of a head at rest.
    triangles : (t, 3) int32
    uv : (n, 2) float32
    texture : (h, w, 4) uint8
        sRGB-coded colour; alpha is the gloss.
    tint : (n, 3) float32
        Multiplies the texture.
    alpha : (n,) float32
    """

    vertices: Float32
    normals: Float32
    triangles: Int32
    uv: Float32
    texture: UInt8
    tint: Float32
    alpha: Float32


def normals(vertices: Float32, triangles: Int32) -> Float32:
    """Return the (n, 3) unit normals of a mesh."""
    found = np.empty_like(vertices)
    vertex_normals(vertices, triangles, found)
    return found


def grid_triangles(rows: int, columns: int) -> Int32:
    """Return the triangles of a grid of vertices, row by row, whose columns close a ring.

    Seen from outside, rows go down and columns to the left.
    """
    i = np.arange(rows * columns).reshape(rows, columns)
    a, b = i[:-1], np.roll(i[:-1], -1, 1)
    c, d = i[1:], np.roll(i[1:], -1, 1)
    quads = np.stack([a, b, d, c], -1).reshape(-1, 4)
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]).astype(np.int32)
