"""The scalp laid flat, for what grows on it."""

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.records import Float32, Float64

BELOW_TOP = 95.0
"""mm from the top of a head down to the point that it is seen from."""


def flattened(points: Float32, head: MorphableModel, crown: Float64, right: Float64) -> Float64:
    """Return a map (v, 2) of the scalp, about -1 to 1, with the crown in its middle.

    Parameters
    ----------
    points : (v, 3) float32
        mm, in the head's frame.
    head : MorphableModel
        Whose mean they are on.
    crown, right : (3,) float64
        Of length 1: towards the crown, and what points to the right on the map.
    """
    top = head.mean[head.parts["skin"]].max(0)
    directions = points - np.array([0.0, top[1] - BELOW_TOP, -5.0])
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    angle = np.arccos(np.clip(directions @ crown, -1.0, 1.0))
    plane = np.stack([directions @ right, directions @ np.cross(crown, right)], 1)
    plane /= np.maximum(np.linalg.norm(plane, axis=1, keepdims=True), 1e-9)
    return np.asarray(plane * (angle / 2.6)[:, None])
