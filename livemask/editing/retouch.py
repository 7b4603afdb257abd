"""A photo changed: each pixel is brought from where the photo shows it, or made up."""

import cv2
import numpy as np

from livemask.editing.change import Change, expression_of
from livemask.editing.easel import Easel
from livemask.editing.lamp import direction_of, relit
from livemask.editing.layers import Layers, composed
from livemask.editing.mirrored import mirrored
from livemask.editing.motion import Motion, motion_of
from livemask.editing.openings import painted
from livemask.editing.outline import around
from livemask.editing.pair import Pair
from livemask.editing.stretching import stretched
from livemask.harmonics import shade
from livemask.light.skin import LUMINANCE
from livemask.reconstruction.portrait import Portrayal
from livemask.records import Array, Float32, Light, UInt8

EDGE = 1.5
"""mm over which face and neck go over into what is beside them."""

RATIO = 1.3
"""How much brighter or darker skin may become by turning in the light."""


def retouched(given: Portrayal, change: Change) -> UInt8:
    """Return a photo (h, w, 3) with what is wished for, sRGB-coded.

    Where nothing changes, it is the photo bit by bit.
    """
    fit, image = given.fit, given.frame.image
    expression = expression_of(change, given.model, fit.expression)
    pair = Pair.of(given.model, fit, expression, change.turn)
    easel = Easel.of(fit.camera, pair.before.points, pair.after.points)
    motion = motion_of(pair, fit.camera, easel)
    beside = around(motion, easel, pair, given.frame.size)
    head = stretched(motion, easel, beside, _shading(motion, given.light))
    paint, open_share = painted(pair, motion, easel, given.light)
    other, other_share = mirrored(motion, easel, image, given.light, head)
    lamp = None
    if change.lamp is not None:
        lamp = relit(pair, motion, easel, given.light, direction_of(change.lamp))
    laid = (beside, head, _alpha(motion, easel), other, other_share, paint, open_share)
    return composed(image, easel, Layers(*laid, _tone(given), lamp))


def _tone(given: Portrayal) -> Float32:
    """Return the colour (3,) of the skin in the photo's light, linear, of luminance 1."""
    skin = given.albedo[given.model.face_weight > 0.9]
    colour = np.median(skin, axis=0) * given.light.harmonics[0]
    return np.asarray(colour / max(float(colour @ LUMINANCE), 1e-4), np.float32)


def _shading(motion: Motion, light: Light) -> Float32:
    """Return (h, w) the logarithm of how much more light falls on each pixel than in the photo."""
    lit = [_brightness(light, normals) for normals in (motion.normals, motion.own.normals)]
    most = np.log(RATIO)
    skin = motion.there * (1.0 - np.clip(motion.mouth + motion.eyes, 0.0, 1.0))
    return np.asarray(np.clip(np.log(lit[0] / lit[1]), -most, most) * skin, np.float32)


def _brightness(light: Light, normals: Float32) -> Array:
    flat = shade(light.harmonics, normals.reshape(-1, 3)) @ LUMINANCE
    return np.maximum(flat, 0.05).reshape(normals.shape[:2])


def _alpha(motion: Motion, easel: Easel) -> Float32:
    """Return (h, w) 1 on the head, falling to 0 at its outline."""
    inside = cv2.distanceTransform(motion.there.astype(np.uint8), cv2.DIST_L2, 5)
    share = np.clip(inside * easel.mm / EDGE, 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share), np.float32)
