"""Quality: how much is done for each picture, and when less is, so that the camera keeps its rate.

The load is how long the slowest stage takes for a frame, as a share of the time between two
frames of the camera. Going down and up differ by far, and whoever went up in vain waits twice as
long before the next try: so levels do not flicker.
"""

from dataclasses import dataclass, replace
from typing import Literal, Self

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
class Load:
    """How long the stages take for a frame, as shares of the time that there is.

    Attributes
    ----------
    drawn, tracked : float
    """

    drawn: float
    tracked: float

    @property
    def most(self) -> float:
        """That of the slower stage."""
        return max(self.drawn, self.tracked)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How masks are drawn. The video under them is always as sharp as it came.

    Attributes
    ----------
    multisampled : bool
        Whether outlines are smoothed by several samples a pixel, where the machine does so.
    share : float
        How large they are drawn, of the picture's size, before they are enlarged over it.
    fine : bool
        Whether all triangles of a dense mesh are drawn; otherwise fewer and larger ones.
    """

    multisampled: bool = True
    share: float = 1.0
    fine: bool = True


DRAWINGS = {
    "smooth outlines": Drawing(),
    "plain outlines": Drawing(multisampled=False),
    "3/4 size": Drawing(multisampled=False, share=0.75, fine=False),
    "1/2 size": Drawing(multisampled=False, share=0.5, fine=False),
}
"""What is drawn less of, by its name: what is seen least comes first."""

_DRAWN = list(DRAWINGS.values())


@dataclass(frozen=True, slots=True)
class Level:
    """What is done for a picture.

    Attributes
    ----------
    drawing : Drawing
    thorough : bool
        Whether faces are looked at as `--fit` says; otherwise as with `--fit fast`.
    """

    drawing: Drawing = Drawing()
    thorough: bool = True

    @property
    def name(self) -> str:
        """What is left out, in words: `3/4 size, fast fit`."""
        names = [name for name, drawing in DRAWINGS.items() if drawing == self.drawing]
        names = [] if self.drawing == Drawing() else names
        return ", ".join(names + ["fast fit"] * (not self.thorough)) or "everything"

    def less(self, load: Load, *, multisamples: bool) -> Self | None:
        """Return the next level for the stage that is slower; None if it can do no less.

        `multisamples`: several samples a pixel can be saved. Where they cannot, it is the
        processor that draws: then whatever either stage leaves out helps both.
        """
        drawn, fast = self._drawn_less(multisamples), replace(self, thorough=False)
        steps = [drawn, fast if self.thorough else None]
        slower, other = steps if load.drawn >= load.tracked else reversed(steps)
        return slower or (None if multisamples else other)

    def _drawn_less(self, multisamples: bool) -> Self | None:
        after = _DRAWN[_DRAWN.index(self.drawing) + 1 :]
        left = [drawing for drawing in after if multisamples or drawing.share < 1.0]
        return replace(self, drawing=left[0]) if left else None


LEVELS: dict[str, Level] = {
    "high": Level(),
    "medium": Level(DRAWINGS["3/4 size"]),
    "low": Level(DRAWINGS["1/2 size"], thorough=False),
}
"""Those that can be chosen."""


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
