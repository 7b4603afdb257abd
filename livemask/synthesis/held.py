"""What is before a face without being worn: a hand, a cup, a telephone, a microphone."""

from collections.abc import Callable

import numpy as np

from livemask.geometry import rotation_matrix
from livemask.masks.props.solid import Shape, grid, joined, smooth_line, tube
from livemask.records import Array, Float64
from livemask.synthesis.part import Kind, Part, Surface

Random = np.random.Generator

FINGERS = ((-27.0, 62.0, 8.6), (-9.0, 74.0, 9.0), (9.5, 70.0, 8.7), (27.0, 56.0, 7.6))
"""mm: where each finger begins across the palm, how long it is, how thick."""


def hold(kind: str, random: Random, points: Float64, skin: Float64) -> Part:
    """Return a thing before a face, head frame.

    Parameters
    ----------
    kind : str
        `hand`, `cup`, `phone` or `microphone`.
    random : Generator
        Of place, size and colour.
    points : (68, 3) float64
        Of the face, head frame, mm.
    skin : (3,) float64
        Of a hand, linear RGB.
    """
    shape, colour = _MAKERS[kind](random)
    if kind == "hand":
        colour = 0.95 * skin
    vertices, triangles = shape
    aim, turn = _PLACES[kind](random, points)
    vertices = vertices @ turn.T + aim
    surface = Surface.MATT if kind == "hand" else Surface.HARD
    part = Part.of(Kind.HELD, surface, vertices, triangles)
    return part.coloured(colour)


def _hand(random: Random) -> tuple[Shape, Float64]:
    """Return a left or right hand that points up, its palm towards -z, and its forearm."""
    bend, spread = random.uniform(0.05, 0.9), random.uniform(0.0, 0.16)
    shapes = [_finger(*finger, bend * random.uniform(0.6, 1.3), spread) for finger in FINGERS]
    thumb = smooth_line(
        np.array([(-26.0, -62.0, -6.0), (-48.0, -36.0, -16.0), (-56.0, -10.0, -22.0),
                  (-53.0, 12.0, -26.0)]), 14)  # fmt: skip
    shapes.append(_rounded(thumb, 11.0, 9.0))
    palm = np.linspace(0.0, 1.0, 16)[:, None] * (0.0, -96.0, 0.0) + (0.0, 8.0, 0.0)
    wide = np.interp(np.linspace(0, 1, 16), (0, 0.05, 0.12, 0.2, 0.6, 1), (0.3, 24, 36, 41, 41, 29))
    deep = np.interp(np.linspace(0, 1, 16), (0, 0.05, 0.12, 0.5, 1), (0.3, 7, 10.5, 15, 18))
    shapes.append(tube(palm, np.stack([wide, deep], 1), 24))
    arm = np.linspace(0.0, 1.0, 12)[:, None] * (0.0, -330.0, 10.0) + (0.0, -78.0, 0.0)
    shapes.append(tube(arm, np.stack([np.linspace(29, 46, 12), np.linspace(20, 42, 12)], 1), 24))
    shape = joined(*shapes)
    if random.random() < 0.5:
        shape = shape[0] * (-1.0, 1.0, 1.0), np.ascontiguousarray(shape[1][:, ::-1])
    return shape, np.ones(3)


def _finger(x: float, long: float, thick: float, bend: float, spread: float) -> Shape:
    """Return a finger of three bones that bends towards -z."""
    place, angle = np.array([x, 0.0, 0.0]), 0.0
    line = [place - (0.0, 14.0, 0.0), place]
    for bone, share in zip((0.46, 0.30, 0.24), (0.5, 0.9, 0.6), strict=True):
        angle += share * bend
        way = np.array([spread * x / 27.0, np.cos(angle), -np.sin(angle)])
        place = place + bone * long * way
        line.append(place)
    return _rounded(smooth_line(np.array(line), 18), thick * 1.08, thick * 0.86)


def _rounded(line: Float64, first: float, last: float) -> Shape:
    """Return a tube with a round end."""
    radius = np.linspace(first, last, len(line))
    ahead = line[-1] - line[-2]
    ahead = ahead / np.linalg.norm(ahead)
    angles = np.linspace(0.2, 1.0, 5) * 0.5 * np.pi
    tip = line[-1] + last * np.sin(angles)[:, None] * ahead
    radius = np.r_[radius, np.maximum(last * np.cos(angles), 0.2)]
    return tube(np.concatenate([line, tip]), np.stack([radius, radius], 1), 14)


def _lathe(profile: Array, around: int = 28) -> Shape:
    """Return what turns about the vertical: `profile` (r, 2) radius and height, from below."""
    turn = 2.0 * np.pi * np.arange(around) / around
    radius, height = np.asarray(profile, float).T[:, :, None]
    ring = np.stack([np.sin(turn), np.cos(turn)])
    rows = np.stack(
        np.broadcast_arrays(radius * ring[0], height + 0.0 * ring[0], radius * ring[1]), -1
    )
    return rows.reshape(-1, 3), grid(len(rows), around, closed=True)


