"""Preparation: all that must be loaded and compiled before a face can be masked."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from livemask import plugins
from livemask.config import Config
from livemask.records import Camera
from livemask.statistics import Statistics

if TYPE_CHECKING:  # imported when they are made: they bring compilers and libraries along
    from livemask.morphable_model import MorphableModel
    from livemask.track_stage import TrackStage
    from livemask.wardrobe import Mask

PATIENCE = 1.0
"""s for which the landmark file waits for the first picture: while it is read, all threads
of Python stand still."""


class Preparation:
    """Makes the track stage of a run.

    Parameters
    ----------
    config : Config
    statistics : Statistics
    mask : Mask, optional
        Worn by all faces instead of those that `config` names.
    loaded : function, optional
        Given the head model as soon as it is there.
    """

    def __init__(
        self,
        config: Config,
        statistics: Statistics,
        mask: Mask | None = None,
        loaded: Callable[[MorphableModel], None] | None = None,
    ) -> None:
        self._config, self._statistics, self._mask = config, statistics, mask
        self._loaded = loaded or (lambda _model: None)

    def __call__(
        self,
        size: tuple[int, int],
        tell: Callable[[str], None],
        shown: threading.Event | None = None,
    ) -> TrackStage:
        """Return the stage for pictures of `size` (width, height) px.

        `tell` is told what is being done. `shown`, for live sources, is set when the first
        picture has been drawn, without a mask.

        Raises
        ------
        LivemaskError
            If a mask, the model or the landmark file cannot be had.
        """
        tell("loading the head model")
        from livemask.opening import open_model
        from livemask.track_stage import TrackStage
        from livemask.wardrobe import Wardrobe

        config = self._config
        model = open_model(config.model)
        tell("making the masks")
        worn = self._mask
        wardrobe = (
            Wardrobe.of(config.masks, config.max_faces)
            if worn is None
            else Wardrobe([(lambda: worn, None)])
        )
        self._loaded(model)
        if shown is not None:
            shown.wait(PATIENCE)
        tell("loading the landmarks")
        detector = plugins.create("detectors", "dlib68", landmarks=config.landmarks)
        camera = Camera.from_field_of_view(size, math.radians(config.fov))
        stage = TrackStage(
            model,
            detector,
            camera,
            wardrobe,
            self._statistics,
            people=config.people,
            live=shown is not None,
        )
        tell("compiling, which the first start takes some seconds for")
        stage.warm_up()
        return stage
