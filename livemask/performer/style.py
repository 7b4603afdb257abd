"""What a performer looks like: as the head is painted, with clothes by the seed."""

from dataclasses import dataclass

import numpy as np

from livemask.landmarks import LEFT_BROW, NOSE_BRIDGE
from livemask.morphable_model import MorphableModel
from livemask.records import Float32

SHIRTS = (
    (0.030, 0.062, 0.095), (0.34, 0.32, 0.29), (0.17, 0.035, 0.035), (0.045, 0.065, 0.048),
    (0.022, 0.022, 0.026), (0.24, 0.15, 0.062),
)  # fmt: skip
BALD = 0.62
"""A crown that is brighter than this and redder than this, relative to the forehead, is bare."""

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Style:
    """Colours and hair.

    Attributes
    ----------
    seed : int
    bald : bool
    hair, shirt : (float, float, float)
        Linear RGB.
    """

    seed: int
    bald: bool
    hair: Colour
    shirt: Colour

    @classmethod
    def of(cls, person: MorphableModel, seed: int) -> "Style":
        """Return the style of a person, as the albedo has it."""
        crown, forehead = _crown(person), _forehead(person)
        bright, red = crown.mean() / forehead.mean(), _redness(crown) / _redness(forehead)
        bald = bool(min(bright, red) > BALD)
        brows = person.albedo[person.landmark_vertices[LEFT_BROW]].min(0)
        hair = 0.75 * (brows if bald else crown)
        return cls(seed, bald, _colour(hair), SHIRTS[seed % len(SHIRTS)])


def _crown(person: MorphableModel) -> Float32:
    skin = person.parts["skin"]
    high = person.mean[skin, 1] > person.mean[skin, 1].max() - 8.0
    return np.asarray(np.median(person.albedo[skin[high]], axis=0))


def _forehead(person: MorphableModel) -> Float32:
    between = person.mean[person.landmark_vertices[NOSE_BRIDGE.start]] + [0.0, 32.0, 0.0]
    near = np.linalg.norm(person.mean - between, axis=1) < 22.0
    return np.asarray(np.median(person.albedo[near], axis=0))


def _redness(colour: Float32) -> float:
    return float(colour[0] / colour[2])


def _colour(values: Float32) -> Colour:
    red, green, blue = values.tolist()
    return red, green, blue
