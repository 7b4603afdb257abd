"""Prop: things worn on the head, as a mask."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np

from livemask.geometry import rigid
from livemask.masks.props.solid import Solid
from livemask.masks.props.wearer import Wearer
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Frame, Layer, Light, Mesh


class Design(Protocol):
    """What kind of thing it is."""

    def needed(self, points: Array) -> Array:
        """Return which of points (n, 3) of the mean head may be before the thing: (n,) bool."""

    def made(self, wearer: Wearer) -> tuple[Solid, ...]:
        """Return the thing in the size of a head: always of the same triangles."""

    def shadow(self, wearer: Wearer) -> Callable[[Array], Array]:
        """Return what says how deep its shadow is at points (n, 3) of the skin."""

    def carried(self, moved: Float64) -> Float64:
        """Return how far (3,) mm the thing goes with the skin whose 68 points have `moved`."""


class Prop:
    """A thing that is worn and goes with the head.

    Parameters
    ----------
    design : Design
    """

    hides = False
    over = True

    def __init__(self, design: Design) -> None:
        self._design = design
        self._worn: _Worn | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,  # noqa: ARG002 - the contract's
        light: Light,  # noqa: ARG002
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return the head, unseen, and what is worn on it."""
        if self._worn is None or self._worn.wearer.source is not model:
            self._worn = _Worn(self._design, model)
        return self._worn.layers(fit)


class _Worn:
    """What a design is on one model."""

    def __init__(self, design: Design, model: MorphableModel) -> None:
        self._design = design
        self.wearer = Wearer(model, design.needed)
        self._solids: tuple[Solid, ...] = ()

    def layers(self, fit: Fit) -> tuple[Layer, ...]:
        wearer = self.wearer
        if wearer.follow(fit):
            self._solids = _same(self._solids, self._design.made(wearer))
            wearer.cast(self._design.shadow(wearer))
        by = self._design.carried(wearer.moved(fit))
        place = fit.camera_from_head @ rigid(np.eye(3), by)
        return (wearer.occluder(fit), *(meshed(solid, fit, place) for solid in self._solids))


def _same(old: tuple[Solid, ...], new: tuple[Solid, ...]) -> tuple[Solid, ...]:
    """Return `new` with the arrays of `old` that never differ: they are uploaded only once."""
    if not old:
        return new
    return tuple(
        replace(n, triangles=o.triangles, material=o.material, colours=o.colours, alpha=o.alpha,
                uv=o.uv)
        for o, n in zip(old, new, strict=True)
    )  # fmt: skip


def meshed(solid: Solid, fit: Fit, place: Float64, vertices: Float32 | None = None) -> Mesh:
    """Return a solid as `fit` shows it, moved to `place` (camera from its own frame)."""
    return Mesh(
        vertices=solid.vertices if vertices is None else vertices,
        triangles=solid.triangles,
        normals=solid.normals,
        camera=fit.camera,
        camera_from_mesh=place,
        material=solid.material,
        uv=solid.uv,
        alpha=solid.alpha,
        colours=solid.colours,
    )
