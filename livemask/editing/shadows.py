"""How much of a light reaches each vertex of a head: the head itself stands in its way."""

import numpy as np

from livemask.records import Array, Float64, Int32
from livemask.visibility import draw_depth

SIDE = 320
"""px of the depth buffer that a light sees."""

BIAS = 2.0
"""mm: what lies this little behind is lit."""


def reached(points: Float64, triangles: Int32, ways: Float64) -> Array:
    """Return (n,) the share of lights from afar that each of `points` sees, 0 to 1.

    Parameters
    ----------
    points : (n, 3) float64
        mm.
    triangles : (t, 3) int32
        What casts shadows.
    ways : (k, 3) float64
        Unit vectors towards the lights.
    """
    total = np.zeros(len(points))
    kept = np.ascontiguousarray(triangles)
    for way in ways:
        across = np.cross([0.0, 1.0, 0.0] if abs(way[1]) < 0.9 else [1.0, 0.0, 0.0], way)
        across /= np.linalg.norm(across)
        flat = points @ np.stack([across, np.cross(way, across)], axis=1)
        depth = -(points @ way)
        low, high = flat.min(axis=0), flat.max(axis=0)
        places = (flat - low) * ((SIDE - 1) / max(float((high - low).max()), 1e-9))
        nearest = np.full((SIDE, SIDE), np.inf)
        draw_depth(places, depth, kept, nearest)
        column, row = np.rint(places).astype(int).T
        total += depth < nearest[row, column] + BIAS
    return np.asarray(total / len(ways))


def cone(way: Float64, width: float, count: int) -> Float64:
    """Return (count, 3) unit vectors evenly within `width`, rad, of a unit vector (a sunflower)."""
    across = np.cross([0.0, 1.0, 0.0] if abs(way[1]) < 0.9 else [1.0, 0.0, 0.0], way)
    across /= np.linalg.norm(across)
    up = np.cross(way, across)
    away = width * np.sqrt((np.arange(count) + 0.5) / count)
    around = np.arange(count) * np.pi * (3.0 - np.sqrt(5.0))
    sideways = np.cos(around)[:, None] * across + np.sin(around)[:, None] * up
    return np.asarray(np.cos(away)[:, None] * way + np.sin(away)[:, None] * sideways)
