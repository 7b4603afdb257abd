"""Elf: large green eyes, pointed ears, and violet hair to the shoulders."""

import numpy as np

from livemask.masks.avatars.canvas import Canvas
from livemask.masks.avatars.character import Design
from livemask.masks.avatars.ears import Ear, ear, places
from livemask.masks.avatars.eyes import Iris
from livemask.masks.avatars.growing import Grown
from livemask.masks.avatars.lashes import Line
from livemask.masks.avatars.sculpting import Move, both
from livemask.masks.avatars.solids import Section, Solid, curve, lock, sheet
from livemask.masks.avatars.tints import mix, step, tint, tints
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64

SKIN, BLUSH, LIP, BROW = tint("#f7d5c2"), tint("#f0a59c"), tint("#e88f92"), tint("#6a3f86")
DEEP, LIGHT, PALE = tint("#6a3fae"), tint("#a878e6"), tint("#f2c4f8")
LEAF = tints("#2f6b3c", "#5fae58", "#bfe08a")

EAR = Ear(
    (60.0, 10.0, 0.0), (0.86, 0.44, -0.34), (0.35, -0.9, 0.1), 100.0, 19.0, 0.7, (0.0, 16.0, 4.0)
)

MOVES = (
    *both(
        Move((29.5, 28.8, 82.0), (24.0, 22.0, 60.0), (1.32, 1.35, 1.0), (4.0, -2.0, -2.0)),
        Move((33.5, 26.8, 80.0), (20.0, 15.0, 50.0), (1.45, 2.85, 1.0)),
        Move((78.0, 15.0, -8.0), (15.0, 34.0, 26.0), (0.10, 0.8, 0.9), (-8.0, 0.0, 0.0)),
        Move((60.0, -54.0, 40.0), (22.0, 30.0, 34.0), by=(-13.0, 8.0, 0.0)),
        Move((40.0, -64.0, 62.0), (20.0, 16.0, 30.0), by=(-10.0, 4.0, 0.0)),
    ),
    Move((0.0, -6.0, 112.0), (16.0, 22.0, 24.0), (0.66, 0.66, 0.95), (0.0, -3.0, 1.2)),
    Move((0.0, -36.0, 104.0), (28.0, 14.0, 30.0), (0.66, 0.80, 0.9), (0.0, 6.0, 0.0)),
    Move((0.0, -80.0, 82.0), (30.0, 22.0, 40.0), by=(0.0, 12.0, 6.0)),
    Move((0.0, -110.0, 0.0), (60.0, 26.0, 70.0), (0.60, 1.0, 0.68)),
)


def skin(places: Float32) -> Array:
    """Return the colours of the skin: rosy at the tips of the ears."""
    tip = step(np.abs(places[:, 0]), 84.0, 106.0)
    return mix(np.tile(SKIN, (len(places), 1)), SKIN * BLUSH * 1.1, 0.8 * tip)


def paint(canvas: Canvas, head: MorphableModel) -> None:
    """Paint brows, lips and blush."""
    at = head.mean[head.landmark_vertices].astype(np.float64)
    for side in (at[17:22], at[26:21:-1]):
        line = curve(side + np.array([0.0, 3.0, 0.0]), 24)
        share = np.linspace(0.0, 1.0, 24)[:, None]
        half = (0.6 + 2.3 * np.sin(np.pi * (0.15 + 0.8 * share))) * (0.0, 1.0, 0.0)
        canvas.area(np.concatenate([line + half, (line - half)[::-1]]), BROW / SKIN, 1.2)
    canvas.area(np.concatenate([at[48:60]]), LIP / SKIN, 2.5, 0.9)
    for sign in (1.0, -1.0):
        canvas.spot((sign * 46.0, -2.0, 76.0), (26.0, 15.0), BLUSH, 0.75)
    canvas.spot((0.0, 2.0, 100.0), (10.0, 8.0), BLUSH, 0.35)


def growth(head: MorphableModel) -> list[Grown]:  # noqa: ARG001 - as the others
    """Return nothing: all that is hers keeps its shape."""
    return []


def crest(head: MorphableModel) -> list[Solid]:  # noqa: ARG001 - as the others
    """Return hair and a collar of leaves."""
    random = np.random.default_rng(3)
    hair = [*_sides(random), *_fringe(random), *_back(random), *_cap()]
    left = _ear()
    return [*hair, *left, *(solid.mirrored() for solid in left), *collar(random)]


def _ear() -> list[Solid]:
    """Return the left ear, long and rosy at its point."""
    share, across = places()
    skin_of = np.tile(SKIN, (*share.shape, 1))
    behind = mix(skin_of, SKIN * BLUSH, 0.9 * step(share, 0.4, 1.0))
    inside = mix(behind, SKIN * BLUSH, 0.8 * (1.0 - np.abs(across) ** 2))
    return ear(EAR, behind, inside)


_UP = np.array([0.0, 1.0, 0.0])
CENTRE = np.array([0.0, 28.0, 2.0])
CROWN = np.array([0.0, 0.93, -0.36])


def _on_skull(turn: float, fall: float, off: float) -> Float64:
    """Return a point over the scalp: `turn` and `fall` rad from front and crown."""
    axes = np.array([85.0, 105.0, 108.0]) + off
    ahead = np.array([0.0, 0.36, 0.93])
    left = np.array([1.0, 0.0, 0.0])
    way = np.cos(turn) * ahead + np.sin(turn) * left
    return np.asarray(CENTRE + axes * (np.cos(fall) * CROWN + np.sin(fall) * way))


