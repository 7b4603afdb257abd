"""The cage of the fitted face as thin lines on a faint veil."""

from dataclasses import replace

import numpy as np

from livemask.cropping import crop
from livemask.masks.cage import cage
from livemask.masks.colours import linear_rgb
from livemask.masks.face_mesh import Look, opacity
from livemask.masks.strokes import Strokes
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float32, Frame, Layer, Light, Material, Mesh

VEIL = 0.10
"""Opacity of the surface that hides the lines of the far side."""

LIFT = 1.5
"""mm by which lines float before the surface that hides the others."""

FACING = 0.4
"""Cosine between normal and line of sight below which lines fade."""

CROWDED = 6.0
"""px: shorter lines are fainter, or lips and lids would be one colour."""


class _Worn:
    """What the mask makes of one model."""

    def __init__(self, model: MorphableModel, look: Look) -> None:
        alpha = opacity(model, look)
        found = cage(model, alpha > 0.0)
        kept = np.zeros(len(model.mean), bool)
        kept[found.vertices] = True
        self.source = model
        self.model = replace(crop(model, kept), triangles=found.triangles)
        self.strokes = Strokes(found.edges)
        self.alpha = alpha[found.vertices]

    def lines(
        self, fit: Fit, vertices: Float32, normals: Float32, material: Material, width: float
    ) -> Mesh:
        """Return the lines, `width` px wide, through `vertices` (c, 3) of the head frame."""
        pose = fit.camera_from_head.astype(np.float32)
        points = vertices @ pose[:3, :3].T + pose[:3, 3]
        distance = np.sqrt(np.einsum("ij,ij->i", points, points))
        cosine = -np.einsum("ij,ij->i", normals @ pose[:3, :3].T, points) / distance
        points *= 1.0 - LIFT / distance[:, None]
        corners = self.strokes.vertices(fit.camera, points, width)
        return Mesh(
            vertices=corners,
            triangles=self.strokes.triangles,
            normals=corners,  # not asked by the look
            camera=fit.camera,
            camera_from_mesh=np.eye(4),
            material=material,
            uv=self.strokes.uv,
            alpha=self._fade(fit, points, cosine),
        )

    def _fade(self, fit: Fit, points: Float32, cosine: Float32) -> Float32:
        """Return the (4e,) opacities of lines through `points` (c, 3) of the camera frame."""
        alpha = self.alpha * np.clip(cosine / FACING, 0.0, 1.0)
        room = np.minimum(self.strokes.lengths(fit.camera, points) / CROWDED, 1.0)
        return np.asarray(alpha[self.strokes.ends] * np.repeat(room, 4), np.float32)


class Wireframe:
    """Lines over the face."""

    hides = False

    def __init__(self, look: Look, material: Material, width: float) -> None:
        self._look, self._material, self._width = look, material, width
        self._veil = replace(material, look="flat", opacity=VEIL, two_sided=False)
        self._worn: _Worn | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,
        light: Light,  # noqa: ARG002 - the contract's
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return the veil and the lines."""
        if self._worn is None or self._worn.source is not model:
            self._worn = _Worn(model, self._look)
        worn, width = self._worn, self._width * max(1.0, frame.size[1] / 720)
        vertices = worn.model.vertices(fit.identity, fit.expression)
        normals = worn.model.normals(vertices)
        return (
            Mesh(
                vertices=vertices,
                triangles=worn.model.triangles,
                normals=normals,
                camera=fit.camera,
                camera_from_mesh=fit.camera_from_head,
                material=self._veil,
                alpha=worn.alpha,
            ),
            worn.lines(fit, vertices, normals, self._material, width),
        )


def create(colour: str = "#40e0ff", width: float = 1.6, extent: str = "face") -> Wireframe:
    """Make the mask.

    Parameters
    ----------
    colour : str
        Of the lines, sRGB, `#rrggbb`.
    width : float
        Of the lines, px in a picture of up to 720 rows, more in a larger one.
    extent : str
        `face`, or `head` with ears, crown and neck.
    """
    material = Material(
        look="stroke", colour=linear_rgb("colour", colour), lit=False, two_sided=True, opacity=0.9
    )
    return Wireframe(Look(extent), material, width)
