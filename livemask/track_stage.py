"""TrackStage: a frame -> the scene to draw over it. Find, fit, judge, smooth, dress."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from livemask.calibration.calibrator import Calibrator
from livemask.calibration.person import Person
from livemask.dressing.dressing import Dressing
from livemask.fitting.fitter import Fitter
from livemask.morphable_model import MorphableModel
from livemask.people import People
from livemask.records import Camera, Face, Fit, Frame, Light, Scene, Seen, State
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


class TrackStage(Dressing):
    """Follows the faces through the frames, and has them dressed.

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
        super().__init__(model, wardrobe, people)
        self._statistics, self._camera = statistics, camera
        self._search = ThreadedSearch(timed) if live else Search(timed)
        self._tracker = Tracker(model, timed, self._search, people)
        self._fitter = Fitter(model, camera)
        self._calibrator = Calibrator(model.expression_names, self._fitter.take_rest)
        self._steady = Steady()
        self._lids, self._gaze = Lids(model.expression_names), Gaze(model)
        self._smoother = Smoother(manner.smoothing, manner.face)
        self._fit_level, self._spares = manner.fit, False
        self._extras, self._lit = LEVELS[manner.fit], -np.inf  # when the light was looked at, s
        self._shown: dict[int, Fit] = {}  # the last smooth fit of each face that is held
        self._known: set[int] = set()  # of whom the fitter remembers something

    def follow(self, manner: Manner) -> None:
        """Follow faces so from now on; between two frames."""
        self._smoother = Smoother(manner.smoothing, manner.face)
        self._fit_level = manner.fit
        self.spare(self._spares)

    def spare(self, on: bool) -> None:
        """Look at faces as with `--fit fast` for the time being, or as told; between two frames."""
        self._spares = on
        self._extras = LEVELS["fast" if on else self._fit_level]

    def mind(self, people: People) -> None:
        """Be about other people from now on; between two frames."""
        self._tracker.mind(people)
        self._dresser.mind(people)

    def choose(self, face: int) -> None:
        """Make a face that is there a chosen one; between two frames."""
        self._tracker.choose(face)

    def forget_faces(self) -> None:
        """Learn anew how everybody looks; between two frames. Nobody is lost over it."""
        for id in self._known:  # noqa: A001
            self._fitter.forget(id)
            self._lids.forget(id)
            self._gaze.forget(id)
        self._calibrator.forget()

    def calibrate_for(self, person: Person) -> None:
        """Apply the calibration of `person`, and take it when they ask; between two frames."""
        self._calibrator.person = person

    def lock_identity(self, lock: bool) -> None:
        """Learn of nobody any more what their head is like, or learn again; between two frames.

        The identity of the first face is then everybody's.
        """
        first = next((track.id for track in self._tracker.tracks if track.id in self._known), None)
        self._fitter.lock(first if lock else None)

    def warm_up(self) -> Scene:
        """Have everything compiled and made before the first frame comes.

        Returns a scene of a face that nobody sees: drawing it has the shaders compiled.
        """
        self._fitter.warm_up()
        self._gaze.warm_up()
        return self._dresser.warm_up(self._camera, self._light.update)

    def __call__(self, frame: Frame) -> Scene:
        """Return the scene of `frame`."""
        self._tracker.careful = self._dresser.careful
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
        with self._statistics.timed("mesh"):
            return self._dresser.scene(frame, self._seen(frame, fits))

    def close(self) -> None:
        """End the search's thread. Closing twice does nothing."""
        if isinstance(self._search, ThreadedSearch):
            self._search.close()

    def _seen(self, frame: Frame, fits: dict[int, Fit]) -> Seen:
        """Return what is known of this frame; `fits` are of the faces that are held."""
        held, missed = self._tracker.held(frame.time), self._tracker.missed(frame.time)
        chosen = tuple(fits[track.id] for track in held if track.chosen)
        chosen = self._calibrator.apply(chosen, frame.time)
        strangers = tuple(fits[track.id] for track in held if not track.chosen)
        known = frozenset(track.id for track in self._tracker.tracks)
        return Seen(
            (*chosen, *_lost(track for track in missed if track.chosen)),
            (*strangers, *_lost(track for track in missed if not track.chosen)),
            known,
            self._light_of(frame, chosen),
            (*_lost(self._tracker.gone(frame.time)), *self._suspects(frame, chosen + strangers)),
            {track.id: track.sought for track in held if track.sought is not None},
        )

    def _suspects(self, frame: Frame, fits: tuple[Fit, ...]) -> tuple[Fit, ...]:
        """Return where somebody may be who is none of `fits`."""
        self._tracker.suspects.keep(frame.time, fits)
        return self._tracker.suspects.fits

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


def _lost(tracks: Iterable[Track]) -> tuple[Fit, ...]:
    """Return where faces were last seen that are no longer held."""
    return tuple(replace(track.last, state=State.LOST) for track in tracks if track.last)
