"""Wearer: the head that a prop is made for, and what hides the prop where the head is in front."""

from collections.abc import Callable

import numpy as np

from livemask.cropping import grown
from livemask.errors import ModelError
from livemask.geometry import rigid
from livemask.masks.face_mesh import INNER_PARTS
from livemask.masks.props.coarse import coarse
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Material, Mesh

UNSEEN = Material(look="occluder", lit=False)

SPACING = 4.5
"""mm between vertices of what hides."""

BEHIND = rigid(np.eye(3), np.array([0.0, 0.0, -1.5]))
"""It is coarse: what lies on the skin shall not be hidden by its corners."""

ANOTHER = 0.5
"""mm: a face that has changed by less needs no other size of what it wears."""


class Wearer:
    """The head of the person last seen, at rest.

    Parameters
    ----------
    model : MorphableModel
    needed : function
        Which of points (n, 3) of the head may lie before the prop or in its shadow.

    Attributes
    ----------
    points : (68, 3) float64
        The iBUG points of the face at rest, mm, head frame; made by `follow`.
    skin : (v, 3) float32
        The whole skin at rest.

    Raises
    ------
    ModelError
        If the model lacks some of the 68 points.
    """

    def __init__(self, model: MorphableModel, needed: Callable[[Array], Array]) -> None:
        if not model.landmark_model.known.all():
            raise ModelError(
                f"the model {model.name!r} lacks some of the 68 points, so nobody knows where on "
                "it things are worn; use another model."
            )
        self.source = model
        self.points: Float64
        self.skin: Float32
        outside = np.ones(len(model.mean), bool)
        for part in INNER_PARTS:
            outside[model.parts.get(part, [])] = False
        self._skin = coarse(model, outside, SPACING)
        self._near = coarse(model, grown(model.triangles, needed(model.mean)), SPACING)
        self._rows, self._rest = model.landmark_model, np.zeros(len(model.expression_names))
        self._identity: Float64 | None = None
        self._made_for: Float64
        self._shadow = np.zeros(len(self._near.mean), np.float32)

    def follow(self, fit: Fit) -> bool:
        """Take on the shape of the head of `fit`; return whether that is quite another one."""
        if self._identity is fit.identity:
            return False
        points = np.array(self._rows.points(fit.identity, self._rest), np.float64)
        other = self._identity is None or np.abs(points - self._made_for).max() > ANOTHER
        self._identity, self.points = fit.identity, points
        if other:
            self._made_for = points
            self.skin = self._skin.vertices(fit.identity, self._rest)
        return other

    def cast(self, shadow: Callable[[Array], Array]) -> None:
        """Lay a shadow on the skin: `shadow` says how deep it is at points (n, 3), 0 to 1."""
        if self._identity is not None:
            at_rest = self._near.vertices(self._identity, self._rest)
            self._shadow = np.clip(shadow(at_rest), 0.0, 1.0).astype(np.float32)

    def moved(self, fit: Fit) -> Float64:
        """Return by how much each of the 68 points (68, 3) has moved from rest, mm."""
        return np.asarray(self._rows.points(fit.identity, fit.expression) - self.points)

    def occluder(self, fit: Fit) -> Mesh:
        """Return the part of the head that hides what is behind it, and wears the shadow."""
        vertices = self._near.vertices(fit.identity, fit.expression)
        return Mesh(
            vertices=vertices,
            triangles=self._near.triangles,
            normals=vertices,
            camera=fit.camera,
            camera_from_mesh=BEHIND @ fit.camera_from_head,
            material=UNSEEN,
            alpha=self._shadow,
        )
