"""What the photo hides of one half of a face and shows on the other."""

import cv2
import numpy as np

from livemask.editing.easel import Easel
from livemask.editing.motion import Motion
from livemask.harmonics import shade
from livemask.light.skin import LINEAR, LUMINANCE
from livemask.masks.swapping.filling import filled
from livemask.records import Array, Float32, Light, UInt8

SURE = 0.5
"""How well both halves are seen where they are compared."""

BETTER = (0.15, 0.3)
"""By how much, as a cosine, the other half faces the camera more: from the first on it is used."""

MOST = 0.7
"""Greatest logarithm by which the other half is toned like its own."""


def mirrored(
    motion: Motion, easel: Easel, image: UInt8, light: Light, head: Float32
) -> tuple[Float32, Float32]:
    """Return the other half's colours and how far they are to be seen.

    Parameters
    ----------
    motion : Motion
        The changed head.
    easel : Easel
        On which it is drawn.
    image : (h, w, 3) uint8
        The photo.
    light : Light
        The photo's.
    head : (h, w, 3) float32
        Where the pixels of the head come from, see `stretching.stretched`.

    Returns
    -------
    (h, w, 3) float32
        x and y of where the photo shows the other half, relative to each pixel, px, and the
        logarithm of how much brighter it is here.
    (h, w) float32
        0 where it shows this half well.
    """
    moved = np.clip(np.abs(head[..., :2]).max(axis=2) * easel.scale, 0.0, 1.0)
    inner = np.clip(motion.mouth + motion.eyes, 0.0, 1.0)
    share = motion.mirrored.fine * (1.0 - motion.own.fine) * moved * (1.0 - inner)
    ahead = motion.mirrored.turned - motion.own.turned
    share *= np.clip((ahead - BETTER[0]) / (BETTER[1] - BETTER[0]), 0.0, 1.0)
    places = motion.mirrored.places - easel.places()
    return np.dstack([places, _gain(motion, image, light)]), share.astype(np.float32)


def _gain(motion: Motion, image: UInt8, light: Light) -> Float32:
    """Return (h, w) the logarithm of how much brighter this half is than the other.

    By the light, and by what is seen of both.
    """
    lit = [_lit(light, normals) for normals in (motion.normals, motion.mirrored.normals)]
    gain = np.clip(np.log(lit[0] / lit[1]), -MOST, MOST)
    both = (motion.own.good > SURE) & (motion.mirrored.good > SURE)
    if not both.any():
        return np.asarray(gain, np.float32)
    own = np.log(lit[0] / _lit(light, motion.own.normals)) + _bright(image, motion.own.places)
    left = np.where(both, own - gain - _bright(image, motion.mirrored.places), 0.0)
    even = filled(np.dstack([left] * 3).astype(np.float32), both.astype(np.float32))[..., 0]
    smooth = cv2.GaussianBlur(even, (0, 0), 0.02 * len(even))
    return np.asarray(gain + np.clip(smooth, -MOST, MOST), np.float32)


def _lit(light: Light, normals: Float32) -> Array:
    flat = shade(light.harmonics, normals.reshape(-1, 3)) @ LUMINANCE
    return np.maximum(flat, 0.05).reshape(normals.shape[:2])


def _bright(image: UInt8, places: Float32) -> Array:
    x, y = (np.ascontiguousarray(places[..., i]) for i in (0, 1))
    shown = cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.log(np.maximum(LINEAR[shown] @ LUMINANCE, 0.01))
