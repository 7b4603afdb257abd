"""Dresser: what is known of the faces of a frame -> the scene to draw over it."""

from collections.abc import Callable
from dataclasses import replace
from itertools import chain

import numpy as np

from livemask.dressing.finish import Finish, Worn
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
    Float32,
    Frame,
    Layer,
    Light,
    Scene,
    Seen,
    State,
)
from livemask.safety.covers import AT_ONCE, Covers
from livemask.safety.losing import Rule, rule, rule_for_nobody
from livemask.showing import Showing
from livemask.tracking.track import SURE_LIKENESS
from livemask.wardrobe import Wardrobe

LONG_AGO = -1e6  # s

FAR = 1.6
"""A passer-by who is lost may be this much farther out than where they were seen."""


class _Nothing:
    """A mask that is none."""

    hides = False

    def layers(self, *_: object) -> tuple[Layer, ...]:
        """Return nothing."""
        return ()


NOTHING = Wardrobe([(_Nothing, None)])


class Dresser:
    """Puts masks on the faces of one frame after another.

    Before the first face is seen, and while somebody whose mask hides is lost for longer than
    they are held, the whole picture is blurred; other masks vanish: unless `people` say
    something else.

    Parameters
    ----------
    model : MorphableModel
    wardrobe : Wardrobe
        May be exchanged at any time, from any thread; a scene is dressed from one throughout.
    people : People

    Attributes
    ----------
    bare : bool
        Whether nobody wears anything for the time being.
    """

    def __init__(self, model: MorphableModel, wardrobe: Wardrobe, people: People) -> None:
        self.wardrobe, self.bare = wardrobe, False
        self._model, self._people = model, people
        self._covers = Covers()
        self._last: Scene | None = None  # in which everybody was seen, if it may be shown again
        self._finish = Finish(model, Showing())
        self._occlusion: Occlusion | None = None

    def show(self, showing: Showing, background: Background = "video") -> None:
        """Put masks and picture together as `showing` says from now on; from any thread.

        `background` is what it names, as large as the frames.
        """
        self._finish = Finish(self._model, showing, background)
        if showing.occlusion != "auto":
            self._occlusion = None
        elif self._occlusion is None:  # what it has learnt of faces outlasts all else
            self._occlusion = Occlusion(self._model)

    def mind(self, people: People) -> None:
        """Dress other people from now on; between two frames."""
        self._people = people
        self._last = None  # in it, others may be bare who are to be so no longer

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

    @property
    def careful(self) -> bool:
        """Whether faces wear masks and must not be seen bare."""
        return self._rule(self.wardrobe.hides) != "real" or self._people.others == "blur"

    def scene(self, frame: Frame, seen: Seen) -> Scene:
        """Return what to draw over `frame`, in which `seen` was seen."""
        finish, bare = self._finish, self.bare
        wardrobe = NOTHING if bare else self.wardrobe
        fits = tuple(fit for fit in seen.chosen if fit.state is not State.LOST)
        for fit in (*fits, *seen.strangers):
            if _is_sure(fit):
                self._covers.see(fit, frame.time)
        self._covers.keep(seen.known)
        rules = self._rules(seen, wardrobe)
        if "freeze" in rules and self._last is not None:
            return _again(self._last, frame, fits, seen)
        layers: tuple[Layer, ...] = (Effect("blur"),)
        hidden = rules & {"blur", "freeze"}
        if not hidden or finish.replaces:
            layers = self._layers(frame, seen, wardrobe, finish)
        scene = Scene(frame, fits, layers, seen.light, finish.background, seen, bare)
        may_stay = not hidden and not bare and all(map(_is_sure, fits))
        if self._people.when_lost == "freeze" and may_stay:
            self._last = scene
        return scene

    def _rule(self, hides: bool) -> Rule:
        return rule(self._people.when_lost, hides=hides)

    def _rules(self, seen: Seen, wardrobe: Wardrobe) -> set[Rule]:
        """Return what is to be done about those who are not seen."""
        if not seen.chosen:
            return {rule_for_nobody(self._people.when_lost, hides=wardrobe.hides)}
        lost = [fit for fit in seen.chosen if fit.state is State.LOST]
        rules = {self._rule(wardrobe.hides_face(fit.id)) for fit in lost}
        # A picture that may stay for long must be one in which everybody was seen.
        if self._people.when_lost == "freeze" and any(f.state is State.HELD for f in seen.chosen):
            rules.add("freeze")
        # Where nobody at all is followed, anybody who wears a mask that hides may be there.
        if len(lost) == len(seen.chosen) and wardrobe.hides and rules == {"real"}:
            rules = {rule_for_nobody(self._people.when_lost, hides=True)}
        return rules

    def _layers(
        self, frame: Frame, seen: Seen, wardrobe: Wardrobe, finish: Finish
    ) -> tuple[Layer, ...]:
        """Return what to draw where not all of the picture is hidden."""
        wardrobe.keep(set(seen.known))
        layers: list[Layer] = []
        if not finish.replaces:
            layers += [Effect("blur", region) for region in self._blurred(seen, wardrobe)]
        worn = self._wearers(seen, wardrobe)
        layers += finish.layers([self._dressed(frame, fit, seen.light, wardrobe) for fit in worn])
        return (*layers, *self._before(frame, worn, seen, wardrobe))

    def _wearers(self, seen: Seen, wardrobe: Wardrobe) -> tuple[Fit, ...]:
        """Return the faces that masks are drawn on: those that are lost as well if theirs stay."""
        worn = [fit for fit in seen.chosen if fit.state is not State.LOST]
        lost = [fit for fit in seen.chosen if fit.state is State.LOST]
        worn += [replace(fit, state=State.HELD) for fit in lost if self._stays(fit, wardrobe)]
        if self._people.others == "mask":
            worn += [fit for fit in seen.strangers if fit.state is not State.LOST]
        return tuple(worn)

    def _blurred(self, seen: Seen, wardrobe: Wardrobe) -> list[Float32]:
        """Return the regions (n, 2) px of those who wear no mask now and are not to be seen."""
        if self._people.others == "blur":
            hidden = [(fit, _margin(fit)) for fit in seen.strangers]
        else:
            masked = self._people.others == "mask"
            hidden = [(fit, FAR) for fit in seen.strangers if masked and fit.state is State.LOST]
            hidden = [pair for pair in hidden if self._is_hidden(pair[0], wardrobe)]
        hidden += [(fit, FAR) for fit in seen.gone if self._is_hidden(fit, wardrobe)]
        return [head_outline(fit, margin) for fit, margin in hidden]

    def _stays(self, fit: Fit, wardrobe: Wardrobe) -> bool:
        """Whether the mask of a face that is lost stays where it was."""
        return self._rule(wardrobe.hides_face(fit.id)) in ("hold", "mask")

    def _is_hidden(self, fit: Fit, wardrobe: Wardrobe) -> bool:
        """Whether a face that is lost may not be seen."""
        blurred = self._people.others == "blur"
        return blurred or self._rule(wardrobe.hides_face(fit.id)) not in ("real", "hold")

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
        hides = wardrobe.hides_face(fit.id)
        cover = self._cover(fit, frame.time, hides)
        return Worn(fit, hides, tuple(chain.from_iterable(drawn)), fills, cover)

    def _cover(self, fit: Fit, time: float, hides: bool) -> Float32 | None:
        """Return what is blurred behind the mask of a face that is not seen, if anything is."""
        if _is_sure(fit) or not (hides or self._people.when_lost == "mask"):
            return None
        if self._people.when_lost == "hold":
            return head_outline(fit, AT_ONCE)
        return self._covers.over(fit, time)


def _is_sure(fit: Fit) -> bool:
    """Whether a face is where its fit says; one that moves at a jerk is beside it for a frame."""
    return fit.state is State.TRACKED and fit.confidence > SURE_LIKENESS


def _again(last: Scene, frame: Frame, fits: tuple[Fit, ...], seen: Seen) -> Scene:
    """Return the picture of a scene that is over, as of now."""
    then = Frame(last.frame.image, frame.time, frame.index)
    return replace(last, frame=then, fits=fits, seen=seen)


def _margin(fit: Fit) -> float:
    return FAR if fit.state is State.LOST else 1.0
