"""TrackStage: a frame -> the scene to draw over it. Find, fit, judge, smooth, mask."""

from dataclasses import replace
from typing import Any, Protocol

from livemask.fitting.fitter import Fitter
from livemask.lighting import LightEstimate
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Effect, Fit, Float64, Frame, Layer, Light, Scene, State, UInt8
from livemask.searching import Search, ThreadedSearch
from livemask.smoothing import Smoother
from livemask.statistics import Statistics
from livemask.tracking import Tracker


class Mask(Protocol):
    """What a mask plug-in's `create` returns.

    Attributes
    ----------
    hides : bool
        Whether it is worn to cover the face: then the bare video is never shown.
    """

    hides: bool

    def layers(
        self, model: MorphableModel, fit: Fit, frame: Frame, light: Light, time: float
    ) -> tuple[Layer, ...]:
        """Return what to draw for one face."""


class TimedDetector:
    """A detector whose times are counted: `detect` is the search, `landmarks` the points."""

    def __init__(self, detector: Any, statistics: Statistics) -> None:
        self._detector, self._statistics = detector, statistics

    def find(
        self, image: UInt8, scale: float = 1.0, upsample: int = 0
    ) -> list[tuple[float, float, float, float, float]]:
        """Search a picture; see `Finder`."""
        with self._statistics.timed("detect"):
            found: list[tuple[float, float, float, float, float]] = self._detector.find(
                image, scale=scale, upsample=upsample
            )
            return found

    def detect(self, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
        """Find the points in a region; see `tracking.Detector`."""
        with self._statistics.timed("landmarks"):
            points: Float64 | None = self._detector.detect(frame, region, roll)
            return points


class TrackStage:
    """Follows one face through the frames and dresses it.

    Before the first fit, and when a face has been lost for longer than it is held, the whole
    picture is blurred if the mask hides; other masks vanish.

    Parameters
    ----------
    model : MorphableModel
    detector
        A detector plug-in.
    camera : Camera
    mask : Mask
        May be exchanged at any time, from any thread; each scene has one mask throughout.
    statistics : Statistics
    live : bool
        Whether to search in a thread rather than let the frames wait.
    """

    def __init__(
        self,
        model: MorphableModel,
        detector: Any,
        camera: Camera,
        mask: Mask,
        statistics: Statistics,
        *,
        live: bool = False,
    ) -> None:
        timed = TimedDetector(detector, statistics)
        self.mask = mask
        self._model, self._statistics = model, statistics
        self._search = ThreadedSearch(timed) if live else Search(timed)
        self._tracker = Tracker(model, timed, self._search)
        self._fitter = Fitter(model, camera)
        self._smoother = Smoother()
        self._light = LightEstimate(model)
        self._shown: Fit | None = None

    def warm_up(self) -> None:
        """Have everything compiled before the first frame comes."""
        self._fitter.warm_up()

    def __call__(self, frame: Frame) -> Scene:
        """Return the scene of `frame`."""
        fit = self._track(frame)
        self._shown = fit
        if fit is None:
            return self._bare(frame)
        with self._statistics.timed("mesh"):
            light = self._light.update(frame, fit)
            layers = self.mask.layers(self._model, fit, frame, light, frame.time)
        return Scene(frame, (fit,), layers, light)

    def close(self) -> None:
        """End the search's thread. Closing twice does nothing."""
        if isinstance(self._search, ThreadedSearch):
            self._search.close()

    def _track(self, frame: Frame) -> Fit | None:
        """Return the smooth fit of this frame, the held one, or None."""
        face = self._tracker.locate(frame)
        if face is not None:
            with self._statistics.timed("fit"):
                fit = self._fitter.fit(face)
            if self._tracker.judge(frame, face, fit):
                self._remember_only(fit.id)
                with self._statistics.timed("smooth"):
                    return self._smoother.smooth(fit, frame.time)
            if self._shown is None or self._shown.id != face.id:
                self._fitter.forget(face.id)
        if self._tracker.following and self._shown is not None:
            return replace(self._shown, state=State.HELD)
        self._remember_only(None)
        return None

    def _remember_only(self, id: int | None) -> None:  # noqa: A002 - the record's word
        """Forget the face that was shown, if another one or none takes its place."""
        if self._shown is not None and self._shown.id != id:
            self._fitter.forget(self._shown.id)
            self._smoother.forget(self._shown.id)

    def _bare(self, frame: Frame) -> Scene:
        """Return a scene without a face."""
        layers = (Effect("blur"),) if self.mask.hides else ()
        return Scene(frame, (), layers, self._light.value)
