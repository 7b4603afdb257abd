"""BlazeFace: faces of a picture, seen at one size whatever they look towards.

References
----------
Bazarevsky et al., BlazeFace: sub-millisecond neural face detection on mobile GPUs,
arXiv:1907.05047, 2019.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.detectors.mesh.network import Network
from livemask.records import Float64, UInt8

SIDE = 128
"""px: what it looks at."""

GRIDS = ((16, 2), (8, 6))
"""Cells along a side, and guesses in each."""

LEAST_SCORE = 0.5

ONE_FACE = 0.5
"""Sides of a face by which the middles of two guesses at it are off at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """Where a face may be.

    Attributes
    ----------
    centre : (2,) float64
        px.
    side : float
        From brow to chin, px.
    roll : float
        By how much the head is tilted anticlockwise as seen, rad.
    score : float, 0 to 1
    """

    centre: Float64
    side: float
    roll: float
    score: float


class BlazeFace:
    """Finds faces of a tenth of the picture upwards, turned to full profile and tilted.

    Parameters
    ----------
    network : Network
        Of the short-range model.
    """

    OUTPUTS = (896 * 16, 896)

    def __init__(self, network: Network) -> None:
        self._network = network
        self._anchors = np.concatenate([_grid(cells, each) for cells, each in GRIDS])

    def __call__(self, image: UInt8) -> list[Guess]:
        """Return the faces of `image` (h, w, 3) uint8 RGB, the surest first."""
        square, scale = _square(image)
        numbers, logits = self._network(square, -1.0)
        scores = 1.0 / (1.0 + np.exp(-np.clip(logits.astype(np.float64), -80.0, 80.0)))
        kept: list[Guess] = []
        for at in np.argsort(-scores)[: int((scores >= LEAST_SCORE).sum())]:
            told = numbers[16 * at : 16 * at + 16].reshape(8, 2).astype(np.float64)
            middle = (told[0] + SIDE * self._anchors[at] + 0.5) / scale - 0.5
            side = float(told[1].max()) / scale
            guess = Guess(middle, side, _roll(*told[[2, 3, 5]]), float(scores[at]))
            if not any(_are_one(guess, other) for other in kept):
                kept.append(guess)
        return kept


def _roll(right: Float64, left: Float64, mouth: Float64) -> float:
    """Return the tilt of a head, rad; of eyes and mouth (2,), for in profile the eyes coincide."""
    across, down = left - right, mouth - 0.5 * (left + right)
    along = across + np.array([down[1], -down[0]])
    return -float(np.arctan2(along[1], along[0]))


def _grid(cells: int, each: int) -> Float64:
    """Return the middles (cells^2 * each, 2) of the cells of a square of side 1, row by row."""
    middles = (np.arange(cells) + 0.5) / cells
    x, y = np.meshgrid(middles, middles)
    return np.repeat(np.column_stack([x.ravel(), y.ravel()]), each, axis=0)


def _square(image: UInt8) -> tuple[UInt8, float]:
    """Return `image` reduced into the corner of a square, and its scale there."""
    height, width = image.shape[:2]
    scale = SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    square = np.zeros((SIDE, SIDE, 3), np.uint8)
    square[: size[1], : size[0]] = cv2.resize(image, size, interpolation=method)
    return square, scale


def _are_one(guess: Guess, other: Guess) -> bool:
    apart = float(np.abs(guess.centre - other.centre).max())
    return apart < ONE_FACE * max(guess.side, other.side)
