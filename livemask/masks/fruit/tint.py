"""Tint: factors that give skin in the picture another colour, slowly followed."""

import numpy as np

from livemask.lighting import EVERY, share
from livemask.records import Float32, Float64, Frame
from livemask.skin import LINEAR

BRIGHT = 65.0
"""Percentile of the skin's colours that becomes the wanted one: highlights shall not glow."""

DARKEST, LEAST, GREATEST = 0.02, 0.05, 3.0
"""Skin is taken to be no darker than this; bounds of the factors."""


class Tint:
    """What to multiply skin with."""

    def __init__(self) -> None:
        self._skin: Float64 = np.full(3, 0.3)
        self._time: float | None = None

    def update(self, frame: Frame, spots: Float32) -> None:
        """Look at the skin at `spots` (n, 2), texture coordinates of the frame.

        Those outside are left out; the first look is taken as it is.
        """
        passed = np.inf if self._time is None else frame.time - self._time
        if 0.0 <= passed < EVERY:
            return
        spots = spots[((spots > 0.0) & (spots < 1.0)).all(1)]
        if not len(spots):
            return
        columns, rows = (spots * frame.size).astype(np.intp).T
        seen = np.percentile(LINEAR[frame.image[rows, columns]], BRIGHT, axis=0)
        self._skin = self._skin + share(passed) * (seen - self._skin)
        self._time = frame.time

    def towards(self, colour: Float64) -> Float32:
        """Return the (3,) factors that turn the skin into linear `colour` (3,)."""
        factors = colour / np.maximum(self._skin, DARKEST)
        return np.clip(factors, LEAST, GREATEST).astype(np.float32)
