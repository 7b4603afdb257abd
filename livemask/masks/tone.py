"""Tone: how much lighter, darker or redder a person's skin is than the model's."""

import numpy as np

from livemask.harmonics import shade
from livemask.lighting import EVERY, share
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float64, Frame, Light
from livemask.skin import Skin, SkinProbe


class Tone:
    """A person's tone, slowly followed.

    Parameters
    ----------
    model : MorphableModel

    Attributes
    ----------
    value : (3,) float64
        Linear factors that bring the model's albedo, lit, to what is seen.
    """

    def __init__(self, model: MorphableModel) -> None:
        self._probe = SkinProbe(model)
        self._time: float | None = None
        self.value: Float64 = np.ones(3)

    def update(self, frame: Frame, fit: Fit, light: Light) -> Float64:
        """Return `value` after `frame`. The first is taken as it is."""
        passed = np.inf if self._time is None else frame.time - self._time
        if 0.0 <= passed < EVERY:
            return self.value
        skin = self._probe.look(frame, fit)
        if skin is not None:
            self.value = self.value + share(passed) * (tone(skin, light) - self.value)
            self._time = frame.time
        return self.value


def tone(skin: Skin, light: Light) -> Float64:
    """Return the (3,) ratio of what is seen to the model's albedo in `light`, by medians."""
    made = np.median(skin.albedo * shade(light.harmonics, skin.normals), axis=0)
    return np.asarray(np.median(skin.colours, axis=0) / np.maximum(made, 1e-4))
