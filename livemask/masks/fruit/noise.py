"""What all rinds are painted with: noise that wraps, soft steps, mixed colours, pores."""

import cv2
import numpy as np

from livemask.light.skin import LINEAR
from livemask.records import Array, Float64, UInt8

HEIGHT, WIDTH = 512, 1024
"""px of a rind: from pole to pole, and once around from the back over the subject's right."""

JITTER = 0.4
"""By how much of their spacing dots are off their places."""

Colour = tuple[int, int, int]


def grid(scale: int = 1) -> tuple[Float64, Float64]:
    """Return u and v, (HEIGHT, WIDTH) each, `scale` times as fine."""
    size = np.array([HEIGHT, WIDTH]) * scale
    v, u = np.mgrid[0.5 : size[0], 0.5 : size[1]] / size.reshape(2, 1, 1)
    return u, v


def noise(random: np.random.Generator, rows: int, columns: int, scale: int = 1) -> Float64:
    """Return smooth noise (HEIGHT, WIDTH), variance near 1, that wraps from left to right.

    `scale` times as fine, it is the same noise.
    """
    height, width = HEIGHT * scale, WIDTH * scale
    knots = random.standard_normal((rows, columns))
    margin = 4
    wrapped = np.concatenate([knots[:, -margin:], knots, knots[:, :margin]], axis=1)
    extra = margin * width // columns
    size = (width * (columns + 2 * margin) // columns, height)
    smooth = cv2.resize(wrapped, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(smooth[:, extra : extra + width] * 1.3)


def step(value: Float64, low: float, high: float) -> Float64:
    """Return 0 below `low`, 1 above `high`, and smooth in between."""
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


def mix(under: Array | Colour, over: Array | Colour, share: Float64) -> Array:
    """Return colours between `under` (`share` 0) and `over` (1), (HEIGHT, WIDTH, 3)."""
    amount = np.clip(share, 0.0, 1.0, dtype=np.float32)[..., None]
    colours = np.asarray(under, np.float32), np.asarray(over, np.float32)
    return colours[0] + (colours[1] - colours[0]) * amount


def dots(random: np.random.Generator, spacing: float, radius: float, scale: int = 1) -> Float64:
    """Return (HEIGHT, WIDTH) 1 in the middle of dots and 0 outside, about evenly strewn.

    `spacing` and `radius` are shares of the way from pole to pole. Rows have fewer dots near
    the poles, and dots are as much wider there, so that on a globe they are round.
    """
    field = np.zeros((HEIGHT * scale, WIDTH * scale), np.float32)
    for fall in np.arange(0.5 * spacing, 1.0, spacing):
        wide = max(np.sin(np.pi * fall), 0.05)
        count = max(int(2.0 * wide / spacing), 3)
        turn = (np.arange(count) + random.uniform(-JITTER, JITTER, count)) / count
        down = fall + spacing * random.uniform(-JITTER, JITTER, count)
        size = radius * random.uniform(0.6, 1.2, count)
        for u, v, r in zip(turn, down, size, strict=True):
            _stamp(field, (u % 1.0, v), r, wide)
    return np.asarray(field, np.float64)


def _stamp(field: Array, at: tuple[float, float], radius: float, wide: float) -> None:
    """Lay a soft dot on a field that wraps."""
    height, width = field.shape
    tall, broad = radius * height, radius * height / wide
    x, y = at[0] * width, at[1] * height
    rows = np.arange(max(int(y - 2 * tall), 0), min(int(y + 2 * tall) + 2, height))
    columns = np.arange(int(x - 2 * broad), int(x + 2 * broad) + 2)
    down, across = (rows + 0.5 - y) / tall, (columns + 0.5 - x) / broad
    spot = np.exp(-(down[:, None] ** 2 + across[None] ** 2)).astype(np.float32)
    place = np.ix_(rows, columns % width)
    field[place] = np.maximum(field[place], spot)


def finished(colour: Array) -> UInt8:
    """Return a painted colour as texture."""
    return np.asarray(np.clip(np.rint(colour), 0, 255), np.uint8)


def thumbnail(rind: UInt8, rows: int, columns: int) -> Float64:
    """Return a small rind (rows, columns, 3) in linear colours, each the mean around it."""
    small = cv2.resize(LINEAR[rind], (columns, rows), interpolation=cv2.INTER_AREA)
    padded = np.concatenate([small[:, -4:], small, small[:, :4]], axis=1)
    return np.asarray(cv2.GaussianBlur(padded, (0, 0), 1.3)[:, 4:-4])
