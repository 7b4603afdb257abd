"""A photo's light taken off a head, and a lamp put in its place."""

import cv2
import numpy as np

from livemask.editing.easel import Easel
from livemask.editing.motion import Motion
from livemask.editing.pair import Pair
from livemask.editing.shadows import cone, reached
from livemask.harmonics import shade
from livemask.light.skin import LUMINANCE
from livemask.reconstruction.raster import draw
from livemask.records import Array, Float32, Float64, Light

AMBIENT = 0.34
"""Share of the light that comes from all around."""

WRAP = 0.15
"""How far, as a cosine, light gets around a shadow's edge: skin is translucent."""

SOFT, RAYS = 0.16, 20
"""rad: half the width of the lamp; how many points of it are asked."""

BRIGHT = 85.0
"""Percentile of the seen skin whose brightness stays."""

DARKEST, BRIGHTEST = 0.12, 3.0
"""Least and greatest factor."""

EVEN = 1.2
"""mm over which the change is evened: vertices are as far apart."""

WET = 0.4
"""How much of the change is seen on eyes and teeth, which also shine."""

DARK = 0.06
"""Least light by which is divided."""


def direction_of(lamp: tuple[float, float]) -> Float64:
    """Return the unit vector towards a lamp, camera frame; azimuth and elevation in degrees."""
    azimuth, elevation = np.radians(lamp)
    across = np.cos(elevation)
    return np.array([across * np.sin(azimuth), np.sin(elevation), across * np.cos(azimuth)])


def relit(pair: Pair, motion: Motion, easel: Easel, light: Light, way: Float64) -> Float32:
    """Return (h, w) the logarithm of how much brighter a lamp makes each pixel; 0 off the head.

    Parameters
    ----------
    pair : Pair
        The head before and after.
    motion : Motion
        The changed head.
    easel : Easel
        On which it is drawn.
    light : Light
        The photo's.
    way : (3,) float64
        Unit vector towards the lamp.
    """
    after = pair.after
    old = np.maximum(shade(light.harmonics, after.normals) @ LUMINANCE, DARK)
    new = _lit(pair, way)
    seen = (after.normals[:, 2] > 0.3) & (pair.model.face_weight > 0.7)
    if seen.any():
        new *= np.percentile(old[seen], BRIGHT) / max(np.percentile(new[seen], BRIGHT), 1e-3)
    factor = np.clip(new / old, DARKEST, BRIGHTEST)
    values = np.column_stack([np.log(factor), np.ones(len(factor))])
    drawn = draw(easel.camera, after.points, pair.model.triangles, values).values
    inner = np.clip(motion.mouth + motion.eyes, 0.0, 1.0)
    even = cv2.GaussianBlur(drawn[..., 0], (0, 0), max(EVEN / easel.mm, 0.5))
    return np.asarray(even * motion.head * (1.0 - (1.0 - WET) * inner), np.float32)


def _lit(pair: Pair, way: Float64) -> Array:
    """Return (n,) what white vertices show in the light of a lamp."""
    cosine = (pair.after.normals @ way + WRAP) / (1.0 + WRAP)
    share = reached(pair.after.points, pair.model.triangles, cone(way, SOFT, RAYS))
    around = 0.5 + 0.5 * np.clip(pair.after.normals[:, 2], 0.0, 1.0)
    return np.asarray(AMBIENT * around + (1.0 - AMBIENT) * np.maximum(cosine, 0.0) * share)
