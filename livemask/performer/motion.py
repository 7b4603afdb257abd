"""How bodies move: without jerks, and never quite still."""

import math

import numpy as np

from livemask.records import Array, Float64


def ramp(share: Array | float) -> Float64:
    """Return the way gone, 0 to 1, after a `share` of the time of a movement.

    With the least jerk (Flash & Hogan 1985): speed and acceleration are 0 at both ends.
    """
    t = np.clip(share, 0.0, 1.0)
    return np.asarray(t * t * t * (10.0 + t * (6.0 * t - 15.0)))


def wander(time: float, seed: int, period: float) -> float:
    """Return a slow movement about 0 that hardly ever leaves -1 to 1.

    A sum of three sines whose periods have no common multiple.
    """
    random = np.random.default_rng([seed, 13])
    phases = random.uniform(0.0, 2.0 * math.pi, 3)
    rates = 2.0 * math.pi / period * np.array([1.0, 1.618, 2.236])
    return float(np.array([0.5, 0.3, 0.2]) @ np.sin(rates * time + phases))