def _tinted(random: np.random.Generator) -> Array:
    """Return colours (4, 3) along a lock, each lock a little other."""
    shade = 0.85 + 0.3 * random.random()
    return np.stack([DEEP, mix(DEEP, LIGHT, 0.7), LIGHT, PALE]) * shade


def _strand(random: np.random.Generator, points: list[Float64], section: Section) -> Solid:
    line = curve(points, 11)
    out = line - (CENTRE * (1, 0, 1) + (0, 1, 0) * np.minimum(line[:, 1:2], 40.0))
    return lock(line, out, section, _tinted(random))


def _cap() -> list[Solid]:
    """Return the hair that lies on the scalp, below all locks."""
    fall, turn = np.meshgrid(
        np.linspace(0.02, 1.0, 10), np.linspace(-np.pi, np.pi, 33), indexing="ij"
    )
    reach = np.interp(np.abs(turn), [0.0, 0.9, 1.35, 1.8, np.pi], [0.92, 1.12, 1.5, 1.75, 2.25])
    grid = np.array(
        [
            [_on_skull(t, f * r, 5.5) for t, f, r in zip(*row, strict=True)]
            for row in zip(turn, fall, reach, strict=True)
        ]
    )
    return [sheet(grid, mix(np.tile(DEEP, (10, 33, 1)), LIGHT, 0.25))]


def _fringe(random: np.random.Generator) -> list[Solid]:
    """Return the locks over the forehead."""
    found = []
    for layer, count in ((0, 9), (1, 8)):
        for turn in np.linspace(-0.95, 0.95, count):
            end = 1.62 - 0.12 * layer - 0.10 * np.cos(3.0 * turn) + 0.06 * random.normal()
            end += 0.05 * abs(turn)
            swing = turn + 0.16 * np.sign(turn + 0.2) + 0.05 * random.normal()
            points = [
                _on_skull(turn, 0.02, 3.0 + layer),
                _on_skull(turn, 0.5, 8.0 + 2 * layer),
                _on_skull(turn, 1.05, 8.0 + 2 * layer),
                _on_skull(swing, end, 5.0 + 2 * layer),
            ]
            found.append(_strand(random, points, Section(14.0, 4.5, 0.2, 0.0, 0.6)))
    return found


def _sides(random: np.random.Generator) -> list[Solid]:
    """Return the long locks before the ears."""
    found = []
    for sign in (1.0, -1.0):
        for turn, length in ((1.02, 150.0), (1.18, 168.0), (1.32, 140.0)):
            start, middle = _on_skull(sign * turn, 0.05, 7.0), _on_skull(sign * turn, 1.0, 16.0)
            low = _on_skull(sign * turn, 1.5, 13.0)
            wave = sign * random.uniform(2.0, 6.0)
            points = [
                start,
                middle,
                low,
                low + np.array([wave, -0.45 * length, 2.0]),
                low + np.array([-1.8 * wave, -0.8 * length, 8.0]),
                low + np.array([0.5 * wave, -length, 12.0]),
            ]
            found.append(_strand(random, points, Section(13.0, 6.0, 0.3, 0.0, 0.45)))
    return found


def _back(random: np.random.Generator) -> list[Solid]:
    """Return the hair behind the ears and down the neck, in two layers."""
    found = []
    for layer, count in ((0, 15), (1, 14)):
        for turn in np.linspace(1.62, 2 * np.pi - 1.62, count):
            ragged = random.normal(0.0, 6.0)
            low = _on_skull(turn, 1.65, 8.0 + 5.0 * layer)
            out = (low - CENTRE) * (1, 0, 1) / 100.0
            length = 118.0 - 16.0 * layer + ragged
            points = [
                _on_skull(turn, 0.03, 3.0 + 2 * layer),
                _on_skull(turn, 0.75, 8.0 + 4 * layer),
                _on_skull(turn, 1.25, 9.0 + 5 * layer),
                low,
                low + np.array([0, -0.5 * length, 0]) + 2.0 * out,
                low + np.array([0, -length, 0]) + (16.0 + random.normal(0, 3)) * out,
            ]
            found.append(_strand(random, points, Section(19.0, 7.0, 0.25, 0.0, 0.5)))
    return found


def collar(random: np.random.Generator) -> list[Solid]:
    """Return leaves around the neck."""
    found = []
    for layer, count in ((1, 15), (0, 17)):
        for turn in 2 * np.pi * (np.arange(count) + 0.5 * layer) / count:
            way = np.array([np.sin(turn), 0.0, np.cos(turn)])
            root = np.array([0.0, -108.0 + 6 * layer, -12.0]) + way * (48.0, 0, 44.0)
            root[1] += -10.0 * way[2]
            long = 44.0 + 8.0 * random.random()
            points = [
                root - 6 * way,
                root + way * 12 + (0, -4, 0),
                root + way * (0.55 * long) + (0, -16, 0),
                root + way * (0.8 * long) + (0, -34 - 6 * layer, 0),
            ]
            shade = 0.8 + 0.35 * random.random()
            found.append(
                lock(
                    curve(points, 7),
                    way + np.array([0, 1.0, 0]),
                    Section(13.0, 2.6, 0.5),
                    LEAF * shade,
                )
            )
    return found


DESIGN = Design(
    moves=MOVES,
    iris=Iris(
        tuple(tint("#1c7a58")), tuple(tint("#9df0b4")), size=(0.50, 0.41), pupil=(0.42, 0.48)
    ),
    lashes=Line(5.0, 7.0, 0.2, tuple(tint("#2a1838"))),
    skin=skin,
    paint=paint,
    growth=growth,
    crest=crest,
    gloss=0.10,
    shine=0.9,
    gleam=0.13,
    size=1.06,
)
