"""Canvas: the picture that multiplies a character's skin: brows, lips, fur and scales."""

import cv2
import numpy as np
from numpy.typing import ArrayLike

from livemask.masks.avatars.tints import coded
from livemask.records import Array, Float32, Float64, UInt8

SIDE = 1024
MIDDLE = np.array([0.0, 5.0, 0.0])
"""From here each point of a head is seen in its own direction, mm."""

REACH = 2.1
"""rad from straight ahead to the edge of the picture; what lies farther back has its colour."""

PLAIN = np.array([4.0, 4.0]) / SIDE
"""uv of a corner that stays white."""


def flat(points: Array) -> Float32:
    """Return the uv (n, 2) of points (n, 3) of a head: how far they lie from straight ahead."""
    apart = np.asarray(points, np.float64) - MIDDLE
    radius = np.maximum(np.hypot(apart[:, 0], apart[:, 1]), 1e-9)
    angle = np.minimum(np.arctan2(radius, apart[:, 2]), REACH)
    return (0.5 + apart[:, :2] * (1.0, -1.0) * (angle / radius / (2.0 * REACH))[:, None]).astype(
        np.float32
    )


class Canvas:
    """A white picture, painted on with linear colours that multiply what is below.

    Attributes
    ----------
    image : (SIDE, SIDE, 3) float64
        Linear RGB.
    """

    def __init__(self) -> None:
        self.image: Float64 = np.ones((SIDE, SIDE, 3))

    def area(self, points: Array, colour: Array, soft: float, strength: float = 1.0) -> None:
        """Multiply the inside of a polygon of points (n, 3) mm, blurred by `soft` px."""
        mask = np.zeros((SIDE, SIDE), np.float32)
        cv2.fillPoly(mask, [self._pixels(points)], 1.0, cv2.LINE_AA, 4)
        self.tint(_soft(mask, soft), colour, strength)

    def spot(
        self, point: ArrayLike, radii: tuple[float, float], colour: Array, strength: float
    ) -> None:
        """Multiply a soft ellipse about a point (3,); `radii` (2,) px."""
        x, y = SIDE * flat(np.asarray(point)[None])[0]
        row, column = np.mgrid[:SIDE, :SIDE].astype(np.float32)
        self.tint(
            np.exp(-0.5 * (((column - x) / radii[0]) ** 2 + ((row - y) / radii[1]) ** 2)),
            colour,
            strength,
        )

    def tint(self, mask: Array, colour: Array, strength: float = 1.0) -> None:
        """Multiply by `colour` where `mask` (SIDE, SIDE) is 1."""
        share = np.clip(mask * strength, 0.0, 1.0)[..., None]
        self.image *= 1.0 - share * (1.0 - np.asarray(colour))

    def strands(
        self, source: Array, lengths: tuple[float, float], depth: float, count: int
    ) -> None:
        """Draw fur that lies away from a point `source` (3,).

        `lengths` px of the shortest and the longest hair; `depth` is how dark it gets.
        """
        random = np.random.default_rng(11)
        start = SIDE * flat(np.asarray(source)[None])[0].astype(np.float64)
        layer = np.full((SIDE, SIDE), 0.86, np.float32)
        for light in random.permutation(np.linspace(1.0 - depth, 1.06, count)):
            turn, far = random.uniform(0, 2 * np.pi), SIDE * 0.72 * random.uniform(0.02, 1.0) ** 0.8
            reach = np.linspace(0.0, random.uniform(*lengths), 4) + far
            bend = turn + random.normal(0.0, 0.02) + random.normal(0, 0.04) * np.linspace(0, 1, 4)
            points = start + reach[:, None] * np.stack([np.cos(bend), np.sin(bend)], -1)
            drawn = np.rint(16 * points).astype(np.int32)
            cv2.polylines(layer, [drawn], False, float(light), 1, cv2.LINE_AA, 4)
        self.image *= layer[..., None]

    def scales(self, size: float, depth: float) -> None:
        """Draw scales in rows, each over the one below; `size` px."""
        row, column = np.mgrid[:SIDE, :SIDE] / size
        best = np.full((SIDE, SIDE), -1.0)
        layer = np.zeros((SIDE, SIDE))
        for down in (0, 1, 2):
            line = np.floor(row * 1.7) - down
            across = column + 0.5 * (line % 2)
            x = across - np.floor(across) - 0.5
            y = row * 1.7 - line
            inside = (np.hypot(x / 0.56, np.maximum(y - 0.9, 0.0) / 1.05) < 1.0) & (best < down)
            number = np.sin(12.9898 * (np.floor(across) % 97) + 78.233 * line) * 43758.5453
            shade = 1.0 - 0.55 * np.hypot(x / 0.56, np.maximum(y - 0.9, 0.0) / 1.05) ** 4
            shade *= 0.72 + 0.22 * np.clip(y / 1.6, 0, 1) + 0.14 * (number - np.floor(number))
            layer = np.where(inside, shade, layer)
            best = np.where(inside, 3.0, best)
        self.image *= (1.0 - depth * (1.0 - cv2.GaussianBlur(layer, (0, 0), 0.7)))[..., None]

    def done(self) -> UInt8:
        """Return the picture as a texture."""
        self.image[:12, :12] = 1.0
        return coded(self.image)

    def _pixels(self, points: Array) -> Array:
        return np.rint(16 * SIDE * flat(points)).astype(np.int32)


def _soft(mask: Float32, by: float) -> Array:
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), by)) if by > 0.0 else mask
