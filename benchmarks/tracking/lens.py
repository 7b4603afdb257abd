"""Lens: how a camera worse than the performer's own takes the picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from livemask.performer.colour import decode, encode
from livemask.records import Float32, UInt8

FULL = 4000.0
"""Electrons of a bright pixel in full light: what the shot noise of the dark comes from."""


@dataclass(frozen=True, slots=True)
class Lens:
    """What happens to a picture on its way.

    Attributes
    ----------
    light : float
        Share of the light that is left.
    noise : float
        Standard deviation that is added, in steps of 8 bits.
    blur : float
        Standard deviation of the blur of a lens out of focus, px.
    exposures : int
        Pictures that are averaged within half a frame's time: what moves is smeared.
    """

    light: float = 1.0
    noise: float = 0.0
    blur: float = 0.0
    exposures: int = 1

    def take(self, images: Sequence[UInt8], seed: list[int]) -> UInt8:
        """Return the picture (h, w, 3) that comes of `images`; the noise is the seed's."""
        image = images[0] if len(images) == 1 else np.mean(images, axis=0).astype(np.uint8)
        random = np.random.default_rng(seed)
        if self.blur:
            image = np.asarray(cv2.GaussianBlur(image, (0, 0), self.blur))
        if self.light < 1.0:
            image = encode(_dimmed(decode(image), self.light, random))
        if self.noise:
            grain = random.standard_normal(image.shape, np.float32)
            image = np.clip(image + self.noise * grain, 0, 255).astype(np.uint8)
        image = np.ascontiguousarray(image)
        image.flags.writeable = False
        return image


def _dimmed(linear: Float32, light: float, random: np.random.Generator) -> Float32:
    """Return linear light with the shot noise of the few electrons that are left."""
    electrons = FULL * light * linear
    grain = random.standard_normal(linear.shape, np.float32)
    return np.asarray((electrons + np.sqrt(electrons) * grain) / FULL)
