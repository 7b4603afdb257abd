"""What stands behind a rendered head: noise of all sizes, shapes, or nothing at all."""

import cv2
import numpy as np

from livemask.records import Float32, UInt8

GRAINS = {3: 70.0, 8: 60.0, 20: 50.0, 60: 40.0, 320: 25.0}
"""Greatest deviation of the noise with so many grains across the picture, of 255."""


def wall(size: int, random: np.random.Generator) -> UInt8:
    """Return a picture (size, size, 3) without a face."""
    image = np.full((size, size), random.uniform(60.0, 190.0), np.float32)
    for grains, most in GRAINS.items():
        noise = random.normal(size=(grains, grains)).astype(np.float32)
        image += random.uniform(0.0, most) * cv2.resize(
            noise, (size, size), interpolation=cv2.INTER_CUBIC
        )
    for _ in range(random.integers(0, 14)):
        _shape(image, random)
    if random.random() < 0.7:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), random.uniform(0.5, 4.0)), np.float32)
    if random.random() < 0.3:  # the rim of a film that is narrower than its picture
        image[:, : random.integers(20, 100)] = random.choice([0.0, 255.0])
    return np.repeat(np.clip(image, 0.0, 255.0).astype(np.uint8)[..., None], 3, axis=2)


def _shape(image: Float32, random: np.random.Generator) -> None:
    size, grey = image.shape[0], float(random.uniform(0.0, 255.0))
    if random.random() < 0.5:
        middle, axes = random.integers(0, size, 2).tolist(), random.integers(5, 90, 2).tolist()
        cv2.ellipse(image, middle, axes, random.uniform(0.0, 360.0), 0, 360, grey, -1)
    else:
        corners = random.integers(0, size, (random.integers(3, 5), 2)).astype(np.int32)
        cv2.fillPoly(image, [np.asarray(cv2.convexHull(corners))], grey)
