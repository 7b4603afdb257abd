"""Fits an image into a frame of another shape, with black or transparent bars."""

import cv2
import numpy as np

from livemask.records import UInt8


def letterbox(image: UInt8, size: tuple[int, int]) -> UInt8:
    """Return `image` (h, w, 3 or 4) uint8 RGB(A) within (height, width, 3 or 4) uint8.

    `size` is width and height, px. As large as fits, centred, its aspect ratio kept. Where
    the image has opacity, the bars are transparent.
    """
    height, width = image.shape[:2]
    if (width, height) == size:
        return np.ascontiguousarray(image)
    scale = min(size[0] / width, size[1] / height)
    inner = max(1, round(width * scale)), max(1, round(height * scale))
    # Averaging when smaller keeps fine lines; it would show blocks when larger.
    method = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    left, top = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    boxed = np.zeros((size[1], size[0], image.shape[2]), np.uint8)
    boxed[top : top + inner[1], left : left + inner[0]] = cv2.resize(
        np.ascontiguousarray(image), inner, interpolation=method
    )
    return boxed
