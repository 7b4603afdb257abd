"""A moustache that moves with the upper lip."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from livemask.masks.face_mesh import one_of
from livemask.masks.props.prop import meshed
from livemask.masks.props.wearer import Wearer
from livemask.masks.props.whiskers import COLOURS, HELD, STYLES, Style, Whiskers, grown_on
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Frame, Layer, Light

DEPTH, REACH = 0.5, 0.85
"""How dark the skin below is, and over which share of its thickness that fades beside it."""


class Moustache:
    """Hairs on the upper lip: grown on the mean head, and carried by the points of each face.

    Parameters
    ----------
    style : Style
    colour : (float, float, float)
        Linear RGB.
    """

    hides = False
    over = True

    def __init__(self, style: Style, colour: tuple[float, float, float]) -> None:
        self._style, self._colour = style, colour
        self._wearer: Wearer | None = None
        self._whiskers: Whiskers

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,  # noqa: ARG002 - the contract's
        light: Light,  # noqa: ARG002
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return the face, unseen, and the hairs."""
        if self._wearer is None or self._wearer.source is not model:
            self._wearer = Wearer(model, _near_nose(model))
            self._wearer.follow(replace(fit, identity=np.zeros(len(model.identity))))
            self._whiskers = self._grown(self._wearer)
        wearer, whiskers = self._wearer, self._whiskers
        by = whiskers.weights @ wearer.moved(fit)[HELD].astype(np.float32)
        hairs = meshed(whiskers.solid, fit, fit.camera_from_head, whiskers.solid.vertices + by)
        return (wearer.occluder(fit), hairs)

    def _grown(self, wearer: Wearer) -> Whiskers:
        made = grown_on(wearer, self._style, self._colour)
        tree, thick = cKDTree(made.spread[:, :2]), made.spread[:, 2]

        def deep(points: Array) -> Array:
            apart, at = tree.query(points[:, :2])
            wide = REACH * thick[np.asarray(at)]
            return DEPTH * np.exp(-((np.asarray(apart) / wide) ** 2)) * (points[:, 2] > 60.0)

        wearer.cast(deep)
        return made


def _near_nose(model: MorphableModel) -> Callable[[Array], Array]:
    nose = model.mean[model.landmark_vertices[33]]
    return lambda points: np.asarray(np.linalg.norm(points - nose, axis=1) < 70.0)


def create(style: str = "handlebar", colour: str = "brown") -> Moustache:
    """Make the mask.

    Parameters
    ----------
    style : str
        `handlebar`, `chevron`, `walrus` or `pencil`.
    colour : str
        `black`, `brown`, `ginger`, `blond`, `grey` or `white`.
    """
    kind = STYLES[one_of("style", style, STYLES)]
    return Moustache(kind, COLOURS[one_of("colour", colour, COLOURS)])
