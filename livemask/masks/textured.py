"""The model's own skin, toned to the person and lit by the light of the room."""

from dataclasses import replace

import numpy as np

from livemask.masks.face_mesh import INNER_PARTS, FaceMesh, Look
from livemask.masks.looks.complexion import Complexion
from livemask.masks.painting.layout import painting_uv
from livemask.masks.painting.picture import picture_of
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float32, Frame, Layer, Light, Material
from livemask.resources import resource

SKIN = Material(look="face", specular=0.11, exponent=26.0)
"""A faint, broad highlight."""

UP_CLOSE, EVEN = "assets/paint/skin.webp", 0.5
"""Pores, hairs of the brows and lines of the lips, to multiply colours with; and what, linear,
leaves them as they are.
"""

PLAIN = (0.0571, 0.3247)
"""A place on that picture where it is even."""

OWN_COLOUR = ("eyes", "teeth")
"""Parts that have the same colour in all people."""


class Textured:
    """A face that belongs into the picture."""

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
        worn = self._wear
        return (worn.mesh.mesh(fit, worn.material, worn.colours(frame, fit, light), worn.uv),)


class _Worn:
    """What the mask makes of one model."""

    def __init__(self, model: MorphableModel, look: Look) -> None:
        self.mesh = FaceMesh(model, look)
        self.uv: Float32 | None
        self._complexion = Complexion(model)
        self._used: Float32 | None = None
        self.material, gain = SKIN, 1.0
        self.uv = None
        if model.landmark_model.known.all():  # else nobody knows where on it pores and brows are
            texture = picture_of(resource(UP_CLOSE)).image()
            self.material, gain = replace(SKIN, texture=texture), 1.0 / EVEN
            self.uv = _skin_uv(model)[self.mesh.kept]
        self._albedo = np.asarray(gain * self.mesh.model.albedo, np.float32)
        self._colours = self._albedo
        self._toned = np.ones((len(self.mesh.model.mean), 1), bool)
        for part in OWN_COLOUR:
            self._toned[self.mesh.model.parts.get(part, [])] = False

    def colours(self, frame: Frame, fit: Fit, light: Light) -> Float32:
        """Return (n, 3) albedos toned to the person; another array only when the tone is."""
        tone = self._complexion.update(frame, fit, light)
        if tone is not self._used:
            factors = np.where(self._toned, tone[self.mesh.kept], np.float32(1.0))
            self._used, self._colours = tone, self._albedo * factors
        return self._colours


def _skin_uv(model: MorphableModel) -> Float32:
    """Return the (n, 2) places on the picture of skin; what is no skin lies on one even spot."""
    uv = painting_uv(model)
    for part in INNER_PARTS:
        uv[model.parts.get(part, [])] = PLAIN
    return uv


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
