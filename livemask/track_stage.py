"""TrackStage: a frame -> the scene to draw over it. Find, fit, judge, smooth, mask."""

import logging
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np

from livemask.finish import Finish, Worn
from livemask.fitting.fitter import Fitter
from livemask.geometry import rigid
from livemask.hiding import head_outline
from livemask.light.estimate import LightEstimate
from livemask.light.lamps import FixedLight, chosen_light
from livemask.morphable_model import MorphableModel
from livemask.occlusion.occlusion import Occlusion
from livemask.people import People
from livemask.records import (
    Background,
    Camera,
    Effect,
    Face,
    Fit,
    Frame,
    Layer,
    Light,
    Scene,
    State,
)
from livemask.showing import Showing
from livemask.statistics import Statistics
from livemask.tracking.extras import LEVELS
from livemask.tracking.flow import Steady
from livemask.tracking.gaze import Gaze
from livemask.tracking.lids import Lids
from livemask.tracking.manner import Manner
from livemask.tracking.searching import Search, ThreadedSearch
from livemask.tracking.smoothing import Smoother
from livemask.tracking.timed_detector import TimedDetector
from livemask.tracking.track import Track
from livemask.tracking.tracker import Tracker
from livemask.wardrobe import Wardrobe

LOG = logging.getLogger(__name__)

LONG_AGO = -1e6  # s

FAR = 1.6
"""A passer-by who is lost may be this much farther out than where they were seen."""


