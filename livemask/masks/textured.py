"""The model's own skin, toned to the person and lit by the light of the room."""

import numpy as np

from livemask.masks.face_mesh import FaceMesh, Look
from livemask.masks.looks.complexion import Complexion
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float32, Frame, Layer, Light, Material

SKIN = Material(look="face", specular=0.11, exponent=26.0)
"""A faint, broad highlight."""

OWN_COLOUR = ("eyes", "teeth")
"""Parts that have the same colour in all people."""


class Textured:
    """A smooth face that belongs into the picture."""

    hides = True

    def __init__(self, look: Look) -> None:
        self._look = look
        self._wear: _Worn | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,
        light: Light,
        time: float,  # noqa: ARG002 - the contract's
    ) -> tuple[Layer, ...]:
        """Return the face of `fit`."""
        if self._wear is None or self._wear.mesh.source is not model:
            self._wear = _Worn(model, self._look)
        return (self._wear.mesh.mesh(fit, SKIN, self._wear.colours(frame, fit, light)),)


class _Worn:
    """What the mask makes of one model."""

    def __init__(self, model: MorphableModel, look: Look) -> None:
        self.mesh = FaceMesh(model, look)
        self._complexion = Complexion(model)
        self._used: Float32 | None = None
        self._colours = self.mesh.model.albedo
        self._toned = np.ones((len(self.mesh.model.mean), 1), bool)
        for part in OWN_COLOUR:
            self._toned[self.mesh.model.parts.get(part, [])] = False

    def colours(self, frame: Frame, fit: Fit, light: Light) -> Float32:
        """Return (n, 3) albedos toned to the person; another array only when the tone is."""
        tone = self._complexion.update(frame, fit, light)
        if tone is not self._used:
            factors = np.where(self._toned, tone[self.mesh.kept], np.float32(1.0))
            self._used, self._colours = tone, self.mesh.model.albedo * factors
        return self._colours


def create(extent: str = "face", eyes: str = "live", mouth: str = "live") -> Textured:
    """Make the mask.

    Parameters
    ----------
    extent : str
        `face`, or `head` with ears, crown and neck.
    eyes, mouth : str
        `live`: the person's own show; `model`: the model's.
    """
    return Textured(Look(extent, eyes, mouth))
