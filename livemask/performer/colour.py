"""Linear light to coded pictures and back (IEC 61966-2-1), for whole arrays."""

import numpy as np

from livemask.records import Array, Float32, UInt8


def encode(linear: Array) -> UInt8:
    """Return linear light, 0 to 1, as sRGB-coded uint8 of the same shape."""
    light = np.clip(linear, 0.0, 1.0)
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(255.0 * coded).astype(np.uint8)


def decode(coded: UInt8) -> Float32:
    """Return an sRGB-coded uint8 array as linear light."""
    share = coded.astype(np.float32) / 255.0
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
