"""Standby: what is done while a camera is silent, whose last picture stays."""

import time
from collections.abc import Callable
from typing import Any

from livemask.pipeline import Slot
from livemask.render_stage import RenderStage

AGAIN = "again"
"""Stands for a scene where the last one is to be drawn anew."""

STALE, PAUSE = 0.1, 0.2
"""s without a picture after which the last one is hidden, or no longer, without waiting for the
next; and after which the window is drawn anew, so that the panel answers."""


class Standby:
    """Has the last picture drawn anew while no other comes.

    So a camera that is waited for stops neither the panel, by which another may be chosen, nor
    the blur of everything.

    Parameters
    ----------
    render : RenderStage
    scenes : Slot
        Where it takes its scenes from.
    clock : function, optional
        Returns the present time, s.
    """

    def __init__(
        self,
        render: RenderStage,
        scenes: Slot[Any],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._render, self._scenes, self._clock = render, scenes, clock
        self._drawn, self._moment = 0, clock()

    def look(self, *, idle: bool) -> None:
        """Have it drawn if it is time to; `idle`: nobody looks at the window."""
        now, drawn = self._clock(), self._render.drawn
        if drawn != self._drawn:
            self._drawn, self._moment = drawn, now
        watched = self._render.window is not None and not idle
        silent = now - self._moment
        asked = (self._render.is_late and silent > STALE) or (watched and silent > PAUSE)
        if asked and not self._scenes.waiting:  # on a slow machine, the next one may wait there
            self._moment = now
            self._scenes.put(AGAIN)


def drawn_by(render: RenderStage) -> Callable[[Any], Any]:
    """Return a stage that draws scenes, and the last one anew for `AGAIN`."""
    return lambda scene: render.again() if scene is AGAIN else render(scene)
