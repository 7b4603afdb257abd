"""Reads MakeHuman's mask pictures at the vertices of the cage."""

import cv2
import numpy as np

from head_model.cut import Cage
from head_model.source import BASE, Source
from livemask.records import Array, Float64


def mask(source: Source, cage: Cage, name: str) -> Float64:
    """Return the (c,) values, 0 to 1 and symmetric, of `mpfb_NAME.jpg` on the skin."""
    coded = np.frombuffer(source.read(f"{BASE}textures/mpfb_{name}.jpg"), np.uint8)
    picture = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE).astype(np.float64) / 255.0
    at = _bilinear(picture, cage.uv)
    skin = cage.parts == "skin"
    values = np.zeros(len(cage.base))
    values[cage.quads[skin]] = at[cage.uv_quads[skin]]
    return 0.5 * (values + values[cage.mirror])


def _bilinear(picture: Array, uv: Float64) -> Float64:
    """Return the (r,) values of `picture` (h, w) at `uv` (r, 2), v pointing up."""
    height, width = picture.shape
    x = np.clip(uv[:, 0] * width - 0.5, 0.0, width - 1.001)
    y = np.clip((1.0 - uv[:, 1]) * height - 0.5, 0.0, height - 1.001)
    i, j = y.astype(np.int64), x.astype(np.int64)
    a, b = y - i, x - j
    top = (1.0 - b) * picture[i, j] + b * picture[i, j + 1]
    bottom = (1.0 - b) * picture[i + 1, j] + b * picture[i + 1, j + 1]
    return np.asarray((1.0 - a) * top + a * bottom)
