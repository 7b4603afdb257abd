"""Seeded noise for surfaces and motion."""

import cv2
import numpy as np

from livemask.records import Float32


def spots(size: int, cell: float, seed: int) -> Float32:
    """Return (size, size) smooth noise, mean 0 and deviation 1, with spots of `cell` texels."""
    return streaks((size, size), (cell, cell), seed)


def streaks(shape: tuple[int, int], cell: tuple[float, float], seed: int) -> Float32:
    """Return noise of a `shape` (h, w), with spots of `cell` (high, wide) texels."""
    coarse = [max(4, round(n / c) + 2) for n, c in zip(shape, cell, strict=True)]
    grid = np.random.default_rng([seed, 77]).standard_normal(coarse, np.float32)
    fine = cv2.resize(grid, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray((fine - fine.mean()) / fine.std())
