"""A fruit so near that it fills a picture, painted by code in a soft light of its own."""

from functools import lru_cache

import cv2
import numpy as np

from livemask.light.skin import LINEAR
from livemask.masks.fruit.kind import KINDS
from livemask.masks.fruit.noise import finished
from livemask.records import Array, Float64, UInt8

SIZE = 1280
"""px: a square, of which each picture shows the middle as wide and high as it is."""

FINE = 2
"""Times as fine as on a whole fruit."""

RADIUS, CENTRE = np.array([1.06, 1.0]), np.array([0.0, 0.06])
"""Half width and height of the fruit and its middle, in half sides of the square; y down."""

LAMP = np.array([-0.36, -0.85, 0.38]) / np.linalg.norm([-0.36, -0.85, 0.38])
"""Towards the light: from the upper left; y down, z to the viewer."""

AMBIENT, DIRECT, GLOSS = 0.5, 0.8, 0.5
BEHIND = np.array([[0.012, 0.045, 0.016], [0.09, 0.17, 0.045]])
"""Linear colours of what is behind the fruit, dark and light: leaves out of focus."""

SEED = 3


@lru_cache(maxsize=2)
def card(name: str) -> UInt8:
    """Return the picture of a kind of fruit, (SIZE, SIZE, 3) uint8 sRGB.

    The same array every time.
    """
    y, x = (np.mgrid[0.5:SIZE, 0.5:SIZE] / (0.5 * SIZE) - 1.0).astype(np.float32)
    normals, inside = _ball(x, y)
    lit = _lit(_skin(name, normals), normals)
    picture = _behind() * (1.0 - inside) + lit * inside
    vignette = 1.0 - 0.42 * np.clip(np.hypot(x, 1.25 * y) - 0.35, 0.0, 1.0) ** 1.6
    return finished(255.0 * _coded(picture * vignette[..., None]))


@lru_cache(maxsize=4)
def fitted(name: str, size: tuple[int, int]) -> UInt8:
    """Return the middle of a card in a picture's own `size` (w, h): each pixel has a texel."""
    share = np.array(size) / max(size)
    low = np.rint(0.5 * SIZE * (1.0 - share)).astype(int)
    cut = card(name)[low[1] : SIZE - low[1], low[0] : SIZE - low[0]]
    how = cv2.INTER_AREA if max(size) < SIZE else cv2.INTER_CUBIC
    return np.ascontiguousarray(cv2.resize(cut, size, interpolation=how), np.uint8)


def _ball(x: Array, y: Array) -> tuple[Array, Array]:
    """Return the normals (SIZE, SIZE, 3) of the fruit and (SIZE, SIZE, 1) where it is."""
    across, down = (x - CENTRE[0]) / RADIUS[0], (y - CENTRE[1]) / RADIUS[1]
    reach = np.sqrt(across**2 + down**2)
    out = np.minimum(reach, 0.999)
    ahead = np.sqrt(1.0 - out**2)
    shrunk = out / np.maximum(reach, 1e-6)
    normals = np.stack([across * shrunk, down * shrunk, ahead], axis=-1)
    return normals, np.clip((1.0 - reach) * SIZE / 4.0, 0.0, 1.0)[..., None]


def _skin(name: str, normals: Array) -> Array:
    """Return the linear colours of a fruit whose middle looks a little down."""
    rind = KINDS[name].paint(FINE)
    height, width = rind.shape[:2]
    tilt = np.radians(8.0)
    rise = normals[..., 1] * np.cos(tilt) - normals[..., 2] * np.sin(tilt)
    ahead = normals[..., 2] * np.cos(tilt) + normals[..., 1] * np.sin(tilt)
    turn = 0.5 + np.arctan2(normals[..., 0], ahead) / (2.0 * np.pi)
    fall = np.arccos(np.clip(-rise, -1.0, 1.0)) / np.pi
    u, v = ((s * n - 0.5).astype(np.float32) for s, n in ((turn, width), (fall, height)))
    sharp = cv2.remap(rind, u, v, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(LINEAR.astype(np.float32)[sharp])


def _lit(albedo: Array, normals: Array) -> Array:
    """Return the skin in the light of a large window."""
    cosine = normals @ LAMP.astype(np.float32)
    facing = np.maximum(normals[..., 2], 0.0)
    matt = (AMBIENT + DIRECT * np.maximum(cosine, 0.0)) * (0.62 + 0.38 * facing)
    mirrored = 2.0 * facing[..., None] * normals - np.array([0.0, 0.0, 1.0])
    ahead = np.clip(mirrored @ LAMP, 0.0, 1.0)
    # Skin that is darker than what is around it is a dent, and mirrors less.
    light = cv2.cvtColor(albedo, cv2.COLOR_RGB2GRAY)
    dents = np.clip(1.0 + 3.0 * (light - cv2.GaussianBlur(light, (0, 0), 6.0)), 0.4, 1.6)
    shine = GLOSS * (0.55 * ahead**40 + 0.10 * ahead**10) * dents
    rim = 0.10 * (1.0 - facing) ** 3
    return albedo * matt[..., None] + (shine + rim)[..., None].astype(np.float32)


def _behind() -> Array:
    """Return leaves out of focus (SIZE, SIZE, 3): dark with soft discs of light."""
    random, small = np.random.default_rng(SEED), SIZE // 6
    light = np.zeros((small, small), np.float32)
    for x, y in random.uniform(0, small, (70, 2)):
        spot = np.zeros_like(light)
        radius = int(random.uniform(0.03, 0.07) * small)
        cv2.circle(spot, (int(x), int(y)), radius, float(random.uniform(0.1, 0.45)), -1)
        light += spot
    soft = cv2.resize(cv2.GaussianBlur(light, (0, 0), 2.5), (SIZE, SIZE))
    share = np.clip(soft, 0.0, 1.0)[..., None]
    return np.asarray(BEHIND[0] + share * (BEHIND[1] - BEHIND[0]), np.float32)


def _coded(linear: Array) -> Float64:
    """Return sRGB codes 0 to 1 of linear colours (IEC 61966-2-1)."""
    x = np.clip(linear, 0.0, 1.0)
    return np.asarray(np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055))
