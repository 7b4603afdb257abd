"""Ears: bowls that come to a point."""

from dataclasses import dataclass

import numpy as np

from livemask.masks.avatars.solids import Solid, sheet
from livemask.records import Array, Float64

ROWS, COLUMNS = 11, 9


@dataclass(frozen=True, slots=True)
class Ear:
    """The shape of a left ear, head frame, mm.

    Attributes
    ----------
    base, up, out : (float, float, float)
        Where it grows, which way its point lies, and which way its outer edge.
    long, wide : float
        From the base to the point, and half its breadth.
    deep : float
        How hollow it is, shares of `wide`.
    bend : (float, float, float)
        How far its point lies off a straight line.
    """

    base: tuple[float, float, float]
    up: tuple[float, float, float]
    out: tuple[float, float, float]
    long: float
    wide: float
    deep: float = 0.75
    bend: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def axes(self) -> Float64:
        """Return up, out and the way into which it opens, as rows (3, 3)."""
        up = np.array(self.up) / np.linalg.norm(self.up)
        out = np.array(self.out) - up * (up @ np.array(self.out))
        out /= np.linalg.norm(out)
        return np.stack([up, out, np.cross(out, up)])


def places(columns: int = COLUMNS) -> tuple[Float64, Float64]:
    """Return share of the length and place across (-1 to 1) of an ear, (ROWS, columns) each."""
    share, across = np.meshgrid(
        np.linspace(0.0, 1.0, ROWS), np.linspace(-1.0, 1.0, columns), indexing="ij"
    )
    return np.asarray(share), np.asarray(across)


def ear(shape: Ear, behind: Array, inside: Array) -> list[Solid]:
    """Return the back and the lining of an ear, with their colours (ROWS, c, 3)."""
    share, across = places(behind.shape[1])
    up, out, front = shape.axes()
    half = shape.wide * (1.0 - share) ** 0.72 * (1.0 + 0.35 * share)
    turn = 1.25 * across
    rise = shape.long * share - 0.28 * shape.wide * (1.0 - share) * np.abs(across)
    grid = (
        np.array(shape.base)
        + rise[..., None] * up
        + (half * np.sin(turn) / np.sin(1.25))[..., None] * out
        - (shape.deep * half * (np.cos(turn) - 0.3))[..., None] * front
        + (share**2)[..., None] * np.array(shape.bend)
    )
    return [sheet(grid, behind), sheet((grid + 1.6 * front)[:, ::-1], inside[:, ::-1])]
