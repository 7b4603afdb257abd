"""The rind of a watermelon, painted by code."""

from functools import lru_cache

import numpy as np

from livemask.masks.fruit.noise import finished, grid, mix, noise, step
from livemask.records import Float64, UInt8

STRIPES = 10
SEED = 11

# sRGB. Along a stripe from its middle outward; the ground between stripes from dark to light.
DARK, DEEP = (34, 78, 38), (16, 46, 26)
GROUND, LIGHT = (106, 152, 70), (176, 206, 124)
PALE, STALK_END = (228, 216, 150), (150, 166, 74)

SPOT = (0.07, 0.70, 0.13, 0.20)
"""Where it lay on the field: centre and half size, in shares of width and height."""


@lru_cache(maxsize=2)
def paint(scale: int = 1) -> UInt8:
    """Return the rind, (HEIGHT, WIDTH, 3) uint8 sRGB, whose left and right edge meet.

    All melons share it, on the GPU too.
    """
    random = np.random.default_rng(SEED)
    u, v = grid(scale)
    fine, blotches = noise(random, 170, 340, scale), noise(random, 24, 32, scale)
    veins = 1.0 - np.abs(noise(random, 70, 230, scale)) / 0.35
    colour = mix(GROUND, LIGHT, 0.5 + 0.15 * blotches + 0.1 * fine)
    colour = mix(colour, GROUND, 0.35 * np.clip(veins, 0.0, 1.0))
    stripe = _stripes(u, v, random, scale) + 0.04 * fine
    colour = mix(colour, GROUND, 0.6 * step(stripe, -0.55, 0.0))
    colour = mix(colour, DARK, step(stripe, -0.16, 0.2))
    colour = mix(colour, DEEP, 0.85 * step(stripe + 0.2 * blotches, 0.15, 0.8))
    colour = mix(colour, PALE, 0.85 * _spot(u, v, blotches))
    colour = mix(colour, STALK_END, 0.8 * step(np.abs(v - 0.5), 0.455, 0.5))
    return finished(colour)


def _stripes(u: Float64, v: Float64, random: np.random.Generator, scale: int) -> Float64:
    """Return a field that is above 0 on the stripes: wavy lines from pole to pole, frayed."""
    sway, girth = noise(random, 12, 20, scale), noise(random, 5, 2 * STRIPES, scale)
    jags, hairs = (
        noise(random, 46, 48, scale),
        noise(random, 120, 70, scale),
    )  # wide rather than tall
    swing = 0.006 * sway + 0.0062 * jags + 0.0022 * hairs
    wave = np.cos(2.0 * np.pi * STRIPES * (u + swing))
    narrow = 0.30 + 0.07 * girth - 0.25 * np.sin(np.pi * v)
    return np.asarray(wave - narrow - 0.25)


def _spot(u: Float64, v: Float64, blotches: Float64) -> Float64:
    across, down, half_width, half_height = SPOT
    around = np.abs((u - across + 0.5) % 1.0 - 0.5)
    reach = np.hypot(around / half_width, (v - down) / half_height)
    return step(1.0 - reach + 0.12 * blotches, 0.0, 0.5)
