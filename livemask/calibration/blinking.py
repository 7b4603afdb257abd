"""Blinking: lids as programs are told of them: when they are shut, what is a wink."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from livemask.records import Fit, Float64

LIDS = ("eyeBlinkRight", "eyeBlinkLeft")

PAUSE, LEAST, MOST = 4.0, 1.5, 10.0
"""s between two blinks on average, at least and at most: people at rest blink 17 times a minute
(Bentivoglio et al. 1997, Analysis of blink rate patterns in normal subjects)."""

CLOSING, SHUT, OPENING = 0.08, 0.04, 0.14
"""s that the parts of a blink take (VanderWerf et al. 2003, Eyelid movements)."""


class Blinking:
    """Makes the lids of a gesture those that are meant.

    Parameters
    ----------
    names : sequence of str
        Of the model's expressions. Without both lids nothing is done.
    """

    def __init__(self, names: Sequence[str]) -> None:
        rows = {name: row for row, name in enumerate(names)}
        self._rows = [rows[name] for name in LIDS if name in rows]
        self._random = np.random.default_rng(0)
        self._next: float | None = None

    def applied(self, fit: Fit, blink: float, wink: float) -> Fit:
        """Return `fit` with lids that are shut from `blink` on and wink only beyond `wink`."""
        if len(self._rows) < 2 or (blink == 1.0 and wink == 0.0):
            return fit
        lids = np.clip(fit.gesture[self._rows] / blink, 0.0, 1.0)
        if abs(lids[0] - lids[1]) < wink:
            lids[:] = lids.mean()
        return self._with(fit, lids)

    def automatic(self, fit: Fit, time: float) -> Fit:
        """Return `fit` with lids that blink of themselves, as of `time`, s."""
        if len(self._rows) < 2:
            return fit
        whole = CLOSING + SHUT + OPENING
        if self._next is None or not self._next - MOST < time < self._next + whole + MOST:
            self._next = time + self._pause()
        while time > self._next + whole:
            self._next += whole + self._pause()
        return self._with(fit, np.full(2, _lid(time - self._next)))

    def _pause(self) -> float:
        return float(np.clip(self._random.exponential(PAUSE), LEAST, MOST))

    def _with(self, fit: Fit, lids: Float64) -> Fit:
        gesture = fit.gesture.copy()
        gesture[self._rows] = lids
        return replace(fit, gesture=gesture)


def _lid(since: float) -> float:
    """Return how far a lid is closed, `since` s after a blink has begun."""
    if since < CLOSING:
        return max(since / CLOSING, 0.0)
    return min(max(1.0 - (since - CLOSING - SHUT) / OPENING, 0.0), 1.0)
