"""Preparation: all that must be loaded and compiled before a face can be masked."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from livemask import plugins
from livemask.config import Config
from livemask.records import Camera
from livemask.start.starting import Stage
from livemask.statistics import Statistics
from livemask.wardrobe import Mask, Portrait, Wardrobe, develop

if TYPE_CHECKING:  # imported when they are made: they bring compilers and libraries along
    from livemask.morphable_model import MorphableModel
    from livemask.start.portraits import Portraits


PATIENCE = 1.0
"""s for which the landmark file waits for the first picture: while it is read, all of Python
stands still."""

USUAL = (640, 480)
"""px; nothing that is compiled depends on it."""


@dataclass(frozen=True, slots=True)
class Pictures:
    """What will come from a source: known only when it has been opened.

    Attributes
    ----------
    size : (int, int)
        Width and height, px.
    live : bool
        Whether they come in their own time.
    """

    size: tuple[int, int]
    live: bool


class Preparation:
    """Makes the track stage of a run.

    Parameters
    ----------
    config : Config
    statistics : Statistics
    mask : Mask, optional
        Worn by all faces instead of those that `config` names.

    Attributes
    ----------
    model : MorphableModel or None
        The head model, once it is loaded.
    shown : threading.Event
        To be set when a live picture has been drawn, still without a mask.
    """

    def __init__(self, config: Config, statistics: Statistics, mask: Mask | None = None) -> None:
        self.model: MorphableModel | None = None
        self.shown = threading.Event()
        self._config, self._statistics, self._mask = config, statistics, mask
        self._portraits: Future[Portraits] = Future()

    def __call__(self, pictures: Callable[[], Pictures], tell: Callable[[str], None]) -> Stage:
        """Return the stage; `pictures` may wait, `tell` is told what is being done.

        Raises
        ------
        LivemaskError
            If a mask, the model or the landmark file cannot be had.
        """
        config = self._config
        with ThreadPoolExecutor(1, "landmarks") as other:
            detector = other.submit(self._load_detector, pictures)
            tell("loading the head model")
            from livemask.fitting.fitter import Fitter
            from livemask.library.opening import open_model
            from livemask.start.backdrop import backdrop
            from livemask.start.portraits import Portraits
            from livemask.track_stage import TrackStage
            from livemask.tracking.manner import Manner

            self.model = model = open_model(config.model)
            tell("making the masks")
            self._portraits.set_result(Portraits(model, detector.result))
            wardrobe = self._dress()
            tell("compiling, which the first start takes some seconds for")
            model.warm_up()
            Fitter(model, Camera.from_field_of_view(USUAL)).warm_up()
            tell("loading the landmarks")
            known = pictures()
            stage = TrackStage(
                model,
                detector.result(),
                Camera.from_field_of_view(known.size, math.radians(config.fov)),
                wardrobe,
                self._statistics,
                people=config.people,
                manner=Manner(config.smoothing, config.fit),
                live=known.live,
            )
        stage.show(config.showing, backdrop(config.showing, known.size))
        stage.warm_up()
        return stage

    def _load_detector(self, pictures: Callable[[], Pictures]) -> Any:
        if pictures().live:
            self.shown.wait(PATIENCE)
        config = self._config
        name = plugins.filled("detectors", config.detector, config.options)
        return plugins.create("detectors", name, landmarks=config.landmarks)

    def dress(self, masks: Sequence[str]) -> Wardrobe:
        """Return a wardrobe of other masks; photos that were worn before are not fitted again.

        Those who ask for a photo before all is loaded wait for it.
        """
        config = self._config
        named = [plugins.filled("masks", mask, config.options) for mask in masks]
        return Wardrobe.of(named, config.max_faces, self._portrait)

    def _dress(self) -> Wardrobe:
        worn = self._mask
        if worn is None:
            return self.dress(self._config.masks)
        develop(worn, self._portrait)
        return Wardrobe([(lambda: worn, None)])

    def _portrait(self, photo: Path, person: int = 0) -> Portrait:
        return self._portraits.result()(photo, person)
