"""The skin of an apple, painted by code."""

from functools import lru_cache

import numpy as np

from livemask.masks.fruit.noise import dots, finished, grid, mix, noise, step
from livemask.records import UInt8

SEED = 8

# sRGB: the blush from dark to light, the side in the shade of leaves, dots, and the hollow.
DEEP, RED, YELLOW = (140, 14, 24), (202, 34, 36), (226, 178, 70)
DOT, HOLLOW = (238, 200, 140), (166, 144, 62)


@lru_cache(maxsize=2)
def paint(scale: int = 1) -> UInt8:
    """Return the skin, (HEIGHT, WIDTH, 3) uint8 sRGB: streaked red on yellow, with pale dots."""
    random = np.random.default_rng(SEED)
    u, v = grid(scale)
    streaks = 0.6 * noise(random, 7, 250, scale) + 0.5 * noise(random, 5, 110, scale)
    blotches, fine = noise(random, 6, 8, scale), noise(random, 180, 360, scale)
    side = np.cos(2.0 * np.pi * (u - 0.42))
    blush = 0.8 + 0.25 * side + 0.16 * blotches - 0.7 * step(np.abs(v - 0.46), 0.34, 0.5)
    colour = mix(YELLOW, RED, step(blush + 0.16 * streaks, -0.05, 0.95))
    colour = mix(colour, DEEP, 0.75 * step(blush + 0.2 * streaks, 0.62, 1.25))
    colour = mix(colour, YELLOW, np.clip(0.05 * fine, 0.0, 0.2))
    colour = mix(colour, DOT, 0.55 * dots(random, 0.034, 0.0036, scale))
    colour = mix(colour, HOLLOW, 0.9 * step(0.1 - v + 0.02 * streaks, 0.0, 0.07))
    return finished(colour)
