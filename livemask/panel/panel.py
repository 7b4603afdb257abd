"""Panel: the control panel of a run, over its window."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from livemask.controls import Controls
from livemask.panel.screen import Screen
from livemask.records import Mesh, Scene
from livemask.render.renderer import Room
from livemask.render.window import Window
from livemask.statistics import Statistics

if TYPE_CHECKING:
    from collections.abc import Callable

    from livemask.morphable_model import MorphableModel
    from livemask.panel.ui import Box

PATIENCE = 0.5
"""s for which a key waits until it is known whether a click before it was into a field."""


class Panel:
    """What is beside and over the picture in the window, and never in the outputs.

    The main thread calls `serve`; all else belongs to the thread that draws, for Dear ImGui
    has one context and OpenGL as well. Events come from the window's own queue.

    Parameters
    ----------
    controls : Controls
        What the panel changes, and nothing else.
    window : Window
    statistics : Statistics
        What it shows of how the run is doing.
    model : function, optional
        Returns the head model, once it is loaded.
    """

    def __init__(
        self,
        controls: Controls,
        window: Window,
        statistics: Statistics,
        model: Callable[[], MorphableModel | None] = lambda: None,
    ) -> None:
        self._controls, self._window, self._statistics = controls, window, statistics
        self._model = model
        self._screen: Screen | None = None
        self._since = 0.0  # when keys began to wait

    @property
    def places(self) -> dict[str, Box]:
        """Where each thing that can be clicked stands, px from the window's top left."""
        return self._screen.places if self._screen is not None else {}

    def serve(self, window: Window) -> bool:
        """Do what only the main thread may; return whether keys are for the run.

        They are not while somebody types. Those that were typed are taken away.
        """
        screen = self._screen
        if screen is None:
            return True
        window.cursor = screen.cursor
        while screen.hands.kept:
            window.keep(screen.hands.kept.pop(0))
        if screen.typing:
            window.keys()
            return False
        return not self._waits(window)

    def meshes(self, scene: Scene) -> tuple[Mesh, ...]:
        """Return what to draw over the picture: what the tracker sees, if that is shown."""
        screen = self._screen
        if screen is None or not self._controls.panel:
            return ()
        screen.overlay.model = self._model()
        return screen.overlay.meshes(scene)

    def room(self, size: tuple[int, int]) -> Room:
        """Return where the picture may be."""
        if self._screen is None or not self._controls.panel:
            return 0, 0, *size
        return self._screen.layout.room(size)

    def draw(self, scene: Scene, size: tuple[int, int]) -> None:
        """Draw the panel into the window. Hidden, it costs nothing."""
        counts = self._controls.acquaintance.person.left is not None
        asks = self._controls.helping or self._controls.leaving.left > 0.0
        if not (self._controls.panel or self._controls.messages.shown or counts or asks):
            self._controls.company.count(False)
            self._window.events.clear()
            return
        if self._screen is None:
            self._screen = Screen(self._controls, self._statistics)
        if 0 not in size:  # minimised
            self._screen.update(scene, size, self._window)
            self._screen.lay(size)

    def release(self) -> None:
        """Free what it made on the GPU. Releasing twice does nothing."""
        if self._screen is not None:
            self._screen.release()
        self._screen = None

    def _waits(self, window: Window) -> bool:
        """Tell whether a click has not been looked at yet: a field may be what was clicked."""
        clicked = any(kind == "button" for kind, _ in tuple(window.events))
        now = time.monotonic()
        if not clicked or not self._controls.panel:
            self._since = now
        return now - self._since > 0.0 and now - self._since < PATIENCE
