"""The one tone in which a person's skin is drawn."""

import numpy as np

from livemask.harmonics import shade
from livemask.light.estimate import EVERY, share
from livemask.light.skin import LUMINANCE, SkinProbe
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float64, Frame, Light, State

USUAL = (0.887, 0.456, 0.262)
"""Before anybody was seen, linear RGB: a light peach."""

DARKEST = 0.02
"""Light, as a share of a white wall's, by which is divided at least."""

LIGHTER, RICHER = 0.85, 1.05
"""A drawing is not as dark (exponent of the luminance) and not as grey as what it shows."""

RANGE = (0.05, 0.75)
"""Of its luminance."""


class SkinTone:
    """The median albedo of a person's skin, slowly followed and made that of a drawing.

    Parameters
    ----------
    model : MorphableModel

    Attributes
    ----------
    value : (float, float, float)
        Linear RGB.
    """

    def __init__(self, model: MorphableModel) -> None:
        self.value = USUAL
        self._probe = SkinProbe(model)
        self._seen: Float64 = np.ones(3)
        self._time: float | None = None

    def update(self, frame: Frame, fit: Fit, light: Light) -> tuple[float, float, float]:
        """Return `value` after `frame`. The first look is taken as it is."""
        passed = np.inf if self._time is None else frame.time - self._time
        if 0.0 <= passed < EVERY or fit.state is State.HELD:
            return self.value
        skin = self._probe.look(frame, fit)
        if skin is not None:
            lit = np.maximum(shade(light.harmonics, skin.normals), DARKEST)
            seen = np.median(skin.colours / lit, axis=0)
            self._seen = self._seen + share(passed) * (seen - self._seen)
            self._time, self.value = frame.time, stylised(self._seen)
        return self.value


def stylised(albedo: Float64) -> tuple[float, float, float]:
    """Return the colour, linear RGB, in which skin of `albedo` (3,) is drawn."""
    level = max(float(albedo @ LUMINANCE), 1e-4)
    rich = np.clip(1.0 + RICHER * (albedo / level - 1.0), 0.0, None)
    red, green, blue = np.clip(rich * np.clip(level**LIGHTER, *RANGE), 0.0, 1.0)
    return float(red), float(green), float(blue)
