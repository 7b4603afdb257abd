"""Calm without lag: the one euro filter on pose and coefficients, timed by the frame.

Casiez, Roussel & Vogel 2012, "1 euro filter": a low-pass whose cut-off rises with speed,
so that a still head does not tremble and a quick one is not late.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from livemask.geometry import rigid, rotation_matrix, rotation_vector
from livemask.records import Fit, Float64


@dataclass(frozen=True, slots=True)
class OneEuro:
    """The numbers of one filter.

    Attributes
    ----------
    cutoff : float
        Of a value at rest, Hz.
    gain : float
        By how much the cut-off rises with speed, Hz per unit of the value and second.
    speed_cutoff : float
        Of the speed's own low-pass, Hz.
    """

    cutoff: float
    gain: float
    speed_cutoff: float = 6.0

    def times(self, factor: float) -> "OneEuro":
        """Return the numbers of a filter whose cut-off is always `factor` times as high."""
        return replace(self, cutoff=factor * self.cutoff, gain=factor * self.gain)


ROTATION = OneEuro(0.8, 25.0)  # rad
PLACE = OneEuro(1.2, 50.0)  # across the picture, in eye distances
DEPTH = OneEuro(0.6, 60.0)  # logarithm of the distance
EXPRESSION = OneEuro(1.5, 15.0)  # coefficients, 0 to 1

Level = Literal["off", "low", "medium", "high"]

LEVELS: dict[Level, float] = {"low": 3.0, "medium": 1.0, "high": 0.35}
"""By what the cut-offs of each level are multiplied, at rest and in motion."""

NO_CALM = 1000.0
"""A factor that lets everything pass."""

EYE_DISTANCE = 90.0
"""mm between the outer corners: the unit of `PLACE`."""


def share(cutoff: Float64 | float, seconds: float) -> Float64:
    """Return how much of a new value a first order low-pass takes (Casiez 2012, eq. 3, 4)."""
    step = 2.0 * np.pi * cutoff * seconds
    return np.asarray(step / (1.0 + step))


class _Filter:
    """One euro filter of a vector; `scalar` lets all entries share the speed of the whole."""

    def __init__(self, settings: OneEuro, value: Float64, *, scalar: bool = False) -> None:
        self._settings, self._scalar = settings, scalar
        self.value = value.copy()
        self._speed = np.zeros_like(value)

    def step(self, difference: Float64, seconds: float, unit: float = 1.0) -> Float64:
        """Return by how much to move, for a `difference` (new - value) after `seconds`.

        `unit` brings the value to the unit of the settings.
        """
        s = self._settings
        speed = unit * difference / seconds
        self._speed += share(s.speed_cutoff, seconds) * (speed - self._speed)
        pace = float(np.linalg.norm(self._speed)) if self._scalar else np.abs(self._speed)
        return share(s.cutoff + s.gain * pace, seconds) * difference

    def __call__(self, value: Float64, seconds: float, unit: float = 1.0) -> Float64:
        self.value = self.value + self.step(value - self.value, seconds, unit)
        return self.value


class _Calm:
    """The filters of one face."""

    def __init__(self, fit: Fit, time: float, factor: float, face: float) -> None:
        self.time = time
        self.rotation = fit.camera_from_head[:3, :3].copy()
        self._turn = _Filter(ROTATION.times(factor), np.zeros(3), scalar=True)
        ray, depth = _split(fit.camera_from_head[:3, 3])
        self._ray = _Filter(PLACE.times(factor), ray, scalar=True)
        self._depth = _Filter(DEPTH.times(factor), depth)
        self._face = _Filter(EXPRESSION.times(face), np.append(fit.expression, fit.gesture))

    def __call__(self, fit: Fit, time: float) -> Fit:
        seconds, self.time = time - self.time, time
        turn = rotation_vector(fit.camera_from_head[:3, :3] @ self.rotation.T)
        self.rotation = rotation_matrix(self._turn.step(turn, seconds)) @ self.rotation
        ray, depth = _split(fit.camera_from_head[:3, 3])
        size = float(np.exp(depth[0])) / EYE_DISTANCE
        translation = _join(self._ray(ray, seconds, size), self._depth(depth, seconds))
        face = self._face(np.append(fit.expression, fit.gesture), seconds)
        return replace(
            fit,
            camera_from_head=rigid(self.rotation, translation),
            expression=face[: len(fit.expression)],
            gesture=face[len(fit.expression) :],
            stance=np.empty(0),  # that of the smooth pose
        )


def _factor(level: Level | float) -> float | None:
    """Return by what cut-offs are multiplied; None if nothing is smoothed."""
    return LEVELS.get(level) if isinstance(level, str) else level


def _split(translation: Float64) -> tuple[Float64, Float64]:
    """Return the slope (2,) of the ray to the head and the logarithm (1,) of its distance.

    Noise along the ray is many times that across it: they are filtered apart, and where
    the head is in the picture must not follow the noise of its distance.
    """
    distance = max(-float(translation[2]), 1.0)
    return translation[:2] / distance, np.log(np.array([distance]))


def _join(ray: Float64, depth: Float64) -> Float64:
    return np.append(ray, -1.0) * np.exp(depth)


class Smoother:
    """Smooths each face's fits over time; forgets a face that was lost.

    Parameters
    ----------
    level : str or float
        How calm; `off` returns every fit as it is. A number is one as in `LEVELS`.
    face : str, float or None
        How calm expressions are, if not as the head.
    """

    def __init__(self, level: Level | float = "medium", face: Level | float | None = None) -> None:
        self._factor = _factor(level)
        self._face = _factor(level if face is None else face) or NO_CALM
        self._faces: dict[int, _Calm] = {}

    def smooth(self, fit: Fit, time: float) -> Fit:
        """Return `fit`, seen at `time` s, with calm pose and expression.

        The first fit of a face, and one that does not come later than the one before,
        are returned as they are.
        """
        face = self._faces.get(fit.id)
        if self._factor is None:
            return fit
        if face is None or time <= face.time:
            self._faces[fit.id] = _Calm(fit, time, self._factor, self._face)
            return fit
        return face(fit, time)

    def forget(self, id: int) -> None:  # noqa: A002 - the record's word
        """Reset: the next fit of this face is taken as it is."""
        self._faces.pop(id, None)
