"""Layers of a changed photo, and how they are laid over one another."""

from typing import NamedTuple

import cv2
import numpy as np

from livemask.editing.easel import Easel
from livemask.editing.matte import guided
from livemask.light.skin import LINEAR, LUMINANCE
from livemask.masks.swapping.filling import filled
from livemask.reconstruction.views import coded
from livemask.records import Array, Float32, UInt8

UNSEEN = 0.02
"""px, and logarithms of brightness: less is no change."""

PALE = (0.25, 0.6)
"""Luminances between which skin in a photo loses its hue."""

TONED = 1.2
"""How much of it comes back in the shade."""

GLOW, EDGES = 30.0, 12.0
"""mm around the head up to which a lamp is seen, in hair; and in which the picture's edges say
where the head ends."""

EDGE = 1e-3
"""Variance of brightness, as coded, that is such an edge."""

_LINEAR = LINEAR.astype(np.float32)


class Layers(NamedTuple):
    """What is known of each pixel of the maps. Places are relative to the pixel, px of the photo.

    Attributes
    ----------
    beside : (h, w, 2) float32
        Where what is beside the head comes from.
    head : (h, w, 3) float32
        Where the head comes from, and the logarithm of how much brighter it becomes.
    alpha : (h, w) float32
        1 on the head, 0 beside it.
    other, other_share : (h, w, 3) and (h, w) float32
        The same of the other half of the face, and how far it is to be seen.
    paint, paint_share : (h, w, 3) and (h, w) float32
        Linear colours that are painted, and how far.
    tone : (3,) float32
        Colour of the skin in the photo's light, linear, of luminance 1.
    lamp : (h, w) float32, optional
        Logarithm of how much brighter a lamp makes the head.
    """

    beside: Float32
    head: Float32
    alpha: Float32
    other: Float32
    other_share: Float32
    paint: Float32
    paint_share: Float32
    tone: Float32
    lamp: Float32 | None


def composed(image: UInt8, easel: Easel, layers: Layers) -> UInt8:
    """Return a photo (h, w, 3) with the layers laid over it."""
    size = (image.shape[1], image.shape[0])
    part = easel.inside(size)
    shown = image[part]

    def wide(values: Array) -> Float32:
        return easel.widened(values, size)

    alpha = wide(layers.alpha)[..., None]
    head = _brought(shown, wide(layers.head))
    if layers.other_share.any():
        head += wide(layers.other_share)[..., None] * (_brought(shown, wide(layers.other)) - head)
    if layers.paint_share.any():
        head += wide(layers.paint_share)[..., None] * (wide(layers.paint) - head)
    beside = _brought(shown, wide(layers.beside))
    made = beside + alpha * (head - beside)
    changed = wide(_changed(layers)) > 0.0
    if layers.lamp is not None:
        glow = _spread(made, easel, layers.lamp, size)
        made = _toned(made, glow, layers.tone) * np.exp(glow)[..., None]
        changed |= np.abs(glow) > UNSEEN
    whole = image.copy()
    whole[part] = np.where(changed[..., None], coded(made), shown)
    return whole


def _brought(shown: UInt8, moves: Float32) -> Float32:
    """Return linear colours from `moves` (h, w, 2 or 3) px away, brighter by the third."""
    height, width = shown.shape[:2]
    x = moves[..., 0] + np.arange(width, dtype=np.float32)
    y = moves[..., 1] + np.arange(height, dtype=np.float32)[:, None]
    found = cv2.remap(shown, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT_101)
    linear = _LINEAR[found]
    return linear * np.exp(moves[..., 2:3]) if moves.shape[2] > 2 else linear


def _changed(layers: Layers) -> Float32:
    """Return (h, w) 1 where the layers change anything."""
    moved = (np.abs(layers.beside) > UNSEEN).any(axis=2)
    moved |= (np.abs(layers.head) > UNSEEN).any(axis=2) & (layers.alpha > 0.0)
    return (moved | (layers.other_share + layers.paint_share > UNSEEN)).astype(np.float32)


def _toned(made: Float32, glow: Float32, tone: Float32) -> Float32:
    """Return linear colours, with the skin's own hue where they are nearly white and darken."""
    bright = made @ LUMINANCE.astype(np.float32)
    pale = np.clip((bright - PALE[0]) / (PALE[1] - PALE[0]), 0.0, 1.0)
    share = TONED * pale * np.clip(1.0 - np.exp(glow), 0.0, 1.0)
    return np.asarray(made + share[..., None] * (bright[..., None] * tone - made), np.float32)


def _spread(made: Float32, easel: Easel, lamp: Float32, size: tuple[int, int]) -> Float32:
    """Return the logarithms of a `lamp` (h, w), softly ending where the head does in `made`."""
    there = (lamp != 0.0).astype(np.uint8)
    beyond = filled(np.dstack([lamp] * 3), cv2.erode(there, np.ones((3, 3))))[..., 0]
    off = cv2.distanceTransform(1 - there, cv2.DIST_L2, 5) * easel.mm
    near = easel.widened(np.clip(1.0 - off / GLOW, 0.0, 1.0), size)
    bright = np.sqrt(np.clip(made @ LUMINANCE.astype(np.float32), 0.0, 1.0))
    radius = max(2, round(EDGES / easel.mm / easel.scale))
    mask = np.clip(guided(easel.widened(there, size), bright, radius, EDGE), 0.0, 1.0)
    return np.asarray(easel.widened(beyond, size) * np.minimum(mask, near))
