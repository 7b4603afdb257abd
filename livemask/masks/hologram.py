"""A projected head in scan lines; what lies behind it is blurred."""

from dataclasses import replace

import numpy as np

from livemask.coarsening import lighter
from livemask.errors import UsageError
from livemask.masks.colours import linear_rgb
from livemask.masks.face_mesh import INNER_PARTS, FaceMesh, Look
from livemask.masks.hidden.region import HeadRegion
from livemask.morphable_model import MorphableModel
from livemask.records import Effect, Fit, Float32, Frame, Layer, Light, Material

CLEAR = 0.78
"""Opacity of what is seen head on: the rest is the blurred picture."""

SPEED = 9.0
"""mm a second by which the lines rise."""

BEATS = (0.7, 1.9, 4.3)
"""Hz of the slow waves that the beam flickers in."""


LUMINANCE = (0.2126, 0.7152, 0.0722)

SHADES, WITHIN = (0.45, 1.25), 0.35
"""Times as bright as most of the skin, at least and at most; and what is in the mouth."""


class Hologram:
    """A head of light over a blurred one.

    Parameters
    ----------
    material : Material
    flicker : float
        0 steady to 1.
    """

    hides = True

    def __init__(self, material: Material, flicker: float) -> None:
        self._material, self._flicker = material, flicker
        self._region = HeadRegion(1.0, "head")
        self._model: MorphableModel | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,  # noqa: ARG002 - the contract's
        light: Light,  # noqa: ARG002
        time: float,
    ) -> tuple[Layer, ...]:
        """Return a blur of the head, and the head."""
        if self._model is not model:
            self._model = model
            self._mesh = FaceMesh(lighter(model), Look("head", "model", "model"))
            self._colours = _brightness(self._mesh.model)
        waves = float(np.mean(np.cos(2.0 * np.pi * np.array(BEATS) * time)))
        # The look takes these two fields for the beam's brightness and the lines' way.
        material = replace(
            self._material,
            translucency=1.0 - 0.16 * self._flicker * (1.0 - waves),
            exponent=(SPEED * time) % 1000.0,
        )
        return (
            Effect("blur", self._region.of(fit, time)),
            self._mesh.mesh(fit, material, self._colours),
        )


def _brightness(model: MorphableModel) -> Float32:
    """Return (n, 3) how bright the beam shows each vertex: dark within the mouth."""
    bright = model.albedo @ np.array(LUMINANCE, np.float32)
    bright = np.clip(bright / max(float(np.median(bright)), 1e-6), *SHADES)
    for part in INNER_PARTS[1:]:
        bright[model.parts.get(part, [])] *= WITHIN
    return np.repeat(bright[:, None], 3, axis=1).astype(np.float32)


def create(colour: str = "#40d8ff", lines: float = 0.6, flicker: float = 0.5) -> Hologram:
    """Make the mask.

    Parameters
    ----------
    colour : str
        Of the beam, sRGB, `#rrggbb`.
    lines : float
        How strong the scan lines are, 0 to 1.
    flicker : float
        How unsteady the beam is, 0 to 1.
    """
    for name, value in (("lines", lines), ("flicker", flicker)):
        if not 0.0 <= value <= 1.0:
            raise UsageError(f"{name}={value} must be 0 to 1.")
    colours = linear_rgb("colour", colour)
    return Hologram(
        Material(look="hologram", colour=colours, specular=lines, opacity=CLEAR), flicker
    )
