"""Fills what the photo does not show of a head by stretching what is around."""

import numpy as np

from livemask.editing.easel import Easel
from livemask.editing.motion import Motion
from livemask.masks.swapping.filling import filled
from livemask.records import Float32


def stretched(motion: Motion, easel: Easel, beside: Float32, shading: Float32) -> Float32:
    """Return (h, w, 3) where pixels of the head come from, relative to each, and their shading.

    Parameters
    ----------
    motion : Motion
        The changed head.
    easel : Easel
        On which it is drawn.
    beside : (h, w, 2) float32
        The same beside the head, see `outline.around`.
    shading : (h, w) float32
        Logarithm of how much brighter each pixel is than where it comes from.

    Returns
    -------
    (h, w, 3) float32
        px of the photo, twice; a logarithm.
    """
    there = motion.there[..., None]
    own = np.dstack([motion.own.places - easel.places(), shading])
    outside = np.dstack([beside, np.zeros_like(shading)])
    skin = motion.own.good * (1.0 - np.clip(motion.mouth + motion.eyes, 0.0, 1.0))
    weight = np.where(motion.there, skin, 1.0)
    made = filled(np.where(there, own, outside).astype(np.float32), weight)
    good = motion.own.good[..., None]  # of what is behind lips and lids too
    return np.asarray(np.where(there, good * own + (1.0 - good) * made, made), np.float32)
