"""Fur: many fine tapering hairs that lie as the coat does."""

import cv2
import numpy as np

from tools.paint.canvas import BITS, SIDE, Field, pixels

WAVES = 3
"""Hairs are laid in so many layers, the lower ones longer and darker."""


def comb(
    colour: Field,
    flow: Field,
    length: Field,
    random: np.random.Generator,
    count: int = 60_000,
) -> Field:
    """Return a painting covered by hairs of its own colours.

    Parameters
    ----------
    colour : (SIDE, SIDE, 3) float32
        sRGB, 0 to 255.
    flow : (SIDE, SIDE, 2) float32
        Where hairs point to, unit vectors.
    length : (SIDE, SIDE) float32
        Of the hairs, share of the square.
    random : Generator
        Where hairs grow, and how they differ.
    count : int
        Of hairs in each layer.
    """
    canvas = np.clip(colour, 0, 255).astype(np.uint8)
    for wave in range(WAVES):
        roots = random.uniform(0.0, 1.0, (count, 2))
        light = 0.78 + 0.12 * wave + 0.10 * random.standard_normal(count)
        column, row = np.minimum((roots * SIDE).astype(int), SIDE - 1).T
        way = flow[row, column] + 0.22 * random.standard_normal((count, 2))
        bend = flow[row, column] + 0.22 * random.standard_normal((count, 2))
        reach = (length[row, column] * random.uniform(0.6, 1.3, count))[:, None]
        middle, tip = roots + 0.5 * reach * way, roots + 0.5 * reach * (way + bend)
        tones = np.clip(colour[row, column] * light[:, None], 0, 255)
        for hair, tone in zip(
            pixels(np.stack([roots, middle, tip], 1).astype(np.float32)),
            tones.tolist(),
            strict=True,
        ):
            cv2.polylines(canvas, [hair[:2]], False, tone, 2, cv2.LINE_AA, BITS)
            cv2.polylines(canvas, [hair[1:]], False, tone, 1, cv2.LINE_AA, BITS)
    return canvas.astype(np.float32)
