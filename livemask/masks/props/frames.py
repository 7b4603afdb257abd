"""The kinds of glasses: outlines of their lenses, and what they are made of."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from livemask.records import Array


class Style(NamedTuple):
    """A kind of frame.

    Attributes
    ----------
    outline : function
        The lens from its middle, on the subject's left: x outward and y up, mm, at angles (n,).
    thick : (float, float)
        Half width of the rim as seen, and half its depth, mm.
    lower : float
        mm by which the middle of a lens is below the eye's.
    metal : bool
    double : bool
        Whether a second bar joins the rims above the bridge.
    colour : str
        Unless told otherwise.
    tint : (float, float)
        Of the lenses at the lower and the upper edge, 0 clear to 1.
    """

    outline: Callable[[Array], tuple[Array, Array]]
    thick: tuple[float, float]
    lower: float
    metal: bool
    double: bool
    colour: str
    tint: tuple[float, float]


def _rounded(wide: float, high: float, corner: float) -> Callable[[Array], tuple[Array, Array]]:
    """Return the outline of a superellipse (Lamé); `corner` 2 is an ellipse."""

    def outline(turn: Array) -> tuple[Array, Array]:
        c, s = np.cos(turn), np.sin(turn)
        x = wide * np.sign(c) * np.abs(c) ** (2.0 / corner)
        y = high * np.sign(s) * np.abs(s) ** (2.0 / corner)
        return x, y * (1.0 + 0.06 * x / wide * (corner > 2.0))

    return outline


def _drop(turn: Array) -> tuple[Array, Array]:
    """Return the outline of an aviator's lens: a drop, its point towards the cheek."""
    x, y = _rounded(27.5, 23.0, 2.35)(turn)
    low = np.clip(-y / 23.0, 0.0, 1.0)
    return x * (1.0 - 0.16 * low**2) + 3.0 * low, y - 2.5 * low * np.cos(turn)


def _browed(turn: Array) -> tuple[Array, Array]:
    """Return the outline of a lens that is wider at the top, and highest outside."""
    x, y = _rounded(27.0, 20.5, 3.0)(turn)
    up = y / 20.5
    return x * (1.0 + 0.07 * up), y + 0.07 * x * np.clip(up, 0.0, 1.0)


STYLES = {
    "round": Style(_rounded(23.0, 22.0, 2.0), (0.9, 0.9), 1.0, True, False, "gold", (0.02, 0.02)),
    "square": Style(_rounded(26.5, 19.0, 3.6), (2.0, 1.7), 1.0, False, False, "black",
                    (0.02, 0.02)),
    "aviator": Style(_drop, (0.9, 0.9), 5.0, True, True, "gold", (0.45, 0.85)),
    "sun": Style(_browed, (2.6, 1.9), 1.5, False, False, "black", (0.80, 0.97)),
}  # fmt: skip

COLOURS = {
    "black": (0.012, 0.012, 0.014),
    "brown": (0.10, 0.035, 0.012),
    "red": (0.35, 0.012, 0.015),
    "blue": (0.015, 0.05, 0.25),
    "white": (0.75, 0.74, 0.70),
    "gold": (0.95, 0.66, 0.28),
    "silver": (0.86, 0.87, 0.88),
}
"""Linear RGB."""