class TrackStage:
    """Follows the faces through the frames and dresses them.

    Before the first fit, and while somebody whose mask hides is lost for longer than they are
    held, the whole picture is blurred; other masks vanish.

    Parameters
    ----------
    model : MorphableModel
    detector
        A detector plug-in.
    camera : Camera
    wardrobe : Wardrobe
        May be exchanged at any time, from any thread; a scene is dressed from one throughout.
    statistics : Statistics
    people : People
        How many faces, which, and what becomes of the others.
    manner : Manner
        How calmly and how thoroughly they are followed.
    live : bool
        Whether to search in a thread rather than let the frames wait.
    """

    def __init__(
        self,
        model: MorphableModel,
        detector: Any,
        camera: Camera,
        wardrobe: Wardrobe,
        statistics: Statistics,
        *,
        people: People | None = None,
        manner: Manner | None = None,
        live: bool = False,
    ) -> None:
        timed = TimedDetector(detector, statistics)
        people, manner = people or People(), manner or Manner()
        self.wardrobe = wardrobe
        self._model, self._statistics, self._people = model, statistics, people
        self._camera = camera
        self._search = ThreadedSearch(timed) if live else Search(timed)
        self._tracker = Tracker(model, timed, self._search, people)
        self._fitter = Fitter(model, camera)
        self._steady = Steady()
        self._lids, self._gaze = Lids(model.expression_names), Gaze(model)
        self._smoother = Smoother(manner.smoothing)
        self._light: LightEstimate | FixedLight = LightEstimate(model)
        self._extras, self._lit = LEVELS[manner.fit], -np.inf  # when the light was looked at, s
        self._finish = Finish(model, Showing())
        self._occlusion: Occlusion | None = None
        self._shown: dict[int, Fit] = {}  # the last smooth fit of each face that is held
        self._known: set[int] = set()  # of whom the fitter remembers something

    def show(self, showing: Showing, background: Background = "video") -> None:
        """Put masks and picture together as `showing` says from now on; from any thread.

        `background` is what it names, as large as the frames.
        """
        self._light = chosen_light(showing) or LightEstimate(self._model)
        self._finish = Finish(self._model, showing, background)
        self._occlusion = Occlusion(self._model) if showing.occlusion == "auto" else None

    def warm_up(self) -> Scene:
        """Have everything compiled and made before the first frame comes.

        Returns a scene of a face that nobody sees: drawing it has the shaders compiled.
        """
        self._fitter.warm_up()
        self._gaze.warm_up()
        width, height = self._camera.size
        # So long ago that whatever is learnt of the light and of skin is replaced at once.
        frame = Frame(np.full((height, width, 3), 128, np.uint8), LONG_AGO, 0)
        pose = rigid(np.eye(3), np.array([0.0, 0.0, -700.0]))
        rows = self._model.landmark_model
        identity, expression = np.zeros(len(rows.identity)), np.zeros(len(rows.expressions))
        layers: list[Layer] = [Effect("blur")]
        for face in range(self._people.most):
            fit = Fit(face, self._camera, pose, identity, expression, 0.0, 1.0, State.TRACKED)
            light = self._light.update(frame, fit)
            for mask in self.wardrobe.masks(face):
                layers += mask.layers(self._model, fit, frame, light, frame.time)
        return Scene(frame, (), tuple(layers), self._light.value)

    def __call__(self, frame: Frame) -> Scene:
        """Return the scene of `frame`."""
        for face in self._tracker.locate(frame):
            self._known.add(face.id)
            steady = self._steadied(frame, face)
            with self._statistics.timed("fit"):
                fit = self._fitter.fit(steady, frame.time)
            # By the points as they were seen: flow holds those of a wall still, too.
            if self._tracker.judge(frame, face, fit):
                fit = self._seen_eyes(frame, steady, fit)
                with self._statistics.timed("smooth"):
                    smooth = self._smoother.smooth(fit, frame.time)
                if face.id not in self._shown:
                    LOG.info("face %d is there at %.2f s", face.id, frame.time)
                self._shown[face.id] = smooth
        held = self._tracker.held(frame.time)
        self._forget_all_but(held)
        fits = {track.id: self._fit(track, frame.time) for track in held}
        chosen = tuple(fits[track.id] for track in held if track.chosen)
        with self._statistics.timed("mesh"):
            light = self._light_of(frame, chosen)
            strangers = tuple(fits[track.id] for track in held if not track.chosen)
            layers = self._layers(frame, chosen, strangers)
        return Scene(frame, chosen, layers, light, self._finish.background)

    def close(self) -> None:
        """End the search's thread. Closing twice does nothing."""
        if isinstance(self._search, ThreadedSearch):
            self._search.close()

    def _steadied(self, frame: Frame, face: Face) -> Face:
        """Return `face` with points that flow holds, if it is asked to."""
        if not self._extras.flow:
            return face
        with self._statistics.timed("flow"):
            return self._steady.steady(frame, face)

    def _seen_eyes(self, frame: Frame, face: Face, fit: Fit) -> Fit:
        """Return `fit` with lids and glance as they are in the picture, if they are looked at."""
        if self._extras.lids:
            with self._statistics.timed("lids"):
                fit = self._lids.see(frame, face, fit)
        if self._extras.gaze:
            with self._statistics.timed("gaze"):
                fit = self._gaze.see(frame, face, fit)
        return fit

    def _light_of(self, frame: Frame, fits: tuple[Fit, ...]) -> Light:
        """Return the light on the first of `fits`, looked at again if it is time to."""
        if not fits or 0.0 <= frame.time - self._lit < self._extras.light:
            return self._light.value
        self._lit = frame.time
        return self._light.update(frame, fits[0])

    def _fit(self, track: Track, time: float) -> Fit:
        """Return the smooth fit of a face, held if it was not seen in this frame."""
        fit = self._shown[track.id]
        return fit if track.seen == time else replace(fit, state=State.HELD)

    def _forget_all_but(self, held: list[Track]) -> None:
        """Let go of faces that are lost; the fitter remembers them for as long as the tracker."""
        for id in self._shown.keys() - {track.id for track in held}:  # noqa: A001
            LOG.info("face %d is lost", id)
            del self._shown[id]
            self._smoother.forget(id)
            self._steady.forget(id)
        gone = self._known - {track.id for track in self._tracker.tracks}
        for id in gone:  # noqa: A001
            self._fitter.forget(id)
            self._lids.forget(id)
            self._gaze.forget(id)
        self._known -= gone

    def _layers(
        self, frame: Frame, chosen: tuple[Fit, ...], strangers: tuple[Fit, ...]
    ) -> tuple[Layer, ...]:
        """Return what to draw, or that everything is to be blurred."""
        wardrobe, missed = self.wardrobe, self._tracker.missed(frame.time)
        lost = [track.id for track in missed if track.chosen]
        unsafe = any(map(wardrobe.hides_face, lost)) or (not chosen and wardrobe.hides)
        if unsafe and not self._finish.replaces:
            return (Effect("blur"),)
        wardrobe.keep({track.id for track in self._tracker.tracks})
        layers: list[Layer] = []
        if self._people.others == "blur" and not self._finish.replaces:
            layers += [Effect("blur", head_outline(fit)) for fit in strangers]
            layers += [
                Effect("blur", head_outline(track.last, FAR))
                for track in missed
                if not track.chosen and track.last is not None
            ]
        worn = chosen + (strangers if self._people.others == "mask" else ())
        layers += self._finish.layers([self._dressed(frame, fit) for fit in worn])
        return (*layers, *self._before(frame, worn))

    def _before(self, frame: Frame, worn: tuple[Fit, ...]) -> list[Layer]:
        """Return what is in front of the masks, if that is looked for."""
        occlusion = self._occlusion
        if occlusion is None:
            return []
        occlusion.keep({track.id for track in self._tracker.tracks})
        hides = self.wardrobe.hides_face
        return [mesh for fit in worn for mesh in occlusion.layers(frame, fit, hides(fit.id))]

    def _dressed(self, frame: Frame, fit: Fit) -> Worn:
        """Return what a face wears."""
        light = self._light.value
        masks = self.wardrobe.masks(fit.id)
        drawn = [mask.layers(self._model, fit, frame, light, frame.time) for mask in masks]
        hides = self.wardrobe.hides_face(fit.id)
        fills = any(getattr(mask, "fills", False) for mask in masks)
        return Worn(fit, hides, tuple(chain.from_iterable(drawn)), fills)
