"""Likeness: the face of a photo on a head model, in the tone of who wears it."""

from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from livemask.cropping import crop, grown
from livemask.landmarks import OUTER_LIPS
from livemask.light.skin import LUMINANCE
from livemask.masks.face_mesh import INNER_PARTS, FaceMesh, Look
from livemask.masks.looks.complexion import Complexion
from livemask.masks.swapping.baking import Baked
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Frame, Layer, Light, Material, Mesh

SKIN = Material(look="face", specular=0.06, exponent=24.0)
"""Faint: the photo has brought its own highlights along."""

EYES = Material(look="face", specular=0.5, exponent=60.0)
MOUTH = Material(look="face", specular=0.12, exponent=40.0)

UNSEEN = Material(look="occluder", lit=False)

AROUND = 70.0
"""mm around eyes or lips: deeper than any of them goes."""

EYE_TONE = (0.5, 1.25)
"""How much darker or lighter than in the photo eyes may be: white is white in all people."""


class Likeness:
    """The skin of a photo over the wearer's.

    Parameters
    ----------
    model : MorphableModel
    baked : Baked
    shown : (n,) float32, optional
        How much of each vertex is shown; the whole face if left out.

    Attributes
    ----------
    source : MorphableModel
    kept : (n,) bool
        Which of its vertices are drawn.
    tone : float
        How much lighter than the photo's the wearer's skin is.
    """

    def __init__(self, model: MorphableModel, baked: Baked, shown: Float32 | None = None) -> None:
        self.source, self._baked = model, baked
        self._face = FaceMesh(_weighted(model, shown), Look())
        self.kept = self._face.kept
        self._uv = baked.skin_uv[self.kept]
        self._material = replace(SKIN, texture=baked.skin)
        self._complexion = Complexion(_plain(model, baked.albedo), varied=True)
        self._used: Float32 | None = None
        self._colours = np.ones((len(self._uv), 3), np.float32)
        self.tone = 1.0

    def skin(self, fit: Fit, frame: Frame, light: Light) -> Mesh:
        """Return the skin, in the light of the room and in the tone of who wears it."""
        factors = self._complexion.update(frame, fit, light)
        if factors is not self._used:
            self._used, self._colours = factors, factors[self.kept]
            self.tone = float(np.clip(np.median(factors @ LUMINANCE), *EYE_TONE))
        return self._face.mesh(fit, self._material, self._colours, self._uv)


class Piece:
    """A part of the head that moves with it and is not skin: eyes, or what is in the mouth.

    Parameters
    ----------
    model : MorphableModel
    vertices : int array
        Its vertices.
    material : Material
    uv : (n, 2) float32, optional
        Of all vertices of the model, for a material with a texture; without one it has the
        colours of the model.
    """

    def __init__(
        self, model: MorphableModel, vertices: Array, material: Material, uv: Float32 | None = None
    ) -> None:
        wanted = np.zeros(len(model.mean), bool)
        wanted[vertices] = True
        self._model, self._material = crop(model, wanted), material
        self._uv = None if uv is None else np.ascontiguousarray(uv[wanted])
        self._colours = self._model.albedo

    def layers(self, fit: Fit, tone: float = 1.0) -> tuple[Layer, ...]:
        """Return it as `fit` shows it, if the model has it."""
        if not len(self._model.triangles):
            return ()
        vertices = self._model.vertices(fit.identity, fit.expression)
        mesh = Mesh(
            vertices=vertices,
            triangles=self._model.triangles,
            normals=self._model.normals(vertices),
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head,
            material=replace(self._material, colour=(float(tone),) * 3),
            uv=self._uv,
            colours=None if self._uv is not None else self._colours,
        )
        return (mesh,)


class Surroundings:
    """The skin around what is drawn of a face, unseen: it hides eyes and mouth from outside.

    Parameters
    ----------
    likeness : Likeness
        What is drawn.
    around : slice
        The landmarks about which it lies.
    """

    def __init__(self, likeness: Likeness, around: slice) -> None:
        model, marks = likeness.source, likeness.source.landmark_vertices[around]
        near = np.zeros(len(model.mean), bool)
        if (marks >= 0).any():
            apart, _ = cKDTree(model.mean[marks[marks >= 0]]).query(model.mean)
            near = (np.asarray(apart) < AROUND) & ~likeness.kept
        near = grown(model.triangles, near) if near.any() else near
        for part in INNER_PARTS:
            near[model.parts.get(part, [])] = False
        self._model = crop(model, near)
        self._alpha = np.zeros(len(self._model.mean), np.float32)

    def layers(self, fit: Fit) -> tuple[Layer, ...]:
        """Return it as `fit` shows it."""
        if not len(self._model.triangles):
            return ()
        vertices = self._model.vertices(fit.identity, fit.expression)
        mesh = Mesh(
            vertices=vertices,
            triangles=self._model.triangles,
            normals=vertices,
            camera=fit.camera,
            camera_from_mesh=fit.camera_from_head,
            material=UNSEEN,
            alpha=self._alpha,
        )
        return (mesh,)


def eyes_of(model: MorphableModel, baked: Baked) -> Piece:
    """Return the eyes of a photo."""
    material = replace(EYES, texture=baked.eyes)
    return Piece(model, model.parts.get("eyes", np.empty(0, int)), material, baked.eyes_uv)


def mouth_of(model: MorphableModel) -> Piece:
    """Return the model's teeth, tongue and gums."""
    parts = [model.parts.get(part, np.empty(0, int)) for part in ("teeth", "tongue", "mouth")]
    return Piece(model, np.concatenate(parts).astype(int), MOUTH)


def _weighted(model: MorphableModel, shown: Float32 | None) -> MorphableModel:
    if shown is None:
        return model
    return replace(model, face_weight=np.minimum(shown, model.face_weight))


def _plain(model: MorphableModel, albedo: Float32) -> MorphableModel:
    """Return a model of the photo's colours, whose brows and lips are to be left as they are."""
    marks = model.landmark_vertices.copy()
    marks[17:27] = -1
    marks[OUTER_LIPS] = -1
    return replace(model, albedo=albedo, landmark_vertices=marks)
