"""Chain: the whole tracking as the application runs it, with a look at the detected points."""

from typing import Any

import numpy as np

from benchmarks.clips import Bare
from livemask.morphable_model import MorphableModel
from livemask.records import Camera, Face, Fit, Float64, Frame, State
from livemask.statistics import Statistics
from livemask.track_stage import TrackStage
from livemask.tracking.extras import Level
from livemask.tracking.manner import Manner
from livemask.wardrobe import Wardrobe


class Chain:
    """Tracks one face. The settings are the application's own, the same for every measure.

    Parameters
    ----------
    model : MorphableModel
    camera : Camera
    detector
        A detector plug-in.
    fit : str
        As in `--fit`.
    """

    def __init__(
        self, model: MorphableModel, camera: Camera, detector: Any, fit: Level = "full"
    ) -> None:
        self._stage = TrackStage(
            model,
            detector,
            camera,
            Wardrobe([(Bare, None)]),
            Statistics(),
            manner=Manner(fit=fit),
        )
        self._found = np.full((68, 2), np.nan)
        self._listen(self._stage._fitter)

    def __call__(self, frame: Frame) -> tuple[Fit | None, Float64]:
        """Return the fit of a frame as it is shown, or None, and the points (68, 2) it is of."""
        self._found = np.full((68, 2), np.nan)
        fits = self._stage(frame).fits
        tracked = bool(fits) and fits[0].state is State.TRACKED
        return (fits[0] if tracked else None), self._found

    def close(self) -> None:
        """End the tracking."""
        self._stage.close()

    def _listen(self, fitter: Any) -> None:
        """Note what points the fitter is given."""
        fit = fitter.fit

        def noted(face: Face, *rest: Any, **options: Any) -> Fit:
            self._found = face.landmarks
            found: Fit = fit(face, *rest, **options)
            return found

        fitter.fit = noted
