"""Backgrounds: rooms, outdoors, walls, lights out of focus, or a user's own photos."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from livemask.performer.colour import decode
from livemask.performer.room import Room
from livemask.records import Array, Float32

Random = np.random.Generator
KINDS = ("room", "blocks", "outdoors", "wall", "lights", "cloth", "noise")
SHARES = (0.26, 0.21, 0.17, 0.16, 0.11, 0.06, 0.03)


def make(random: Random, size: int, photos: tuple[Path, ...]) -> Float32:
    """Return a background (size, size, 3), linear RGB.

    Parameters
    ----------
    random : Generator
        Of this picture.
    size : int
        px.
    photos : tuple of Path
        One of them is it, or part of one; drawn if there are none.
    """
    if photos:
        return _photo(random, size, photos)
    kind = str(random.choice(KINDS, p=SHARES))
    side = max(64, size // 2)
    image = _MAKERS[kind](random, side)
    blur = random.uniform(0.004, 0.03) if kind in ("blocks", "outdoors", "lights") else 0.0
    if blur:
        image = np.asarray(cv2.GaussianBlur(image, (0, 0), blur * side), np.float32)
    tint = np.exp(random.normal(0.0, 0.06, 3)) * np.exp(random.normal(0.0, 0.3))
    large = cv2.resize(image, (size, size), interpolation=cv2.INTER_LINEAR)
    return np.maximum(large * tint.astype(np.float32), np.float32(0.0))


def _photo(random: Random, size: int, photos: tuple[Path, ...]) -> Float32:
    """Return a square part of a photo; grey if it cannot be read."""
    data = np.fromfile(photos[int(random.integers(len(photos)))], np.uint8)
    image = cv2.imdecode(data, cv2.IMREAD_COLOR) if len(data) else None
    if image is None:
        return np.full((size, size, 3), 0.2, np.float32)
    short = min(image.shape[:2])
    side = int(short * random.uniform(0.5, 1.0))
    top = int(random.integers(image.shape[0] - side + 1))
    left = int(random.integers(image.shape[1] - side + 1))
    part = image[top : top + side, left : left + side, ::-1]
    if random.random() < 0.5:
        part = part[:, ::-1]
    part = np.ascontiguousarray(part)
    return decode(
        np.asarray(cv2.resize(part, (size, size), interpolation=cv2.INTER_AREA), np.uint8)
    )


def _colour(random: Random, low: float = 0.03, high: float = 0.6, pure: float = 0.5) -> Array:
    """Return a colour, linear RGB: `pure` 0 is grey."""
    bright = np.exp(random.uniform(np.log(low), np.log(high)))
    return np.asarray(bright * np.exp(random.normal(0.0, 0.7 * pure, 3)))


def _plain(side: int, top: Array, bottom: Array) -> Float32:
    share = np.linspace(0.0, 1.0, side, dtype=np.float32)[:, None, None]
    flat = np.asarray(top) * (1.0 - share) + np.asarray(bottom) * share
    return np.ascontiguousarray(np.broadcast_to(flat, (side, side, 3)), np.float32)


def _room(random: Random, side: int) -> Float32:
    """Return the performer's kind of room, or part of it."""
    wide = int(side * random.uniform(1.0, 1.7))
    room = Room.of(int(random.integers(1 << 20)))
    picture = decode(room.picture((wide, side)))
    left = int(random.integers(wide - side + 1))
    return np.ascontiguousarray(picture[:, left : left + side])


def _wall(random: Random, side: int) -> Float32:
    """Return an even wall, lighter on one side."""
    colour = _colour(random, 0.05, 0.8, 0.3)
    turn, fall = random.uniform(0.0, 2.0 * np.pi), random.uniform(0.0, 0.9)
    line = np.linspace(-0.5, 0.5, side)
    slope = 1.0 + fall * (np.cos(turn) * line + np.sin(turn) * line[:, None])
    grain = 1.0 + 0.03 * _clouds(random, side, 6)
    return (slope[..., None] * grain[..., None] * colour).astype(np.float32)


def _clouds(random: Random, side: int, cells: int) -> Float32:
    grid = random.standard_normal((cells + 2, cells + 2), np.float32)
    return np.asarray(cv2.resize(grid, (side, side), interpolation=cv2.INTER_CUBIC))


def _noise(random: Random, side: int) -> Float32:
    """Return clouds of colour of two sizes."""
    layers = [_clouds(random, side, int(random.integers(2, 14))) for _ in range(3)]
    mixed = np.dstack(layers) * random.uniform(0.1, 0.5)
    return np.exp(mixed + np.log(_colour(random, 0.05, 0.4))).astype(np.float32)


