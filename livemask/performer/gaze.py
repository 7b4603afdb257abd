"""Where the eyes look: mostly into the camera, also while the head turns."""

import numpy as np

from livemask.performer.motion import ramp

FIXATION = 1.15
"""s; how long a glance lasts."""

SACCADE = 0.05
"""s; how long the eyes take to get there."""

AWAY = 0.3
"""Share of the glances that leave the camera."""

FARTHEST = {"In": 14.0, "Out": 14.0, "Up": 9.0, "Down": 7.0}
"""Degrees by which eyes turn at most: coefficient 1 of `eyeLook*`, somewhat less down, where
the model's lids follow too far."""

FULL = {"In": 14.4, "Out": 14.2, "Up": 9.5, "Down": 10.8}
"""Degrees at coefficient 1, as measured on the model's eyeballs."""


def look(time: float, seed: int, yaw: float, pitch: float) -> dict[str, float]:
    """Return the coefficients of `eyeLook*` at `time`, s, for a head turned by degrees."""
    glance, since = divmod(time, FIXATION)
    before, after = _target(int(glance) - 1, seed), _target(int(glance), seed)
    target = before + float(ramp(since / SACCADE)) * (after - before)
    left, down = target - [yaw, pitch]  # the eyes turn back what the head has turned
    return {
        "eyeLookOutLeft": _amount("Out", left),
        "eyeLookInRight": _amount("In", left),
        "eyeLookInLeft": _amount("In", -left),
        "eyeLookOutRight": _amount("Out", -left),
        "eyeLookDown": _amount("Down", down),
        "eyeLookUp": _amount("Up", -down),
    }


def _target(glance: int, seed: int) -> np.ndarray:
    """Return where a glance goes, (2,) degrees to the performer's left and down."""
    random = np.random.default_rng([seed, glance + 1, 17])
    if glance < 1 or random.random() > AWAY:
        return random.normal(0.0, 0.6, 2)
    return random.uniform([-11.0, -5.0], [11.0, 5.0])


def _amount(way: str, degrees: float) -> float:
    return float(np.clip(degrees, 0.0, FARTHEST[way]) / FULL[way])
