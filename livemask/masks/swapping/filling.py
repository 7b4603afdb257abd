"""Fills what is unknown in a picture from around: pull and push (Gortler et al. 1996)."""

import cv2
import numpy as np

from livemask.records import Array, Float32

LEAST = 1e-3
"""Weight of what is known so little that all of it comes from around."""


def filled(image: Float32, weight: Array) -> Float32:
    """Return (h, w, 3) `image` where `weight` (h, w) is 1, elsewhere smoothly what is around.

    Halved again and again, weighted, until everything is known; then back, each finer picture
    laid over the coarser as far as it is known.
    """
    known = np.clip(weight, 0.0, 1.0).astype(np.float32)[..., None]
    return _filled(image * known, known)


def _filled(weighted: Float32, known: Float32) -> Float32:
    """Return the filled picture of colours (h, w, 3) times how well they are `known` (h, w, 1)."""
    height, width = known.shape[:2]
    over = np.minimum(known, 1.0)
    own = weighted / np.maximum(known, LEAST)
    if min(height, width) <= 1 or known.min() > 0.999:
        return np.asarray(own)
    half = (max(width // 2, 1), max(height // 2, 1))
    # Four times the mean is the sum: a coarse place is known as soon as a quarter of it is.
    share = np.asarray(cv2.resize(known, half, interpolation=cv2.INTER_AREA)[..., None], np.float32)
    gain = np.minimum(4.0, 1.0 / np.maximum(share, LEAST))
    coarse = np.asarray(cv2.resize(weighted, half, interpolation=cv2.INTER_AREA) * gain, np.float32)
    sure = np.asarray(share * gain, np.float32)
    below = cv2.resize(_filled(coarse, sure), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(over * own + (1.0 - over) * below)
