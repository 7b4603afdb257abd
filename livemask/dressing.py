"""Dresser: what is known of the faces of a frame -> the scene to draw over it."""

from collections.abc import Callable
from itertools import chain

import numpy as np

from livemask.finish import Finish, Worn
from livemask.geometry import rigid
from livemask.hiding import head_outline
from livemask.morphable_model import MorphableModel
from livemask.occlusion.occlusion import Occlusion
from livemask.people import People
from livemask.records import (
    Background,
    Camera,
    Effect,
    Fit,
    Frame,
    Layer,
    Light,
    Scene,
    Seen,
    State,
)
from livemask.showing import Showing
from livemask.wardrobe import Wardrobe

LONG_AGO = -1e6  # s

FAR = 1.6
"""A passer-by who is lost may be this much farther out than where they were seen."""


class Dresser:
    """Puts masks on the faces of one frame after another.

    Before the first face is seen, and while somebody whose mask hides is lost for longer than
    they are held, the whole picture is blurred; other masks vanish.

    Parameters
    ----------
    model : MorphableModel
    wardrobe : Wardrobe
        May be exchanged at any time, from any thread; a scene is dressed from one throughout.
    people : People
    """

    def __init__(self, model: MorphableModel, wardrobe: Wardrobe, people: People) -> None:
        self.wardrobe = wardrobe
        self._model, self._people = model, people
        self._finish = Finish(model, Showing())
        self._occlusion: Occlusion | None = None

    def show(self, showing: Showing, background: Background = "video") -> None:
        """Put masks and picture together as `showing` says from now on; from any thread.

        `background` is what it names, as large as the frames.
        """
        self._finish = Finish(self._model, showing, background)
        self._occlusion = Occlusion(self._model) if showing.occlusion == "auto" else None

    def warm_up(self, camera: Camera, light_of: Callable[[Frame, Fit], Light]) -> Scene:
        """Have everything made before the first frame comes; `light_of` tells the light.

        Returns a scene of a face that nobody sees: drawing it has the shaders compiled.
        """
        width, height = camera.size
        # So long ago that whatever is learnt of the light and of skin is replaced at once.
        frame = Frame(np.full((height, width, 3), 128, np.uint8), LONG_AGO, 0)
        pose = rigid(np.eye(3), np.array([0.0, 0.0, -700.0]))
        rows = self._model.landmark_model
        identity, expression = np.zeros(len(rows.identity)), np.zeros(len(rows.expressions))
        layers: list[Layer] = [Effect("blur")]
        light = Light.default()
        for face in range(self._people.most):
            fit = Fit(face, camera, pose, identity, expression, 0.0, 1.0, State.TRACKED)
            light = light_of(frame, fit)
            for mask in self.wardrobe.masks(face):
                layers += mask.layers(self._model, fit, frame, light, frame.time)
        return Scene(frame, (), tuple(layers), light)

    def scene(self, frame: Frame, seen: Seen) -> Scene:
        """Return what to draw over `frame`, in which `seen` was seen."""
        finish = self._finish
        fits = tuple(fit for fit in seen.chosen if fit.state is not State.LOST)
        layers = self._layers(frame, seen, fits, finish)
        return Scene(frame, fits, layers, seen.light, finish.background, seen)

    def _layers(
        self, frame: Frame, seen: Seen, fits: tuple[Fit, ...], finish: Finish
    ) -> tuple[Layer, ...]:
        """Return what to draw, or that everything is to be blurred."""
        wardrobe = self.wardrobe
        lost = [fit.id for fit in seen.chosen if fit.state is State.LOST]
        unsafe = any(map(wardrobe.hides_face, lost)) or (not fits and wardrobe.hides)
        if unsafe and not finish.replaces:
            return (Effect("blur"),)
        wardrobe.keep(set(seen.known))
        layers: list[Layer] = []
        if self._people.others == "blur" and not finish.replaces:
            layers += [Effect("blur", head_outline(fit, _margin(fit))) for fit in seen.strangers]
        if self._people.others == "mask":
            fits += tuple(fit for fit in seen.strangers if fit.state is not State.LOST)
        layers += finish.layers([self._dressed(frame, fit, seen.light, wardrobe) for fit in fits])
        return (*layers, *self._before(frame, fits, seen, wardrobe))

    def _before(
        self, frame: Frame, worn: tuple[Fit, ...], seen: Seen, wardrobe: Wardrobe
    ) -> list[Layer]:
        """Return what is in front of the masks, if that is looked for."""
        occlusion = self._occlusion
        if occlusion is None:
            return []
        occlusion.keep(set(seen.known))
        hides = wardrobe.hides_face
        return [mesh for fit in worn for mesh in occlusion.layers(frame, fit, hides(fit.id))]

    def _dressed(self, frame: Frame, fit: Fit, light: Light, wardrobe: Wardrobe) -> Worn:
        """Return what a face wears."""
        masks = wardrobe.masks(fit.id)
        drawn = [mask.layers(self._model, fit, frame, light, frame.time) for mask in masks]
        fills = any(getattr(mask, "fills", False) for mask in masks)
        layers = tuple(chain.from_iterable(drawn))
        return Worn(fit, wardrobe.hides_face(fit.id), layers, fills)


def _margin(fit: Fit) -> float:
    return FAR if fit.state is State.LOST else 1.0
