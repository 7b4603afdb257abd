"""A projected head in scan lines; what lies behind it is blurred."""

from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from livemask.coarsening import lighter
from livemask.errors import UsageError
from livemask.masks.colours import linear_rgb
from livemask.masks.face_mesh import INNER_PARTS, FaceMesh, Look
from livemask.masks.hidden.region import HeadRegion
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Effect, Fit, Float32, Frame, Layer, Light, Material

CLEAR = 0.78
"""Opacity of what is seen head on: the rest is the blurred picture."""

SPEED = 9.0
"""mm a second by which the lines rise."""

BEATS = (0.7, 1.9, 4.3)
"""Hz of the slow waves that the beam flickers in."""


LUMINANCE = (0.2126, 0.7152, 0.0722)

SHADES, WITHIN = (0.45, 1.25), 0.35
"""Times as bright as most of the skin, at least and at most; and what is in the mouth."""

WIRES, FAINT = (5.0, 14.0), 0.12
"""mm from the landmarks of eyes and mouth over which the rim grows; and its share there."""


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
    """Return (n, 3) how bright the beam shows each vertex, and how bright its rim there is.

    It is dark within the mouth. Lids and lips have but a faint rim: their edges are so sharp
    that they would be drawn as bright wires.
    """
    bright = model.albedo @ np.array(LUMINANCE, np.float32)
    bright = np.clip(bright / max(float(np.median(bright)), 1e-6), *SHADES)
    for part in INNER_PARTS[1:]:
        bright[model.parts.get(part, [])] *= WITHIN
    rim = np.minimum(bright, 1.0) * _away(model)
    return np.column_stack([bright, rim, rim]).astype(np.float32)


def _away(model: MorphableModel) -> Array:
    """Return (n,) 1 away from eyes and mouth, FAINT at the edges of lids and lips."""
    marks = model.landmark_vertices[36:]
    marks = marks[marks >= 0]
    if not len(marks):
        return np.ones(len(model.mean))
    near, _ = cKDTree(model.mean[marks]).query(model.mean)
    return np.asarray(np.interp(near, WIRES, (FAINT, 1.0)))


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
