"""Skin up close: pores, blotches, lines of the lips, hairs of the brows.

Not a mask but what the mask `textured` multiplies the model's smooth colours with: half of full
light (`EVEN`) leaves them as they are.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from livemask import landmarks as ibug
from livemask.masks.painting.layout import PLACES
from tools.paint.canvas import (
    BITS,
    SIDE,
    Field,
    blur,
    curve,
    finished,
    grid,
    mirrored,
    noise,
    pixels,
    relief,
    shape,
    step,
)

EVEN = 0.5
"""Linear."""

HAIRS, WIDE, LONG = 150, 0.0125, (0.016, 0.032)
"""Of a brow: how many, how far from its middle line they grow, how long they are; shares of the
square."""


def paint() -> NDArray[np.uint8]:
    """Return the factors, (h, w, 3) uint8, sRGB-coded."""
    random = np.random.default_rng(11)
    factor = _pores(random) * _lips(random) * _brows(random)
    colour = factor[..., None] * _blotches(random)
    linear = np.clip(EVEN * colour, 0.0, 1.0)
    return finished(255.0 * np.where(linear <= 0.0031308, 12.92 * linear, _bent(linear)))


def _bent(linear: Field) -> Field:
    return np.asarray(1.055 * linear ** np.float32(1.0 / 2.4) - 0.055, np.float32)


def _pores(random: np.random.Generator) -> Field:
    """Return bumpy skin, with pores most on nose, cheeks and forehead."""
    u, v = grid()
    aside = np.abs(u - 0.5)
    coarse = np.exp(-((aside / 0.09) ** 2) - ((v - 0.55) / 0.11) ** 2)
    coarse += 0.8 * np.exp(-(((aside - 0.13) / 0.09) ** 2) - ((v - 0.56) / 0.10) ** 2)
    coarse += 0.6 * np.exp(-((aside / 0.20) ** 2) - ((v - 0.20) / 0.09) ** 2)
    strength = 0.45 + 0.55 * np.clip(coarse, 0.0, 1.0)
    bumps = relief(blur(noise(random, 190, 2), 0.0009), 0.0022)
    pits = step(blur(noise(random, 230), 0.0008), 0.9, 2.2)
    return 1.0 + strength * (0.10 * bumps - 0.20 * pits) + 0.018 * noise(random, 90, 2)


def _blotches(random: np.random.Generator) -> Field:
    """Return what makes skin redder here and paler there, (SIDE, SIDE, 3)."""
    blood, brown = noise(random, 16, 4), noise(random, 26, 3)
    spots = step(blur(noise(random, 120), 0.0012), 2.1, 2.9)
    tint = np.stack([0.012 * blood, -0.030 * blood, -0.030 * blood], axis=-1)
    return (
        1.0
        + tint
        - np.array([0.020, 0.030, 0.034]) * brown[..., None]
        - (np.array([0.10, 0.18, 0.22]) * spots[..., None])
    )


def _lips(random: np.random.Generator) -> Field:
    """Return the fine lines across the lips."""
    outline = curve([tuple(point) for point in PLACES[ibug.OUTER_LIPS]], True)
    inside = blur(shape(outline), 0.003)
    knots = random.standard_normal((26, 420)).astype(np.float32)
    across = cv2.resize(knots, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    wide = random.standard_normal((14, 150)).astype(np.float32)
    across += cv2.resize(wide, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return 1.0 - inside * np.clip(0.07 * across, -0.10, 0.24)


def _brows(random: np.random.Generator) -> Field:
    """Return hairs, and lighter skin between them; the model's brows are an even brown."""
    line = curve([tuple(point) for point in PLACES[ibug.RIGHT_BROW]], count=200)  # from outside
    at = random.beta(1.15, 1.05, HAIRS)
    root = line[(at * 199).astype(int)].astype(np.float64)
    thick = np.sqrt(np.clip(4.5 * np.minimum(at, 1.0 - at), 0.15, 1.0))
    root[:, 1] += WIDE * thick * random.uniform(-1.0, 1.0, HAIRS)
    # At the nose they stand, farther out they lie along the brow, at its end they point down.
    angle = np.radians(np.interp(at, [0.0, 0.35, 0.75, 1.0], [-14, 8, 38, 78]))
    angle += np.radians(9.0) * random.standard_normal(HAIRS)
    reach = random.uniform(*LONG, HAIRS) * thick
    way = np.column_stack([-np.cos(angle), -np.sin(angle)]) * reach[:, None]
    bend = way + np.array([0.0, 0.18]) * reach[:, None]
    hairs = np.zeros((SIDE, SIDE), np.uint8)
    paths = np.stack([root, root + 0.5 * way, root + 0.5 * (way + bend)], 1).astype(np.float32)
    for path in [*paths, *(mirrored(path) for path in paths)]:
        cv2.polylines(hairs, [pixels(path)], False, 255, 2, cv2.LINE_AA, BITS)
    drawn = np.minimum(1.6 * blur(hairs / np.float32(255.0), 0.0006), 1.0)
    around = np.clip(1.4 * blur(drawn, 0.006), 0.0, 1.0)
    return (1.0 + 0.22 * around) * (1.0 - 0.70 * drawn)
