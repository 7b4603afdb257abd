"""Shapes that masks are made of, over points in mm."""

import numpy as np

from livemask.records import Float64


def step(x: Float64, low: float, high: float) -> Float64:
    """Return the (n,) smooth step of `x` from 0 at `low` to 1 at `high`, whichever is less."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def blob(points: Float64, centre: Float64, radii: tuple[float, float, float]) -> Float64:
    """Return the (n,) bell of `radii` (3,) mm around `centre` (3,) and around its mirror image."""
    away = [(points - centre * [side, 1.0, 1.0]) / np.array(radii) for side in (1.0, -1.0)]
    return np.asarray(np.exp(-np.minimum(*((a * a).sum(1) for a in away))))


def noise(points: Float64, cell: float, seed: int) -> Float64:
    """Return (n,) smooth noise of -1 to 1 whose spots are about `cell` mm wide (Perlin 1985)."""
    grid = np.random.default_rng(seed).uniform(-1.0, 1.0, (32, 32, 32))
    at = points / cell
    low = np.floor(at).astype(np.int64)
    part = at - low
    part = part * part * (3.0 - 2.0 * part)
    total = np.zeros(len(points))
    for corner in np.ndindex(2, 2, 2):
        share = np.where(np.array(corner) == 1, part, 1.0 - part).prod(1)
        total += share * grid[tuple(((low + corner) % 32).T)]
    return total
