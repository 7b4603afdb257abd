"""What a camera makes of a picture: blur, white balance, dark corners, grain, compression."""

import cv2
import numpy as np
from numba import njit

from livemask.records import Array, Float32, UInt8

Random = np.random.Generator

TABLE = 4096
BRIGHTEST = 4.0
"""Linear light that is still told from more."""

SPARE = 192
"""px by which stored noise is larger than a picture, so that it can be shifted."""

KNEE = 0.72
"""Linear light above which highlights are compressed instead of cut off."""


def taken(random: Random, image: Float32, noise: tuple[Array, Array]) -> UInt8:
    """Return (h, w, 3) linear light as a camera takes it, sRGB-coded; `noise` from `grains`."""
    return _compressed(random, _developed(random, _blurred(random, image), noise))


def _coded() -> Float32:
    """Return the sRGB code, 0 to 255, of linear light whose roots are evenly spaced."""
    light = np.linspace(0.0, BRIGHTEST**0.5, TABLE) ** 2
    over = np.maximum(light - KNEE, 0.0) / (1.0 - KNEE)
    light = np.minimum(light, KNEE) + (1.0 - KNEE) * (1.0 - np.exp(-over))
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return (255.0 * coded).astype(np.float32)


_CODED = _coded()


def _blurred(random: Random, image: Float32) -> Float32:
    """Return it out of focus, moved, or from a coarser sensor; mostly as it is."""
    kind, side = random.random(), image.shape[0]
    if kind < 0.15:
        radius = float(random.uniform(0.4, 1.6)) * side / 256.0
        return np.asarray(cv2.GaussianBlur(image, (0, 0), max(radius, 0.3)))
    if kind < 0.23:
        return _moved(random, image)
    if kind < 0.33:
        small = max(24, int(side * random.uniform(0.3, 0.8)))
        less = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.resize(less, (side, side), interpolation=cv2.INTER_LINEAR))
    return image


def _moved(random: Random, image: Float32) -> Float32:
    long = random.uniform(2.0, 9.0) * image.shape[0] / 256.0
    turn, half = random.uniform(0.0, np.pi), max(1, int(np.ceil(0.5 * long)))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    way = (0.5 * long * np.array([np.cos(turn), np.sin(turn)]) * 16).astype(int)
    ends = [tuple((half * 16 + s * way).tolist()) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_AA, 4)
    kernel[half, half] = max(kernel[half, half], 0.5)
    return np.asarray(cv2.filter2D(image, -1, kernel / kernel.sum()))


def grains(size: int) -> tuple[Array, Array]:
    """Return two kinds of noise (h, w, 3) int8, deviation 32, larger than pictures by `SPARE`."""
    random, side = np.random.default_rng(8), size + SPARE
    grey = random.standard_normal((side, side, 1), np.float32)
    colour = random.standard_normal((side, side, 3), np.float32)
    fine = 0.85 * grey + 0.5 * colour
    coarse = cv2.GaussianBlur(fine, (3, 3), 0.6) + 0.25 * cv2.GaussianBlur(colour, (5, 5), 1.2)
    both = (np.clip(np.rint(32.0 * n / n.std()), -127, 127).astype(np.int8) for n in (fine, coarse))
    first, second = both
    return first, second


def _developed(random: Random, image: Float32, noise: tuple[Array, Array]) -> UInt8:
    """Return codes (h, w, 3): balanced, darker in the corners, with noise."""
    strength = float(np.exp(random.normal(0.5, 0.7))) * (0.1 if random.random() < 0.15 else 1.0)
    tile = noise[int(random.integers(2))]
    if random.random() < 0.5:
        tile = tile[:, ::-1]
    down, right = random.integers(0, SPARE, 2).tolist()
    gain = np.exp(random.normal(0.0, 0.035, 3)).astype(np.float32)
    dark = np.float32(random.uniform(0.0, 0.13))
    made = np.empty(image.shape, np.uint8)
    _develop(image, gain, dark, tile[down:, right:], np.float32(strength / 32.0), _CODED, made)
    return made


@njit(cache=True, nogil=True, fastmath=True)
def _develop(image, gain, dark, grain, strength, coded, made):  # type: ignore[no-untyped-def]
    """Write to `made` (h, w, 3) uint8 the linear `image` (h, w, 3) times `gain` (3,), coded."""
    height, width = image.shape[:2]
    scale = np.float32((coded.shape[0] - 1) / BRIGHTEST**0.5)
    for row in range(height):
        y = np.float32(2.0 * row / (height - 1) - 1.0)
        for column in range(width):
            x = np.float32(2.0 * column / (width - 1) - 1.0)
            dim = np.float32(1.0) - dark * (x * x + y * y)
            for k in range(3):
                light = min(max(image[row, column, k], np.float32(0.0)) * gain[k] * dim,
                            np.float32(BRIGHTEST))  # fmt: skip
                root = np.sqrt(light)
                value = coded[int(root * scale)]
                value += strength * grain[row, column, k] * (np.float32(0.45) + root)
                made[row, column, k] = np.uint8(min(max(value + np.float32(0.5), np.float32(0.0)),
                                                    np.float32(255.0)))  # fmt: skip


def _compressed(random: Random, image: UInt8) -> UInt8:
    """Return a picture that may have gone through a lossy film or photo."""
    if random.random() < 0.6:
        return image
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(22, 92))]
    _, data = cv2.imencode(".jpg", image[..., ::-1], quality)
    read = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(read[..., ::-1])
