"""The room behind the performer, out of focus, and the light that comes from all around.

Everything is drawn in linear light and blurred there, as a lens does it. Lengths are shares
of the picture's height from its middle, x to the right and y down, so that any format works.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from livemask.performer import harmonics
from livemask.performer.colour import encode
from livemask.records import Float32, Float64, Light, UInt8

BLUR = 0.012  # of the height: how far out of focus the wall is
WALLS = ((0.21, 0.23, 0.20), (0.29, 0.24, 0.19), (0.14, 0.18, 0.22), (0.24, 0.19, 0.18))
WOOD = (0.19, 0.105, 0.058)
SPINES = (
    (0.28, 0.06, 0.05), (0.06, 0.12, 0.20), (0.42, 0.34, 0.20), (0.07, 0.15, 0.10),
    (0.50, 0.46, 0.40), (0.30, 0.16, 0.05), (0.10, 0.09, 0.11), (0.16, 0.22, 0.26),
)  # fmt: skip
SKY = (1.55, 1.65, 1.75)
CURTAIN = (0.62, 0.58, 0.52)
LEAF = (0.055, 0.12, 0.045)
GLOW = (1.6, 1.0, 0.5)
DAY, LAMP, SCREEN = (1.0, 0.95, 0.88), (1.0, 0.72, 0.45), (0.85, 0.93, 1.0)
EXPOSURE = 1.08
"""Irradiance, divided by pi, of a face that looks half-way between camera and window."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a room is like.

    Attributes
    ----------
    side : float
        Of the window: 1 is the image's right, -1 its left.
    wall : (float, float, float)
        Linear RGB.
    seed : int
        Of books and plants.
    """

    side: float
    wall: tuple[float, float, float]
    seed: int

    @classmethod
    def of(cls, seed: int) -> "Room":
        """Return the room of a performer's seed."""
        return cls(-1.0 if seed % 2 == 0 else 1.0, WALLS[seed // 2 % len(WALLS)], seed)

    def light(self) -> Light:
        """Return the window as one distant light: for highlights."""
        direction = np.array([0.62 * self.side, 0.48, 0.62], np.float32)
        colour = np.array(DAY, np.float32)
        return Light(direction / np.linalg.norm(direction), colour, np.full(3, 0.3, np.float32))

    def radiance(self, directions: Float64) -> Float64:
        """Return the light (n, 3) linear RGB from `directions` (n, 3), camera frame."""
        height = directions[:, 1:2]
        light = 0.18 + 0.17 * np.clip(1.4 * height, -0.8, 1.0) * [1.0, 0.98, 0.95]
        for towards, width, strength, colour in (
            ((0.80 * self.side, 0.42, 0.55), 0.50, 6.6, DAY),
            ((-0.05 * self.side, -0.10, 1.0), 0.45, 0.55, SCREEN),
            ((-0.80 * self.side, 0.25, -0.62), 0.40, 1.2, LAMP),
        ):
            cosine = directions @ np.array(towards) / np.linalg.norm(towards)
            spot = np.exp(-((np.arccos(np.clip(cosine, -1.0, 1.0)) / width) ** 2))
            light = light + strength * spot[:, None] * colour
        return np.asarray(light)

    def surroundings(self) -> tuple[Float64, Float32]:
        """Return (n, 3) directions, camera frame, and the light from each, (n, 3).

        Scaled so that the exposure is right, with the share of the sphere.
        """
        directions = harmonics.sphere(256)
        light = self.radiance(directions) * (4.0 * math.pi / len(directions))
        face = np.array([0.35 * self.side, 0.1, 0.93])
        received = np.maximum(directions @ face, 0.0) @ light / math.pi
        return directions, (light * (EXPOSURE / received.mean())).astype(np.float32)

    def picture(self, size: tuple[int, int]) -> UInt8:
        """Return the room as the camera sees it, (h, w, 3) uint8."""
        canvas = _Canvas(size, self.side)
        random = np.random.default_rng([self.seed, 5])
        _paint_wall(canvas, self.wall)
        _paint_window(canvas)
        _paint_picture(canvas, random)
        _paint_shelf(canvas, random)
        return encode(canvas.blurred())


class _Canvas:
    """A picture in linear light, at half size, whose window is on the right."""

    def __init__(self, size: tuple[int, int], side: float) -> None:
        self._size, self._side = size, side
        width, height = (max(8, n // 2) for n in size)
        self.height = height
        self.image = np.zeros((height, width, 3), np.float32)
        self.x = ((np.arange(width) - 0.5 * (width - 1)) / height).astype(np.float32)
        self.y = ((np.arange(height) - 0.5 * (height - 1)) / height).astype(np.float32)

    @property
    def edge(self) -> float:
        """Half the width."""
        return 0.5 * self.image.shape[1] / self.height

    def polygon(self, points: object, colour: object) -> None:
        """Fill a polygon (n, 2) with an even colour."""
        middle = (np.array(self.image.shape[1::-1]) - 1) / 2
        at = np.round((np.asarray(points) * self.height + middle) * 16).astype(np.int32)
        rgb = [float(c) for c in np.asarray(colour)]
        cv2.fillPoly(self.image, [at], rgb, shift=4)

    def box(self, left: float, top: float, right: float, bottom: float, colour: object) -> None:
        """Fill a rectangle."""
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def blob(self, x: float, y: float, radius: float, colour: object) -> None:
        """Add a soft glow."""
        away = ((self.x - x) ** 2 + (self.y[:, None] - y) ** 2) / radius**2
        self.image += np.exp(-away)[..., None] * np.asarray(colour, np.float32)

    def blurred(self) -> Float32:
        """Return the picture out of focus, at full size, the window on its side."""
        soft = cv2.GaussianBlur(self.image, (0, 0), BLUR * self.height)
        large = cv2.resize(soft, self._size, interpolation=cv2.INTER_CUBIC)
        return np.asarray(large if self._side > 0 else large[:, ::-1])


def _paint_wall(canvas: _Canvas, colour: tuple[float, float, float]) -> None:
    """Paint a wall that is lighter near the window, and the light that falls on it."""
    across = 0.62 + 0.75 / (1.0 + np.exp(-2.2 * (canvas.x - 0.15)))
    down = 1.05 - 0.35 * (canvas.y[:, None] + 0.5)
    canvas.image[:] = (across * down)[..., None] * np.asarray(colour, np.float32)
    slant = canvas.y[:, None] + 0.55 * canvas.x
    patch = _soft_box(slant, -0.22, 0.16) * _soft_box(canvas.x + 0 * slant, 0.02, 0.40)
    bars = 1.0 - 0.8 * _soft_box(canvas.x + 0 * slant, 0.19, 0.225)
    canvas.image *= 1.0 + (0.30 * patch * bars)[..., None] * np.array([1.1, 1.0, 0.8], np.float32)


def _soft_box(x: Float32, low: float, high: float) -> Float32:
    """Return 1 between `low` and `high`, 0 outside, with soft edges."""
    return np.asarray(1.0 / (1.0 + np.exp(-60.0 * (x - low))) / (1.0 + np.exp(60.0 * (x - high))))


def _paint_window(canvas: _Canvas) -> None:
    edge = canvas.edge
    left = edge - 0.23
    canvas.box(left - 0.025, -0.6, edge + 0.1, 0.27, (0.66, 0.64, 0.60))
    canvas.box(left, -0.6, edge + 0.1, 0.235, SKY)
    canvas.box(left, 0.02, edge + 0.1, 0.235, np.array(SKY) * (0.42, 0.50, 0.34))
    canvas.box(left + 0.13, -0.6, left + 0.155, 0.235, (0.62, 0.60, 0.56))
    canvas.box(left, -0.13, edge + 0.1, -0.11, (0.62, 0.60, 0.56))
    for fold in range(5):
        shade = 0.75 + 0.25 * math.cos(2.3 * fold)
        at = left - 0.085 + 0.028 * fold
        canvas.box(at, -0.6, at + 0.03, 0.6, np.array(CURTAIN) * shade)


def _paint_picture(canvas: _Canvas, random: np.random.Generator) -> None:
    """Hang a frame between window and shelf."""
    x = 0.30
    canvas.box(x - 0.10, -0.42, x + 0.10, -0.15, (0.10, 0.075, 0.055))
    canvas.box(x - 0.09, -0.41, x + 0.09, -0.16, (0.62, 0.60, 0.55))
    hills = 0.75 * np.array(SPINES)[random.permutation(len(SPINES))[:3]]
    canvas.box(x - 0.06, -0.375, x + 0.06, -0.195, 0.4 + 0.4 * hills[0])
    canvas.polygon(
        [(x - 0.06, -0.24), (x, -0.31), (x + 0.06, -0.25), (x + 0.06, -0.195), (x - 0.06, -0.195)],
        hills[1],
    )
    canvas.polygon(
        [(x - 0.06, -0.21), (x + 0.06, -0.23), (x + 0.06, -0.195), (x - 0.06, -0.195)], hills[2]
    )


def _paint_shelf(canvas: _Canvas, random: np.random.Generator) -> None:
    """Put up boards with books, a lamp and a plant."""
    left, right = -canvas.edge - 0.05, -canvas.edge + 0.50
    for board, top in enumerate((-0.18, 0.14, 0.46)):
        canvas.box(left, top + 0.02, right, top + 0.055, np.array(canvas.image[-1, 0]) * 0.5)
        _paint_books(canvas, random, left, right - (0.16 if board == 0 else 0.03), top)
        canvas.box(left, top, right, top + 0.024, WOOD)
    _paint_plant(canvas, random, right - 0.085, -0.18)
    canvas.blob(left + 0.13, 0.02, 0.30, 0.16 * np.array(GLOW))
    canvas.polygon(
        [(left + 0.08, 0.0), (left + 0.18, 0.0), (left + 0.205, 0.085), (left + 0.055, 0.085)], GLOW
    )


def _paint_books(
    canvas: _Canvas, random: np.random.Generator, left: float, right: float, floor: float
) -> None:
    x = left
    while x < right - 0.05:
        wide, high = random.uniform(0.018, 0.042), random.uniform(0.13, 0.215)
        spine = np.array(SPINES[random.integers(len(SPINES))]) * random.uniform(0.6, 1.0)
        if random.random() < 0.86:
            canvas.box(x, floor - high, x + wide - 0.002, floor, spine)
            canvas.box(x, floor - 0.8 * high, x + wide - 0.002, floor - 0.74 * high, spine * 1.9)
        x += wide


def _paint_plant(canvas: _Canvas, random: np.random.Generator, x: float, floor: float) -> None:
    pot = [
        (x - 0.04, floor - 0.075),
        (x + 0.04, floor - 0.075),
        (x + 0.03, floor),
        (x - 0.03, floor),
    ]
    for _ in range(26):
        angle, length = random.uniform(-1.25, 1.25), random.uniform(0.08, 0.19)
        along = np.array([math.sin(angle), -math.cos(angle)]) * length
        across = np.array([along[1], -along[0]]) * 0.22
        root = np.array([x, floor - 0.07])
        leaf = [root, root + 0.55 * along + across, root + along, root + 0.55 * along - across]
        canvas.polygon(leaf, np.array(LEAF) * random.uniform(0.6, 1.9))
    canvas.polygon(pot, (0.45, 0.24, 0.15))
