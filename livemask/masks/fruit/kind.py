"""What tells fruits apart: shape, skin and stalk."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from livemask.masks.fruit import apple, citrus, rind
from livemask.masks.fruit.stalk import Solid, button, stalk, stem_and_leaf
from livemask.records import Array, Float64, UInt8


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of fruit.

    Attributes
    ----------
    paint : function
        Returns its skin, the same array every time, so many times as fine.
    look : str
        Of its material.
    sharpness : float
        Of its highlight.
    roundness, breadth : float
        As `HeadSize` takes them.
    upper, lower : (float, float)
        How far its poles stand out (less than 0: lie in a hollow), and how wide that is,
        shares of its height and breadth.
    waist : float
        How much narrower it is at the lower pole than at the upper.
    stalk : function
        Returns what grows out of its upper pole.
    """

    paint: Callable[[int], UInt8]
    look: str = "fruit"
    sharpness: float = 300.0
    roundness: float = 2.3
    breadth: float = 0.9
    upper: tuple[float, float] = (0.0, 0.3)
    lower: tuple[float, float] = (0.0, 0.3)
    waist: float = 0.0
    stalk: Callable[[], Solid] = stalk

    def shaped(self, points: Array) -> Float64:
        """Return `points` (n, 3) of a body within -1 and 1, with its poles and its waist."""
        out = np.asarray(points, np.float64).copy()
        away = np.hypot(out[:, 0], out[:, 2])
        for (height, width), side in ((self.upper, 1.0), (self.lower, -1.0)):
            there = out[:, 1] * side > 0.0
            rise = height * np.exp(-((away / width) ** 2))
            out[there, 1] += side * rise[there]
        out[:, [0, 2]] *= 1.0 + 0.5 * self.waist * np.clip(out[:, 1:2], -1.0, 0.0)
        return out

    def top(self) -> float:
        """Return the height of the middle of the upper pole; 1 without hollow or nipple."""
        return 1.0 + self.upper[0]


KINDS = {
    "watermelon": Kind(rind.paint),
    "orange": Kind(
        citrus.orange, "peel", 60.0, 2.05, 0.98, (-0.035, 0.16), (-0.02, 0.1), 0.0, button
    ),
    "lemon": Kind(citrus.lemon, "peel", 90.0, 2.05, 0.86, (0.13, 0.24), (0.22, 0.2), 0.0, button),
    "apple": Kind(
        apple.paint, "fruit", 220.0, 2.35, 1.0, (-0.2, 0.3), (-0.06, 0.22), 0.22, stem_and_leaf
    ),
}
