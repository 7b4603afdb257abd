"""Guided filter: a rough mask that takes on the edges of a picture (He et al. 2010, eq. 5-8)."""

import cv2
import numpy as np

from livemask.records import Array, Float32


def guided(mask: Array, guide: Array, radius: int, smooth: float) -> Float32:
    """Return `mask` (h, w), smooth but where `guide` (h, w), 0 to 1, has edges.

    `radius` px; `smooth` is the variance of the guide that counts as an edge.
    """
    side = (2 * radius + 1, 2 * radius + 1)

    def mean(values: Array) -> Array:
        return np.asarray(cv2.blur(values.astype(np.float32), side))

    bright, value = mean(guide), mean(mask)
    slope = (mean(guide * mask) - bright * value) / (mean(guide * guide) - bright**2 + smooth)
    return np.asarray(mean(slope) * guide + mean(value - slope * bright), np.float32)
