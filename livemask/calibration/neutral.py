"""Neutral: a face at rest, looked at for two seconds."""

from collections.abc import Sequence

import numpy as np

from livemask.records import Fit, Float64, State

SECONDS = 2.0
"""s for which the face is to be held still."""

RESTLESS = ("eyeBlink", "eyeLook")
"""Expressions that nobody holds still."""

LEAST = 8
"""Frames in which it must be seen meanwhile."""

CALM = 0.25
"""By how much a coefficient may change meanwhile: who speaks or laughs is not at rest."""

FRONTAL = np.cos(np.radians(25.0))
"""A face that is turned farther from the camera does not tell how it is at rest."""


class Neutral:
    """Gathers what is seen of one face from the first look on.

    Parameters
    ----------
    names : sequence of str
        Of the model's expressions.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._begun: float | None = None
        self._time = 0.0
        self._seen: list[Float64] = []

    @property
    def left(self) -> float:
        """How many s are left."""
        return SECONDS if self._begun is None else max(self._begun + SECONDS - self._time, 0.0)

    def look(self, fit: Fit | None, time: float) -> bool:
        """Take in how a face, if there is one, fits at `time`, s; return whether that is all."""
        if self._begun is None or time < self._time:  # a camera that was changed begins anew
            self._begun = time
            self._seen.clear()
        self._time = time
        if fit is not None and fit.state is State.TRACKED and _is_frontal(fit):
            self._seen.append(fit.expression)
        return self.left <= 0.0

    @property
    def enough(self) -> bool:
        """Whether the face was seen often enough, from the front."""
        return len(self._seen) >= LEAST

    @property
    def calm(self) -> bool:
        """Whether it did nothing meanwhile, but blink and look about."""
        low, high = np.percentile(self._seen, [10.0, 90.0], axis=0)
        still = [n for n, by in zip(self._names, high - low, strict=True) if by <= CALM]
        return all(name in still or name.startswith(RESTLESS) for name in self._names)

    def value(self) -> dict[str, float]:
        """Return the middle of each coefficient by its name, of a face that was seen `enough`.

        Lids and glances are left out: those who blink or look aside meanwhile are not at rest
        like that.
        """
        middle = np.median(self._seen, axis=0)
        return {
            name: round(float(value), 4)
            for name, value in zip(self._names, middle, strict=True)
            if abs(value) > 1e-3 and not name.startswith(RESTLESS)
        }


def _is_frontal(fit: Fit) -> bool:
    return bool(fit.camera_from_head[2, 2] > FRONTAL)