def _cup(random: Random) -> tuple[Shape, Float64]:
    """Return a cup with a handle."""
    wide, tall = random.uniform(36.0, 46.0), random.uniform(70.0, 110.0)
    narrow = wide * random.uniform(0.7, 1.0)
    body = _lathe(
        np.array([(0.1, -tall), (narrow, -tall), (narrow + 2, -tall + 4), (wide, -4.0), (wide, 0.0),
                  (wide - 3.5, 0.0), (wide - 4.0, -10.0), (0.1, -12.0)]))  # fmt: skip
    angles = np.linspace(-0.45 * np.pi, 0.45 * np.pi, 14)
    curve = np.stack([wide - 6 + 28.0 * np.cos(angles), -0.5 * tall + 26.0 * np.sin(angles)], 1)
    handle = tube(np.column_stack([curve, np.zeros(14)]), np.full((14, 2), 5.0), 10)
    return joined(body, handle), _paint(random)


def _phone(random: Random) -> tuple[Shape, Float64]:
    """Return a slab with rounded corners, upright."""
    wide, tall = random.uniform(34.0, 40.0), random.uniform(70.0, 82.0)
    turn = 2.0 * np.pi * np.arange(64) / 64
    x = wide * np.sign(np.cos(turn)) * np.abs(np.cos(turn)) ** 0.22
    y = tall * np.sign(np.sin(turn)) * np.abs(np.sin(turn)) ** 0.22
    rows = [(0.01, -4.0), (0.97, -4.0), (1.0, -3.0), (1.0, 3.0), (0.97, 4.0), (0.01, 4.0)]
    points = np.stack([np.stack([s * x, s * y, np.full(64, z)], -1) for s, z in rows])
    triangles = grid(len(rows), 64, closed=True)
    return (points.reshape(-1, 3), triangles), _paint(random)


def _microphone(random: Random) -> tuple[Shape, Float64]:
    """Return a ball on a handle, which points down."""
    ball = [(24.0 * np.cos(a), 24.0 * np.sin(a)) for a in np.linspace(-1.1, 1.56, 12)]
    stick = [(0.1, -210.0), (11.0, -210.0), (12.0, -200.0), (16.0, -40.0), (17.0, -28.0)]
    return _lathe(np.array(stick + ball)), np.full(3, random.uniform(0.015, 0.09))


def _paint(random: Random) -> Float64:
    bright = np.exp(random.uniform(np.log(0.012), np.log(0.6)))
    return np.clip(bright * np.exp(random.normal(0.0, 0.6, 3)), 0.008, 0.8)


def _before_face(random: Random, points: Float64) -> tuple[Float64, Float64]:
    """Return where the palm of a hand is, and how it is turned: before, or beside the face."""
    target = points[[8, 4, 12, 30, 36, 45, 57, 2, 14][int(random.integers(9))]]
    turn = rotation_matrix(np.array([0.0, 0.0, random.uniform(-1.0, 1.0)]))
    turn = turn @ rotation_matrix(np.array([random.uniform(-0.35, 0.35), 0.0, 0.0]))
    turn = turn @ rotation_matrix(np.array([0.0, random.uniform(-0.5, 0.5), 0.0]))
    front = max(points[30, 2], target[2]) + random.uniform(18.0, 55.0)
    grip = turn @ np.array([0.0, random.uniform(-30.0, 55.0), 0.0])
    return np.array([target[0], target[1], front]) - grip, turn


def _at_mouth(random: Random, points: Float64) -> tuple[Float64, Float64]:
    mouth = points[[48, 54]].mean(0)
    lower = mouth + np.array([random.normal(0.0, 9.0), random.uniform(-26.0, 6.0), 0.0])
    ahead = np.array([0.0, 0.0, random.uniform(52.0, 80.0)])
    turn = rotation_matrix(np.array([random.uniform(-0.35, 0.1), 0.0, random.normal(0.0, 0.15)]))
    return lower + ahead, turn @ rotation_matrix(np.array([0.0, random.uniform(0.0, 6.28), 0.0]))


def _beside(random: Random, points: Float64) -> tuple[Float64, Float64]:
    """Return where a telephone is: before the face as one takes a picture, or at an ear."""
    if random.random() < 0.5:
        ahead = random.uniform(70.0, 120.0)
        aside = np.array([random.normal(0.0, 40.0), random.uniform(-90.0, 40.0), ahead])
        place = points[30] + aside
        return place, rotation_matrix(np.array([-0.1, 0.0, random.normal(0.0, 0.3)]))
    side = float(random.choice([-1.0, 1.0]))
    ear = points[1] if side * points[1, 0] > 0 else points[15]
    turn = rotation_matrix(np.array([0.0, side * 1.25, 0.0]))
    return ear + np.array([side * 22.0, -12.0, 6.0]), turn @ rotation_matrix(
        np.array([0.0, 0.0, 0.3])
    )


_MAKERS: dict[str, Callable[[Random], tuple[Shape, Float64]]] = {
    "hand": _hand, "cup": _cup, "phone": _phone, "microphone": _microphone,
}  # fmt: skip
_PLACES: dict[str, Callable[[Random, Float64], tuple[Float64, Float64]]] = {
    "hand": _before_face,
    "cup": _at_mouth,
    "phone": _beside,
    "microphone": _at_mouth,
}
