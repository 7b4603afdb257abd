"""Steering: tells the quality how much of the time between two frames is needed."""

import statistics as averages
import time
from collections.abc import Callable, Mapping

from livemask.controls.quality import Quality
from livemask.quality import Load
from livemask.reader import Reader
from livemask.render_stage import RenderStage
from livemask.statistics import Statistics

EVERY = 0.5
"""s between two looks."""

LATEST = 15
"""Frames of which the median is taken: one slow one says nothing."""

DRAWN = ("draw", "readback", "panel")
"""What drawing takes, without the wait for the screen."""


class Steering:
    """Looks at the times of a run now and then.

    Parameters
    ----------
    quality : Quality
    statistics : Statistics
    reader : Reader
        It knows how fast the camera is.
    render : RenderStage
    clock : function, optional
        Returns the present time, s.
    """

    def __init__(
        self,
        quality: Quality,
        statistics: Statistics,
        reader: Reader,
        render: RenderStage,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._quality, self._statistics = quality, statistics
        self._reader, self._render, self._clock = reader, render, clock
        self._looked, self._frames = -EVERY, 0

    def look(self, *, ready: bool) -> None:
        """Look at the times if it is time to; `ready`: nothing is loaded beside the pictures."""
        now, frames = self._clock(), self._statistics.frames
        if not ready or now - self._looked < EVERY or frames == self._frames:
            return
        interval = self._reader.interval
        if interval is None:
            return
        self._looked, self._frames = now, frames
        spent = load(self._statistics.recent, interval)
        if spent is not None:
            self._quality.see(now, spent, multisamples=self._render.multisamples)


def load(recent: Mapping[str, tuple[float, ...]], interval: float) -> Load | None:
    """Return what tracking and drawing take of `interval` s; None if unknown.

    `recent` are the latest times of each stage, ms.
    """
    if len(recent.get("track", ())) < LATEST:
        return None
    tracked = averages.median(recent["track"][-LATEST:])
    drawn = sum(averages.median(recent[name][-LATEST:]) for name in DRAWN if recent.get(name))
    return Load(drawn / (1000.0 * interval), tracked / (1000.0 * interval))
