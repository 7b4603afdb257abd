"""Dragon: green scales, curved horns, a crest of spines, fangs and slit golden eyes."""

import numpy as np

from livemask.masks.avatars.canvas import Canvas
from livemask.masks.avatars.character import Design
from livemask.masks.avatars.ears import Ear, ear, places
from livemask.masks.avatars.eyes import Iris
from livemask.masks.avatars.growing import Grown, rooted
from livemask.masks.avatars.lashes import Line
from livemask.masks.avatars.sculpting import Move, both
from livemask.masks.avatars.solids import Section, Solid, curve, lock
from livemask.masks.avatars.tints import mix, step, tint, tints
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32

GREEN, TEAL, BELLY, DARK = tint("#3fae6a"), tint("#167a78"), tint("#f0e2a0"), tint("#0e2a2c")
HORN = tints("#3b2c2a", "#6b5444", "#b89a72", "#f2e3bd")
SPINE = tints("#14706e", "#1f9a86", "#7fe0a8")
MEMBRANE = tint("#e8784a")

EAR = Ear((66.0, 22.0, -4.0), (0.88, 0.36, -0.30), (0.30, -0.93, 0.0), 84.0, 34.0, 0.25)

MOVES = (
    *both(
        Move((29.5, 28.8, 82.0), (22.0, 20.0, 60.0), (1.3, 1.3, 1.0), (7.0, 2.0, -6.0)),
        Move((36.5, 31.0, 76.0), (18.0, 13.0, 50.0), (1.3, 2.0, 1.0)),
        Move((42.0, 60.0, 82.0), (16.0, 8.0, 24.0), by=(4.0, 0.0, 9.0)),
        Move((78.0, 15.0, -8.0), (15.0, 34.0, 26.0), (0.10, 0.8, 0.9), (-8.0, 0.0, 0.0)),
        Move((62.0, -45.0, 38.0), (20.0, 24.0, 30.0), by=(2.0, 6.0, 0.0)),
        Move((11.0, -10.0, 108.0), (9.0, 9.0, 14.0), by=(7.0, 5.0, 8.0)),
    ),
    Move((0.0, 2.0, 112.0), (18.0, 18.0, 22.0), (1.0, 0.75, 1.0), (0.0, -4.0, 2.0)),
    Move((0.0, -24.0, 104.0), (27.0, 24.0, 26.0), (0.96, 0.9, 1.0), (0.0, 6.0, 56.0)),
    Move((0.0, -58.0, 92.0), (28.0, 18.0, 28.0), (0.9, 0.8, 1.0), (0.0, 10.0, 18.0)),
    Move((0.0, 95.0, 30.0), (80.0, 34.0, 90.0), (0.97, 0.85, 0.97), (0.0, -2.0, -3.0)),
)


def skin(places_of: Float32) -> Array:
    """Return the colours of the scales: pale below, dark along the back."""
    x, y, z = np.abs(places_of[:, 0]), places_of[:, 1].astype(float), places_of[:, 2].astype(float)
    scales = mix(
        np.tile(GREEN, (len(places_of), 1)), TEAL, step(x + 0.25 * y - 0.2 * z, 18.0, 75.0)
    )
    scales = mix(scales, TEAL * 0.75, step(y - 0.5 * x, 60.0, 95.0))
    scales = mix(scales, tint("#9fe08a"), 0.6 * step(z, 100.0, 160.0) * step(y, -35.0, -5.0))
    line = np.interp(x, [0.0, 24.0, 40.0, 56.0, 70.0], [-44.0, -42.0, -50.0, -72.0, -100.0])
    return mix(scales, BELLY, step(line - y, -2.0, 6.0) * step(z, -20.0, 10.0))


def paint(canvas: Canvas, head: MorphableModel) -> None:
    """Paint scales, and dark about eyes, nostrils and lips."""
    at = head.mean[head.landmark_vertices].astype(np.float64)
    canvas.scales(24.0, 0.85)
    for eye in (at[36:42], at[42:48]):
        middle = eye.mean(0)
        canvas.area(middle + 1.25 * (eye - middle), DARK * 2.0, 4.0, 0.9)
    for side in (31, 35):
        canvas.spot(at[side] + (0.25 * at[side, 0], 1.5, 0.0), (6.0, 4.0), DARK, 0.9)
    canvas.area(at[48:60], tint("#8fc4a0"), 3.0, 0.8)


def growth(head: MorphableModel) -> list[Grown]:
    """Return fangs, which move with the lips, and spines on jaw and brows."""
    at = head.mean[head.landmark_vertices].astype(np.float64)
    bone = tints("#f4ead0", "#fffdf2")
    found = []
    points = head.mean[head.parts["skin"]]
    for sign, corner in ((-1.0, at[49]), (1.0, at[53])):
        root = corner + np.array([3.0 * sign, 1.0, -1.0])
        line = root + np.array([[0, 3, -3], [0, -4, 1.5], [0.6 * sign, -10, 1.5], [0, -15, 0]])
        fang = lock(curve(line, 9), (0, 0.2, 1), Section(3.4, 3.2, 0.9, 0.0, 0.15, around=6), bone)
        found.append(rooted(head, fang, corner))
        for i in range(4):
            place = np.array([sign * (66.0 - 6.0 * i), -8.0 - 18.0 * i, 40.0 - 2.0 * i * i])
            near = points[np.linalg.norm(points - place, axis=1).argmin()]
            long = 46.0 - 4.0 * i
            way = np.array([sign * 0.85, -0.18 - 0.12 * i, -0.55])
            spine = near + np.outer([-0.2, 0.3, 0.7, 1.0], long * way)
            spine[-1, 1] += 5.0
            solid = lock(curve(spine, 7), (0, 1, 0.3), Section(10.0, 5.0, 0.9, 0.0, 0.2), SPINE)
            found.append(rooted(head, solid, near))
    for sign, brow in ((-1.0, at[17:22]), (1.0, at[26:21:-1])):
        for root, long in zip(brow[:4], (26.0, 22.0, 17.0, 12.0), strict=True):
            way = np.array([0.55 * sign, 0.75, 0.10])
            line = root + np.array([0.0, 3.0, 0.0]) + np.outer([-0.3, 0.3, 0.7, 1.0], long * way)
            line[-1, 2] -= 5.0
            solid = lock(curve(line, 6), (0, 0, 1), Section(6.0, 5.0, 0.9, 0.0, 0.2), HORN[1:])
            found.append(rooted(head, solid, root))
    return found


