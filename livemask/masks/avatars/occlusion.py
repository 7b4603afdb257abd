"""How much of the sky each vertex sees: shadow in sockets, under hair and behind ears."""

import numpy as np
from scipy import sparse

from livemask.records import Array, Float32, Float64, Int32
from livemask.visibility import draw_depth

DIRECTIONS = 48
CELL = 2.0
"""mm a side, of a depth map."""

SPREAD = 8
"""Steps by which light spreads to neighbours."""

BIAS = 5.0
"""mm that a vertex may lie behind the surface that it is part of."""


def openness(points: Float32, normals: Float32, triangles: Int32) -> Float32:
    """Return (n,) 0 where no light gets to, to 1 on what is open to all sides.

    Ambient occlusion (Zhukov, Iones & Kronin 1998) by depth maps from many sides (GPU Gems,
    ch. 17), the light from above counting more than that from below.
    """
    seen, possible = np.zeros(len(points)), np.zeros(len(points))
    places = points.astype(np.float64)
    for direction in _sphere(DIRECTIONS):
        weight = (normals @ direction).clip(0.0) * (1.0 + 0.35 * direction[1])
        possible += weight
        seen += weight * _reached(places, triangles, direction)
    return _spread(seen / np.maximum(possible, 1e-6), triangles).astype(np.float32)


def _spread(shares: Float64, triangles: Int32) -> Float64:
    """Return shares (n,) as light spreads them: each a mean with its neighbours."""
    pairs = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    count = len(shares)
    links = sparse.coo_array((np.ones(len(pairs)), pairs.T), (count, count)).tocsr()
    links = links + links.T
    total = np.maximum(np.asarray(links.sum(1)).ravel(), 1.0)
    for _ in range(SPREAD):
        shares = 0.5 * shares + 0.5 * (links @ shares) / total
    return shares


def _reached(points: Float64, triangles: Int32, direction: Float64) -> Array:
    """Return which points (n,) nothing hides from `direction` (3,)."""
    aside = np.cross(direction, [0.0, 1.0, 0.0] if abs(direction[1]) < 0.9 else [1.0, 0.0, 0.0])
    aside /= np.linalg.norm(aside)
    turned = points @ np.stack([aside, np.cross(direction, aside), -direction], 1)
    places = (turned[:, :2] - turned[:, :2].min(0)) / CELL
    columns, rows = np.ceil(places.max(0)).astype(int) + 1
    nearest = np.full((rows, columns), np.inf)
    draw_depth(places, turned[:, 2], triangles, nearest)
    column, row = np.rint(places).astype(int).T
    return np.asarray(turned[:, 2] <= nearest[row, column] + BIAS)


def _sphere(count: int) -> Float64:
    """Return (count, 3) unit vectors spread evenly (Fibonacci lattice, González 2010)."""
    z = 1.0 - (2.0 * np.arange(count) + 1.0) / count
    turn = np.arange(count) * np.pi * (3.0 - np.sqrt(5.0))
    ring = np.sqrt(1.0 - z * z)
    return np.stack([ring * np.cos(turn), ring * np.sin(turn), z], 1)
