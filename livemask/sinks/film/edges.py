"""Edges: colours for what is transparent, so that none of them darkens what is not."""

import cv2
import numpy as np

from livemask.records import Float32, UInt8

_SOLID = 8
"""Of 255: colours of less opacity are too coarse to be trusted, and hardly seen."""

_SCALE = 8
_REACH = 3.0
"""Standard deviation of how far colours spread, px of the small picture."""


def spread(image: UInt8) -> UInt8:
    """Return the colours of RGBA (h, w, 4), (h, w, 3), with those near by where there are none.

    Films keep colours and opacity apart, not multiplied, and colours with less detail: a
    black that nobody sees would run into the edge of what is seen. Here the colours of the
    edge go on behind it instead, as far as any codec mixes them; farther off lies their mean.
    """
    solid = _solid(image)
    colours = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGBA2RGB), np.uint8)
    if solid.all() or not solid.any():
        return colours
    around = cv2.resize(_around(colours, solid), solid.shape[::-1])
    return np.asarray(cv2.copyTo(colours, solid, around), np.uint8)


def _solid(image: UInt8) -> UInt8:
    """Return 255 where there is colour, (h, w) uint8, else 0."""
    opacity = cv2.extractChannel(image, 3)
    return np.asarray(cv2.threshold(opacity, _SOLID - 1, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _around(colours: UInt8, solid: UInt8) -> UInt8:
    """Return a small picture in which each colour is the mean of the solid ones about it."""
    height, width = solid.shape
    small = max(1, width // _SCALE), max(1, height // _SCALE)
    seen = np.asarray(cv2.bitwise_and(colours, colours, mask=solid), np.uint8)
    sums = _small(seen, small)
    weights = _small(solid, small) / 255.0
    mean = sums.sum((0, 1)) / weights.sum()
    near = cv2.GaussianBlur(sums, (0, 0), _REACH) + 1e-3 * mean
    share = cv2.GaussianBlur(weights, (0, 0), _REACH) + 1e-3
    return np.asarray(np.clip(near / share[..., None] + 0.5, 0, 255), np.uint8)


def _small(image: UInt8, size: tuple[int, int]) -> Float32:
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.float32)
