"""The peels of an orange and a lemon, painted by code."""

from functools import lru_cache

import numpy as np

from livemask.masks.fruit.noise import Colour, dots, finished, grid, mix, noise, step
from livemask.records import UInt8

SEED = 5

Colours = tuple[Colour, Colour, Colour, Colour]

# sRGB: the peel from dark to light, its pores, and where it hung.
ORANGE: Colours = (
    (232, 116, 14), (250, 158, 36), (196, 82, 8), (112, 122, 40))  # fmt: skip
LEMON: Colours = (
    (236, 196, 32), (252, 224, 72), (206, 156, 18), (150, 160, 52))  # fmt: skip


@lru_cache(maxsize=2)
def orange(scale: int = 1) -> UInt8:
    """Return the peel of an orange, (HEIGHT, WIDTH, 3) uint8 sRGB."""
    return _peel(ORANGE, (0.0115, 0.03), scale)


@lru_cache(maxsize=2)
def lemon(scale: int = 1) -> UInt8:
    """Return the peel of a lemon, (HEIGHT, WIDTH, 3) uint8 sRGB."""
    return _peel(LEMON, (0.016, 0.02), scale)


def _peel(colours: Colours, sizes: tuple[float, float], scale: int) -> UInt8:
    """Return a peel; `sizes`: between pores, and of the scar at the upper pole, of its height."""
    spacing, scar = sizes
    random = np.random.default_rng(SEED)
    dark, light, pore, green = colours
    _, v = grid(scale)
    blotches, fine = noise(random, 10, 14, scale), noise(random, 200, 400, scale)
    colour = mix(dark, light, 0.55 + 0.22 * blotches + 0.06 * fine)
    pores = dots(random, spacing, 0.3 * spacing, scale)
    colour = mix(colour, pore, (0.34 + 0.1 * blotches) * pores)
    colour = mix(colour, green, 0.35 * step(0.14 - v + 0.03 * blotches, 0.0, 0.14))
    colour = mix(colour, green, 0.9 * step(scar - v, 0.0, 0.008))
    colour = mix(colour, pore, 0.7 * step(v - 0.985, 0.0, 0.008))
    return finished(colour)
