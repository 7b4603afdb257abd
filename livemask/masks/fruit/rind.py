"""The rind of a watermelon, painted by code."""

from functools import lru_cache

import cv2
import numpy as np

from livemask.records import Array, Float64, UInt8
from livemask.skin import LINEAR

HEIGHT, WIDTH = 512, 1024
"""px: from pole to pole, and once around from the back over the subject's right."""

STRIPES = 10
SEED = 11

# sRGB. Along a stripe from its middle outward; the ground between stripes from dark to light.
DARK, DEEP = (26, 74, 34), (14, 48, 26)
GROUND, LIGHT = (104, 160, 66), (164, 204, 104)
PALE, STALK_END = (226, 214, 142), (150, 166, 74)

SPOT = (0.07, 0.70, 0.13, 0.20)
"""Where it lay on the field: centre and half size, in shares of width and height."""


@lru_cache(maxsize=1)
def paint() -> UInt8:
    """Return the rind, (HEIGHT, WIDTH, 3) uint8 sRGB, whose left and right edge meet.

    All melons share it, on the GPU too.
    """
    random = np.random.default_rng(SEED)
    v, u = np.mgrid[0.5:HEIGHT, 0.5:WIDTH] / np.array([HEIGHT, WIDTH]).reshape(2, 1, 1)
    fine, blotches = noise(random, 128, 256), noise(random, 24, 32)
    veins = 1.0 - np.abs(noise(random, 48, 160)) / 0.35
    colour = _mix(GROUND, LIGHT, 0.5 + 0.17 * blotches + 0.12 * fine)
    colour = _mix(colour, GROUND, 0.5 * np.clip(veins, 0.0, 1.0))
    stripe = _stripes(u, v, random) + 0.05 * fine
    colour = _mix(colour, DARK, step(stripe, -0.1, 0.16))
    colour = _mix(colour, DEEP, 0.8 * step(stripe + 0.25 * blotches, 0.25, 0.8))
    colour = _mix(colour, PALE, 0.85 * _spot(u, v, blotches))
    colour = _mix(colour, STALK_END, 0.8 * step(np.abs(v - 0.5), 0.455, 0.5))
    return np.asarray(np.clip(np.rint(colour), 0, 255), np.uint8)


def _stripes(u: Float64, v: Float64, random: np.random.Generator) -> Float64:
    """Return a field that is above 0 on the stripes: wavy lines from pole to pole, frayed."""
    sway, fray, girth = noise(random, 14, 20), noise(random, 80, 140), noise(random, 5, 2 * STRIPES)
    swing = 0.0075 * sway + 0.0042 * fray
    wave = np.cos(2.0 * np.pi * STRIPES * (u + swing))
    narrow = 0.30 + 0.07 * girth - 0.25 * np.sin(np.pi * v)
    return np.asarray(wave - narrow - 0.25)


def _spot(u: Float64, v: Float64, blotches: Float64) -> Float64:
    across, down, half_width, half_height = SPOT
    around = np.abs((u - across + 0.5) % 1.0 - 0.5)
    reach = np.hypot(around / half_width, (v - down) / half_height)
    return step(1.0 - reach + 0.12 * blotches, 0.0, 0.5)


def noise(random: np.random.Generator, rows: int, columns: int) -> Float64:
    """Return smooth noise (HEIGHT, WIDTH), variance near 1, that wraps from left to right."""
    knots = random.standard_normal((rows, columns))
    margin = 4
    wrapped = np.concatenate([knots[:, -margin:], knots, knots[:, :margin]], axis=1)
    extra = margin * WIDTH // columns
    size = (WIDTH * (columns + 2 * margin) // columns, HEIGHT)
    smooth = cv2.resize(wrapped, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(smooth[:, extra : extra + WIDTH] * 1.3)


def step(value: Float64, low: float, high: float) -> Float64:
    """Return 0 below `low`, 1 above `high`, and smooth in between."""
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


def _mix(under: Array | tuple[int, int, int], over: tuple[int, int, int], share: Float64) -> Array:
    amount = np.clip(share, 0.0, 1.0, dtype=np.float32)[..., None]
    colours = np.asarray(under, np.float32), np.asarray(over, np.float32)
    return colours[0] + (colours[1] - colours[0]) * amount


def usual_colour(rind: UInt8) -> Float64:
    """Return the (3,) mean linear colour around the front of `rind`."""
    front = rind[HEIGHT // 4 : 3 * HEIGHT // 4, WIDTH // 4 : 3 * WIDTH // 4]
    return np.asarray(LINEAR[front].mean((0, 1)))
