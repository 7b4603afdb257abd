"""The camera's share in a picture: soft lens, dark corners, noise."""

import cv2
import numpy as np
from numba import njit

from livemask.records import Array, UInt8

VIGNETTE = 0.16
"""By how much the corners are darker than the middle."""

DARK = 44
"""Deviation of the noise in the dark, in 1/64 step of 8 bits."""

CHROMA = 0.45
"""Share of the noise that is each colour's own."""

SPARE = 64
"""px by which the stored noise is larger than the picture, so that it can be shifted."""

TILES = 3


class Sensor:
    """Takes pictures as a webcam does. The noise of a frame is a function of seed and index.

    Parameters
    ----------
    size : (int, int)
        Width and height, px.
    seed : int
    """

    def __init__(self, size: tuple[int, int], seed: int) -> None:
        self._size, self._seed = size, seed
        self._corners = _vignette(size)
        self._tiles = [_noise(size, [seed, tile]) for tile in range(TILES)]

    def expose(self, image: UInt8, index: int) -> UInt8:
        """Return the picture (h, w, 3) as it comes from the sensor."""
        tile, down, right = self._shift(index)
        soft = cv2.GaussianBlur(image, (3, 3), 0.55)
        noise = self._tiles[tile][down:, 3 * right :]
        taken = np.empty_like(image)
        rows = image.shape[0], -1
        _expose(soft.reshape(rows), self._corners, noise, taken.reshape(rows))
        return taken

    def _shift(self, index: int) -> tuple[int, int, int]:
        """Return which noise a frame has: tile, rows and columns."""
        random = np.random.default_rng([self._seed, index])
        tile, down, right = random.integers((TILES, SPARE, SPARE)).tolist()
        return tile, down, right


def _vignette(size: tuple[int, int]) -> Array:
    """Return (h, 3 w) uint8: by how much each pixel's colours are dimmed, less 1, in 1/256."""
    width, height = size
    x, y = np.linspace(-1.0, 1.0, width), np.linspace(-1.0, 1.0, height)[:, None]
    dark = VIGNETTE * ((x * x + y * y) / 2.0) ** 1.5
    return np.repeat(np.rint(255.0 * (1.0 - dark)).astype(np.uint8), 3, axis=1)


def _noise(size: tuple[int, int], seed: list[int]) -> Array:
    """Return (h, 3 w) int8 noise, deviation 32: fine in brightness, coarser in colour."""
    random = np.random.default_rng(seed)
    shape = (size[1] + SPARE, size[0] + SPARE)
    grey = cv2.GaussianBlur(random.standard_normal(shape, np.float32), (3, 3), 0.5)
    colour = cv2.GaussianBlur(random.standard_normal((*shape, 3), np.float32), (5, 5), 0.9)
    noise = grey[..., None] / grey.std() + CHROMA * colour / colour.std()
    scaled = np.rint(32.0 / np.hypot(1.0, CHROMA) * noise)
    return np.clip(scaled, -127, 127).astype(np.int8).reshape(shape[0], -1)


@njit(cache=True, nogil=True)
def _expose(image, corners, noise, taken):  # type: ignore[no-untyped-def]
    """Write to `taken` (h, n) uint8 the dimmed and noisy `image` (h, n); row by row, in vectors."""
    for row in range(image.shape[0]):
        seen, dim, grain, out = image[row], corners[row], noise[row], taken[row]
        for i in range(seen.shape[0]):
            value = (np.int32(seen[i]) * (np.int32(dim[i]) + 1)) >> 8
            # In 1/64 step: `DARK` in the dark, and about the root of light in the bright.
            deviation = DARK + ((value * (520 - value)) >> 9)
            noisy = value + ((np.int32(grain[i]) * deviation + 1024) >> 11)
            out[i] = min(max(noisy, 0), 255)
