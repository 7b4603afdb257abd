"""A painted picture on the face, in the layout of `livemask masks template`."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from livemask.cropping import crop
from livemask.errors import UsageError
from livemask.masks.face_mesh import INNER_PARTS, FaceMesh, Look
from livemask.masks.painting.layout import painting_uv
from livemask.masks.painting.picture import Picture, picture_of
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Frame, Layer, Light, Material, Mesh
from livemask.resources import resource

SHARPNESS = 40.0
"""Exponent of the highlight."""


class _Worn:
    """What a painted mask makes of one model."""

    def __init__(self, model: MorphableModel, look: Look) -> None:
        # Teeth are not painted: they are a mesh of their own.
        self.face = FaceMesh(model, replace(look, mouth="live"))
        self.uv = painting_uv(model)[self.face.kept]
        inner = np.zeros(len(model.mean), bool)
        for part in INNER_PARTS[1:] if look.mouth == "model" else ():
            inner[model.parts.get(part, [])] = True
        self._inner = crop(model, inner) if inner.any() else None

    def mouth(self, fit: Fit) -> tuple[Mesh, ...]:
        """Return teeth, tongue and gums, if they are not the person's own."""
        if self._inner is None:
            return ()
        vertices = self._inner.vertices(fit.identity, fit.expression)
        mesh = Mesh(
            vertices=vertices,
            triangles=self._inner.triangles,
            normals=self._inner.normals(vertices),
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head,
            colours=self._inner.albedo,
        )
        return (mesh,)


class Painted:
    """A picture that lies on the skin.

    Parameters
    ----------
    picture : Picture
    look : Look
    material : Material
        Without its texture.
    hides : bool
    """

    hides = True

    def __init__(
        self, picture: Picture, look: Look, material: Material, *, hides: bool = True
    ) -> None:
        self.hides = hides
        self._picture, self._look, self._material = picture, look, material
        self._worn: _Worn | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,  # noqa: ARG002 - the contract's
        light: Light,  # noqa: ARG002
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return the painted face of `fit`."""
        if self._worn is None or self._worn.face.source is not model:
            self._worn = _Worn(model, self._look)
        image = self._picture.image()
        if self._material.texture is not image:
            self._material = replace(self._material, texture=image)
        face = self._worn.face.mesh(fit, self._material, uv=self._worn.uv)
        return (*self._worn.mouth(fit), face)


def shipped(file: str, look: Look, gloss: float) -> Painted:
    """Return the painted mask `assets/paint/FILE`."""
    material = Material(look="face", specular=gloss, exponent=SHARPNESS)
    return Painted(picture_of(resource(f"assets/paint/{file}")), look, material)


def create(
    file: Path,
    extent: str = "face",
    eyes: str = "live",
    mouth: str = "live",
    gloss: float = 0.15,
    opacity: float = 1.0,
    hides: bool = True,
) -> Painted:
    """Make the mask.

    Parameters
    ----------
    file : Path
        The picture; what is transparent in it shows the person. It is read again when it
        changes.
    extent : str
        `face`, or `head`: what lies beyond the picture takes the colours of its edge.
    eyes, mouth : str
        `live`: the person's own show; `model`: eyes are painted over, teeth are the model's.
    gloss : float
        Strength of the highlight, 0 to 1.
    opacity : float
        Of all of it, 0 to 1.
    hides : bool
        Whether it is worn to cover the face: then the bare video is never shown.
    """
    if not 0.0 <= opacity <= 1.0:
        raise UsageError(f"opacity={opacity} must be 0 to 1.")
    picture = picture_of(file)
    material = Material(look="face", specular=gloss, exponent=SHARPNESS, opacity=opacity)
    return Painted(picture, Look(extent, eyes, mouth), material, hides=hides)
