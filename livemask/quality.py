"""Quality: how much is done for each picture, and when less is, so that the camera keeps its rate.

The load is how long the slowest stage takes for a frame, as a share of the time between two
frames of the camera. Going down and up differ by far, and whoever went up in vain waits twice as
long before the next try: so levels do not flicker.
"""

from dataclasses import dataclass
from typing import Literal

Choice = Literal["auto", "high", "medium", "low"]

TOO_MUCH, ENOUGH = 0.92, 0.6
"""Loads above which less is done, and below which more may be."""

PATIENCE = 2.0
"""s for which the load must be too much."""

SETTLED = 4.0
"""s after a change in which nothing else is changed."""

CALM, LONGEST = 10.0, 320.0
"""s for which there must be room before more is done, at first and at most."""

IN_VAIN = 30.0
"""s: who has to go down again so soon went up in vain."""


@dataclass(frozen=True, slots=True)
class Level:
    """What is done for a picture.

    Attributes
    ----------
    name : str
    multisampled : bool
        Whether outlines are smoothed by several samples a pixel, where the machine does so.
    thorough : bool
        Whether faces are looked at as `--fit` says; otherwise as with `--fit fast`.
    """

    name: str
    multisampled: bool
    thorough: bool


LEVELS = (
    Level("high", multisampled=True, thorough=True),
    Level("medium", multisampled=False, thorough=True),
    Level("low", multisampled=False, thorough=False),
)


class Governor:
    """Chooses a level from the load, step by step.

    Attributes
    ----------
    level : int
        0 for the best.
    """

    def __init__(self) -> None:
        self.level = 0
        self._changed = self._raised = -IN_VAIN
        self._busy, self._free = _Since(), _Since()
        self._wait = CALM

    def see(self, time: float, load: float, worst: int) -> int:
        """Take in the load at `time` s and return the level, `worst` at most."""
        if time - self._changed < SETTLED:
            return self.level
        busy = self._busy.see(time, load > TOO_MUCH)
        free = self._free.see(time, load < ENOUGH)
        if self.level < worst and busy >= PATIENCE:
            vain = time - self._raised < IN_VAIN
            self._wait = min(2.0 * self._wait, LONGEST) if vain else CALM
            self._change(1, time)
        elif self.level > 0 and free >= self._wait:
            self._raised = time
            self._change(-1, time)
        return self.level

    def _change(self, steps: int, time: float) -> None:
        self.level, self._changed = self.level + steps, time
        self._busy, self._free = _Since(), _Since()


class _Since:
    """For how long something has been so."""

    def __init__(self) -> None:
        self._began: float | None = None

    def see(self, time: float, now: bool) -> float:
        """Return for how many s it has been so; 0 if it is not, or has just become so."""
        if not now:
            self._began = None
            return 0.0
        self._began = time if self._began is None else self._began
        return time - self._began