def crest(head: MorphableModel) -> list[Solid]:
    """Return horns, fins, the spines along the back, and plates about the neck."""
    left = [*_horns(), *_fin()]
    return [*left, *(solid.mirrored() for solid in left), *_spines(head), *_plates()]


def _horns() -> list[Solid]:
    """Return the left horn and the small one before it."""
    line = np.array([[38, 66, 26], [52, 104, 14], [74, 136, -8], [88, 172, -24], [84, 208, -30]])
    great = lock(
        curve(line, 40), (1.0, 0.2, 0.6), Section(17.0, 16.0, 1.0, 0.0, 0.02, 11, 0.05, 8), HORN
    )
    line = np.array([[56, 66, 46], [66, 80, 42], [76, 90, 28], [82, 100, 12]])
    small = lock(
        curve(line, 24), (1.0, 0.2, 0.6), Section(8.0, 7.5, 1.0, 0.0, 0.02, 6, 0.05, 6), HORN
    )
    return [great, small]


def _fin() -> list[Solid]:
    """Return the fin where an ear would be: a membrane between ribs."""
    share, across = places(17)
    rib = 0.5 + 0.5 * np.cos(8.0 * np.pi * across)
    colours = mix(
        np.tile(MEMBRANE, (*share.shape, 1)), TEAL, np.clip(rib**3 + 1.0 - 2.4 * share, 0, 1)
    )
    colours = colours * (0.7 + 0.3 * share)[..., None]
    return ear(EAR, colours, colours)


def _spines(head: MorphableModel) -> list[Solid]:
    """Return the spines from the forehead to the neck."""
    found = []
    points = head.mean[head.parts["skin"]].astype(np.float64)
    middle = points[np.abs(points[:, 0]) < 5.0]
    for i, turn in enumerate(np.linspace(0.62, 2.9, 11)):
        way = np.array([0.0, np.sin(turn), np.cos(turn)])
        centre = np.array([0.0, 20.0, 0.0])
        towards = (
            (middle - centre) @ way / np.maximum(np.linalg.norm(middle - centre, axis=1), 1e-9)
        )
        root = middle[towards.argmax()] * (0, 1, 1)
        long = 20.0 + 26.0 * np.sin(np.pi * (i + 1.5) / 13.0)
        back = np.array([0.0, -way[2], way[1]]) * -0.6
        line = root + np.outer([-0.25, 0.3, 0.7, 1.0], long * (way - back))
        line[-1] += 0.25 * long * np.array([0.0, way[2], -way[1]]) * 0.8
        found.append(lock(curve(line, 8), (1, 0, 0), Section(11.0, 3.6, 1.0, 0.0, 0.1), SPINE))
    return found


def _plates() -> list[Solid]:
    """Return the large scales about the neck."""
    found = []
    for layer, count in ((0, 18), (1, 17), (2, 16)):
        for turn in 2.0 * np.pi * (np.arange(count) + 0.5 * layer) / count:
            way = np.array([np.sin(turn), 0.0, np.cos(turn)])
            root = np.array([0.0, -114.0 + 14.0 * layer, -12.0]) + way * (54.0, 0.0, 50.0)
            root[1] -= 8.0 * way[2]
            slope = np.array([[-0.1, 0.15], [0.32, 0.0], [0.62, -0.35], [0.72, -0.85]])
            line = root + 46.0 * (slope[:, :1] * way + slope[:, 1:] * (0, 1, 0))
            front = step(np.array(way[2]), 0.45, 0.75)
            colours = mix(
                np.stack([TEAL * 0.6, TEAL, GREEN]),
                np.stack([BELLY * 0.6, BELLY * 0.9, BELLY]),
                np.full(3, float(front)),
            )
            found.append(
                lock(
                    curve(line, 7),
                    way + np.array([0, 1, 0]),
                    Section(15.0, 5.0, 0.8, 0.0, 0.4, 0, 0.06),
                    colours,
                )
            )
    return found


DESIGN = Design(
    moves=MOVES,
    iris=Iris(
        tuple(tint("#c25a06")),
        tuple(tint("#ffe14a")),
        tuple(tint("#f3e9c0")),
        size=(0.50, 0.50),
        pupil=(0.17, 0.80),
    ),
    lashes=Line(2.4, 3.0, 0.6, tuple(tint("#0c1f1e"))),
    skin=skin,
    paint=paint,
    growth=growth,
    crest=crest,
    gloss=0.15,
    shine=0.18,
    gleam=0.11,
    size=1.1,
)
