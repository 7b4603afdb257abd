"""Evens out what only one half of a face has: cast shadows, strands of hair, a lamp at one side.

A face is nearly symmetrical, light and hair are not: what lies far from its mirror image is not
skin's own colour.
"""

import cv2
import numpy as np

from livemask.light.skin import LUMINANCE
from livemask.records import Array, Float32

NEAR, WIDE = 0.012, 0.05
"""Over which skin is averaged, shares of the texture's side: strands and edges of shadows, and
what light does."""

DARKER = (0.35, 0.75)
"""Between these differences of logarithms from its mirror image a place is no longer skin."""

AROUND = 0.015
"""How far around such a place skin is not believed, share of the side."""

MOST = 0.6
"""By how much, in logarithms, a place is brought to what both halves have."""

KNOWN = 0.25
"""Least share of what is around that must be seen for an average to say something."""


def evened(albedo: Float32, weight: Float32) -> tuple[Float32, Float32]:
    """Return a symmetrical face's albedo (h, w, 3), linear, and how well it is known (h, w).

    `weight` (h, w) is how well each texel was seen. Where one half is much darker than the
    other it is not known any more; smaller differences are shared by both halves. Only
    brightness is looked at: colours stay as they are.
    """
    bright = np.log(np.maximum(albedo @ LUMINANCE.astype(np.float32), 1e-3))
    apart, _ = _apart(bright, weight, NEAR)
    odd = np.clip((-apart - DARKER[0]) / (DARKER[1] - DARKER[0]), 0.0, 1.0).astype(np.float32)
    wide = 2 * round(AROUND * len(odd)) + 1
    around = cv2.GaussianBlur(cv2.dilate(odd, np.ones((wide, wide))), (0, 0), 0.3 * wide)
    weight = np.asarray(weight * (1.0 - around), np.float32)
    apart, sure = _apart(bright, weight, WIDE)
    shift = np.clip(-0.5 * apart, -MOST, MOST) * sure
    return np.asarray(albedo * np.exp(shift)[..., None], np.float32), weight


def _apart(bright: Float32, weight: Float32, spread: float) -> tuple[Array, Array]:
    """Return how much brighter (h, w) each half is than the other, and where both are known."""
    sigma = spread * len(bright)
    known = _blurred(weight, sigma)
    mean = _blurred(bright * weight, sigma) / np.maximum(known, 1e-3)
    both = np.clip(np.minimum(known, known[:, ::-1]) / KNOWN, 0.0, 1.0)
    return (mean - mean[:, ::-1]) * both, both


def _blurred(image: Float32, sigma: float) -> Float32:
    """Return `image` blurred; a wide blur is made of a small copy, which looks alike."""
    step = max(1, int(sigma / 6.0))
    size = (image.shape[1] // step, image.shape[0] // step)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / step)
    return np.asarray(cv2.resize(small, image.shape[::-1], interpolation=cv2.INTER_LINEAR))
