"""Veil: a scene in which nobody can be recognised."""

from dataclasses import replace

import cv2
import numpy as np

from livemask.records import Effect, Scene, UInt8

FEW = 8
"""Tones across a picture that is blurred without the graphics driver."""


def veiled(scene: Scene) -> Scene:
    """Return the picture of `scene`, blurred; only its background if that is not the video."""
    is_video = isinstance(scene.background, str) and scene.background == "video"
    return replace(scene, layers=(Effect("blur"),) if is_video else ())


def blurred(scene: Scene, *, alpha: bool = False) -> UInt8:
    """Return the picture (h, w, 3) uint8 of a veiled scene, made without OpenGL.

    With `alpha` it is RGBA (h, w, 4).
    """
    wide, high = scene.frame.size
    if not (isinstance(scene.background, str) and scene.background == "video"):
        return np.zeros((high, wide, 4 if alpha else 3), np.uint8)
    few = cv2.resize(
        scene.frame.image, (FEW, max(1, round(FEW * high / wide))), interpolation=cv2.INTER_AREA
    )
    image = cv2.resize(few, (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2RGBA) if alpha else image, np.uint8)
