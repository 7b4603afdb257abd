"""What all sources do with their pixels: seal, lay on white, resize, fit, limit."""

import cv2
import numpy as np

from livemask.errors import SourceError
from livemask.records import Array, UInt8

LARGEST = 100_000_000
"""More pixels than this in one picture are refused before memory is asked for."""


def sealed(image: Array) -> UInt8:
    """Return the image as every frame has it: (h, w, 3) uint8, C-contiguous, read-only."""
    image = np.ascontiguousarray(image, np.uint8)
    image.flags.writeable = False
    return image


def over_white(image: Array) -> UInt8:
    """Return a picture with alpha (h, w, 4) uint8 laid on white, (h, w, 3)."""
    alpha = image[..., 3:].astype(np.uint16)
    shown = image[..., :3] * alpha + 255 * (255 - alpha)
    return ((shown + 127) // 255).astype(np.uint8)


def resized(image: Array, size: tuple[int, int]) -> Array:
    """Return the picture at `size` (w, h) px; the same object if it has it already."""
    height, width = image.shape[:2]
    if (width, height) == size:
        return image
    method = cv2.INTER_AREA if size[0] * size[1] < width * height else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, size, interpolation=method))


def fitted(image: Array, size: tuple[int, int]) -> Array:
    """Return the picture in its own proportions as large as it fits `size` (w, h) px, on black."""
    height, width = image.shape[:2]
    scale = min(size[0] / width, size[1] / height)
    inner = max(1, round(scale * width)), max(1, round(scale * height))
    if inner == size:
        return resized(image, size)
    canvas = np.zeros((size[1], size[0], 3), np.uint8)
    left, top = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    canvas[top : top + inner[1], left : left + inner[0]] = resized(image, inner)
    return canvas


def check_size(name: object, size: tuple[int, int]) -> None:
    """Refuse a picture that no camera takes, before memory is asked for it."""
    width, height = size
    if width * height > LARGEST:
        raise SourceError(
            f"{name} is {width}x{height} pixels; at most {LARGEST // 1_000_000} megapixels "
            "are read. Scale it down first."
        )
