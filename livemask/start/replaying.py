"""Replaying: all that must be loaded before a session is shown again. No detector is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from livemask import plugins
from livemask.records import Camera
from livemask.session.folder import check_model, read_about
from livemask.start.preparing import Pictures, Preparation

if TYPE_CHECKING:
    from livemask.replay_stage import ReplayStage

LOG = logging.getLogger("livemask")


class Replaying(Preparation):
    """Makes the stage that stands for the track stage when `config.replay` names a session."""

    def __call__(
        self, pictures: Callable[[], Pictures], tell: Callable[[str], None]
    ) -> ReplayStage:
        """Return the stage; `pictures` may wait, `tell` is told what is being done.

        Raises
        ------
        LivemaskError
            If the session, its model or a mask cannot be had.
        """
        config = self._config
        assert config.replay is not None  # noqa: S101 - for mypy
        about = read_about(config.replay)
        tell("loading the head model")
        from livemask.library.opening import open_model
        from livemask.replay_stage import ReplayStage
        from livemask.start.backdrop import backdrop
        from livemask.start.portraits import Portraits

        self.model = model = open_model(config.model)
        check_model(about, model)
        tell("making the masks")
        self._portraits.set_result(Portraits(model, self._detector))
        stage = ReplayStage(
            model,
            Camera.from_field_of_view(pictures().size),
            self._dress(),
            self._statistics,
            people=config.people,
            lit=str(about.settings.get("light", "auto")),
        )
        if stage.wardrobe.hides and not about.settings.get("hides"):
            LOG.warning(
                "masks that hide are put on a session that was recorded without one: whoever was "
                "lost in it was not looked for as carefully. Look through the picture before you "
                "show it to anybody."
            )
        model.warm_up()
        stage.show(config.showing, backdrop(config.showing, pictures().size))
        stage.warm_up()
        return stage

    def _detector(self) -> Any:
        """Return what finds faces: asked for only by masks that wear photos."""
        config = self._config
        return plugins.create("detectors", config.detector, landmarks=config.landmarks)
