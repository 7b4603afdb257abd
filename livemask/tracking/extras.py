"""Extras: what is done for a face beyond finding its points, fitting and smoothing them."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["fast", "full"]


@dataclass(frozen=True, slots=True)
class Extras:
    """What one level of the fit switches on. What each costs: `python -m benchmarks.speed`.

    Attributes
    ----------
    flow : bool
        Optical flow carries the points, so that a still face does not tremble.
    lids : bool
        Each eye is looked at in the picture, so that blinks and winks are seen.
    gaze : bool
        Irises are looked for, so that it is known where the eyes look.
    light : float
        s from one look at the light to the next, at least.
    """

    flow: bool
    lids: bool
    gaze: bool
    light: float


LEVELS: dict[Level, Extras] = {
    "fast": Extras(flow=False, lids=False, gaze=False, light=1.0),
    "full": Extras(flow=True, lids=True, gaze=True, light=0.0),
}
