"""Colours of characters: written as sRGB, computed with as linear RGB."""

import numpy as np
from numpy.typing import ArrayLike

from livemask.masks.colours import linear_rgb
from livemask.records import Array, Float64, UInt8


def tint(text: str) -> Float64:
    """Return the (3,) linear RGB of `#rrggbb`."""
    return np.array(linear_rgb("colour", text))


def tints(*texts: str) -> Float64:
    """Return the (n, 3) linear RGB of several."""
    return np.array([linear_rgb("colour", text) for text in texts])


def coded(linear: Array) -> UInt8:
    """Return linear colours as sRGB codes (IEC 61966-2-1)."""
    held = np.clip(linear, 0.0, 1.0)
    high = 1.055 * held ** (1 / 2.4) - 0.055
    return np.rint(255.0 * np.where(held < 0.0031308, 12.92 * held, high)).astype(np.uint8)


def step(x: Array, low: float, high: float) -> Float64:
    """Return 0 below `low`, 1 above `high`, and smooth in between."""
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))


def mix(under: Array, over: ArrayLike, share: ArrayLike) -> Float64:
    """Return (..., 3) colours between `under` (`share` 0) and `over` (1)."""
    return np.asarray(under + np.asarray(share)[..., None] * (np.asarray(over) - under))