def _cloth(random: Random, side: int) -> Float32:
    """Return a curtain in folds."""
    colour, line = _colour(random, 0.04, 0.6), np.linspace(0.0, 1.0, side)
    folds = np.zeros(side)
    for _ in range(4):
        folds += np.sin(2.0 * np.pi * (random.uniform(4, 20) * line + random.random()))
    shade = 1.0 + 0.12 * folds[None, :] - 0.3 * (line[:, None] - 0.5)
    return (np.maximum(shade, 0.1)[..., None] * colour).astype(np.float32)


def _blocks(random: Random, side: int) -> Float32:
    """Return a wall with furniture: boxes that stand on one another."""
    image = _plain(side, _colour(random, 0.08, 0.6, 0.3), _colour(random, 0.05, 0.4, 0.3))
    for _ in range(int(random.integers(4, 16))):
        colour = _colour(random, 0.02, 0.7)
        x, y = random.uniform(-0.1, 1.0, 2) * side
        wide, high = np.exp(random.uniform(np.log(0.05), np.log(0.6), 2)) * side
        low, far = (int(x), int(y)), (int(x + wide), int(y + high))
        cv2.rectangle(image, low, far, colour.tolist(), -1)
        if random.random() < 0.5:
            cv2.rectangle(image, low, far, (0.5 * colour).tolist(), max(1, side // 60))
    if random.random() < 0.4:
        _window(image, random, side)
    return image


def _window(image: Float32, random: Random, side: int) -> None:
    x, wide = random.uniform(0.0, 0.7) * side, random.uniform(0.15, 0.45) * side
    high = random.uniform(0.3, 0.7) * side
    sky = (float(random.uniform(0.9, 1.8)) * np.array([0.95, 1.0, 1.05])).tolist()
    cv2.rectangle(image, (int(x), -1), (int(x + wide), int(high)), sky, -1)
    bar = (0.5, 0.48, 0.45)
    middle = int(x + 0.5 * wide)
    cv2.line(image, (middle, 0), (middle, int(high)), bar, max(1, side // 50))


def _outdoors(random: Random, side: int) -> Float32:
    """Return sky, trees and ground."""
    sky = np.array([0.45, 0.62, 0.95]) * random.uniform(0.5, 1.5)
    image = _plain(side, sky, 1.1 * np.clip(sky + 0.25, 0.0, 1.6))
    horizon = random.uniform(0.4, 0.75)
    for layer in range(3):
        green = np.array([0.06, 0.13, 0.04]) * np.exp(random.normal(0.0, 0.4, 3))
        pale = 0.3 * (2 - layer) / 2
        colour = green * (1.0 - pale) + sky * pale * 0.6
        ridge = horizon + 0.08 * layer - 0.12 * np.abs(_clouds(random, side, 7)[0])
        below = np.arange(side)[:, None] > (ridge * side)[None]
        leaves = np.exp(0.45 * _clouds(random, side, 40))[..., None]
        image = np.where(below[..., None], (colour * leaves).astype(np.float32), image)
    ground = _colour(random, 0.05, 0.4, 0.3)
    line = int(min(horizon + 0.22, 0.97) * side)
    image[line:] = ground * np.exp(0.15 * _clouds(random, side, 20))[line:, :, None]
    return np.ascontiguousarray(image, np.float32)


def _lights(random: Random, side: int) -> Float32:
    """Return lights out of focus in the dark: discs, as a lens makes them."""
    image = _plain(side, _colour(random, 0.004, 0.08), _colour(random, 0.004, 0.08))
    over = np.zeros_like(image)
    radius = side * random.uniform(0.015, 0.07)
    for _ in range(int(random.integers(10, 60))):
        x, y = (random.uniform(0.0, 1.0, 2) * side).astype(int).tolist()
        over[:] = 0.0
        size = max(1, int(radius * random.uniform(0.7, 1.2)))
        box = slice(max(y - size, 0), y + size + 1), slice(max(x - size, 0), x + size + 1)
        cv2.circle(over, (x, y), size, _colour(random, 0.1, 1.5, 0.9).tolist(), -1, cv2.LINE_AA)
        image[box] += over[box]
    return image


_MAKERS: dict[str, Callable[[Random, int], Float32]] = {
    "room": _room, "blocks": _blocks, "outdoors": _outdoors, "wall": _wall, "lights": _lights,
    "cloth": _cloth, "noise": _noise,
}  # fmt: skip
