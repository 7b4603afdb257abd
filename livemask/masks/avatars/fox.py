"""Fox: orange fur with a white muzzle, tall ears, a long snout and amber eyes."""

import numpy as np

from livemask.masks.avatars.canvas import Canvas
from livemask.masks.avatars.character import Design
from livemask.masks.avatars.ears import Ear, ear, places
from livemask.masks.avatars.eyes import Iris
from livemask.masks.avatars.growing import Grown, rooted
from livemask.masks.avatars.lashes import Line
from livemask.masks.avatars.sculpting import Move, both
from livemask.masks.avatars.solids import Section, Solid, ball, curve, lock
from livemask.masks.avatars.tints import mix, step, tint, tints
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32

ORANGE, RUST, CREAM, DARK = tint("#f08a32"), tint("#c65d1e"), tint("#fff4e2"), tint("#3a241c")
PINK = tint("#e8a793")
TUFT = np.stack([ORANGE, ORANGE * 1.1, mix(ORANGE, CREAM, 0.5), CREAM])
RUFF = tints("#f3d3ac", "#fff4e2", "#ffffff")

_UP = np.array([0.0, 1.0, 0.0])
EAR = Ear((40.0, 66.0, 12.0), (0.36, 0.92, -0.08), (0.88, -0.42, -0.12), 120.0, 42.0)

NAPE = -0.6
"""Cosine from straight ahead beyond which no fur hangs from the neck: the head is before it."""

MOVES = (
    *both(
        Move((29.5, 28.8, 82.0), (22.0, 20.0, 60.0), (1.25, 1.3, 1.0), (5.0, 2.0, -3.0)),
        Move((35.0, 31.0, 79.0), (19.0, 14.0, 50.0), (1.3, 2.1, 1.0)),
        Move((44.0, 40.0, 76.0), (10.0, 12.0, 40.0), by=(2.0, 5.0, 0.0)),
        Move((78.0, 15.0, -8.0), (15.0, 34.0, 26.0), (0.10, 0.8, 0.9), (-10.0, 0.0, 0.0)),
        Move((58.0, -25.0, 45.0), (24.0, 28.0, 36.0), by=(14.0, 4.0, 0.0)),
    ),
    Move((0.0, -8.0, 112.0), (15.0, 14.0, 18.0), (0.55, 0.6, 1.0), (0.0, 4.0, -6.0)),
    Move((0.0, -26.0, 108.0), (24.0, 24.0, 24.0), (0.92, 0.95, 1.0), (0.0, 2.0, 34.0)),
    Move((0.0, -58.0, 96.0), (24.0, 18.0, 24.0), (0.80, 0.85, 1.0), (0.0, 8.0, 10.0)),
    Move((0.0, 85.0, 10.0), (70.0, 40.0, 90.0), (1.0, 0.90, 1.0)),
)


def skin(places: Float32) -> Array:
    """Return the colours of the fur: orange above, white cheeks, muzzle and throat."""
    x, y, z = np.abs(places[:, 0]), places[:, 1].astype(float), places[:, 2]
    wave = 3.0 * np.sin(0.35 * x) + 1.5 * np.sin(0.9 * x + 0.2 * y)
    fur = mix(np.tile(ORANGE, (len(places), 1)), RUST, step(y + 0.3 * x, 50.0, 110.0) * 0.6)
    line = np.interp(x, [0, 6, 14, 26, 45, 62, 75], [-22.0, -16.0, 4.0, 9.0, 2.0, -6.0, -40.0])
    white = step(line + wave - y, -3.0, 5.0) * step(z, -30.0, 10.0)
    fur = mix(fur, CREAM, white)
    spot = np.exp(-0.5 * (((x - 30.0) / 9.0) ** 2 + ((y - 66.0) / 6.0) ** 2)) * step(z, 30.0, 60.0)
    return mix(fur, CREAM, 0.75 * np.clip(1.3 * spot, 0.0, 1.0))


def paint(canvas: Canvas, head: MorphableModel) -> None:
    """Paint strands of fur, and dark lines about the eyes and down to the nose."""
    at = head.mean[head.landmark_vertices].astype(np.float64)
    canvas.strands(np.array([0.0, -6.0, 130.0]), (16.0, 42.0), 0.36, 16000)
    for eye, inner in ((at[36:42], at[39]), (at[42:48], at[42])):
        middle = eye.mean(0)
        canvas.area(middle + 1.22 * (eye - middle), DARK, 3.0, 0.95)
        sign = np.sign(middle[0])
        tear = np.array(
            [
                inner,
                inner + np.array([-2.0 * sign, -5.0, 4.0]),
                inner + np.array([2.5 * sign, -4.0, 2.0]),
            ]
        )
        canvas.area(tear, DARK, 2.0, 0.9)
    canvas.area(at[48:60], tint("#6b4038"), 2.0, 0.9)


def growth(head: MorphableModel) -> list[Grown]:
    """Return nose, whiskers and the tufts of the cheeks."""
    random = np.random.default_rng(8)
    skin_points = head.mean[head.parts["skin"]]
    ridge = skin_points[(np.abs(skin_points[:, 0]) < 4.0) & (skin_points[:, 1] > -24.0)]
    tip = ridge[ridge[:, 2].argmax()].astype(np.float64)
    nose = ball(tip + np.array([0.0, 1.0, -1.0]), (13.0, 8.5, 9.0), tint("#1d1416"), 10)
    found = [rooted(head, nose, tip)]
    for sign in (1.0, -1.0):
        for i in range(11):
            down = i / 10.0
            root = np.array([sign * (66.0 - 14.0 * down**2), 18.0 - 74.0 * down, 34.0 - 4.0 * down])
            near = skin_points[np.linalg.norm(skin_points - root, axis=1).argmin()]
            way = np.array([sign * (1.0 - 0.35 * down), -0.35 - 0.75 * down, -0.25])
            way += random.normal(0.0, 0.07, 3)
            long = 30.0 + 26.0 * np.sin(np.pi * (0.2 + 0.7 * down))
            line = near + np.outer([-0.15, 0.3, 0.7, 1.0], long * way)
            line[2:, 1] += (0.04 * long, 0.16 * long)
            solid = lock(
                curve(line, 5), (0.2 * sign, 0.1, 1.0), Section(11.0, 5.0, 0.8, 0.0, 0.3), TUFT
            )
            found.append(rooted(head, solid, near))
    return found


def crest(head: MorphableModel) -> list[Solid]:  # noqa: ARG001 - as the others
    """Return ears, a tuft on the crown, and a ruff about the neck."""
    random = np.random.default_rng(9)
    one = _ear(random)
    return [*one, *(solid.mirrored() for solid in one), *_crown(random), *_ruff(random)]


def _ear(random: np.random.Generator) -> list[Solid]:
    """Return the left ear, dark at its tip, with fur within."""
    share, across = places()
    tip = step(share, 0.55, 0.85)
    shape = (*share.shape, 1)
    behind = mix(mix(np.tile(ORANGE, shape), RUST, step(share, 0.2, 0.6)), DARK, tip)
    inside = mix(mix(np.tile(PINK, shape), CREAM, 0.7 * np.abs(across) ** 3), DARK, 0.85 * tip)
    up, out, front = EAR.axes()
    tufts = []
    for side in np.linspace(-0.85, 0.85, 11):
        root = np.array(EAR.base) + 4.0 * up + 33.0 * side * out
        root += (8.0 - 12.0 * (1.0 - abs(side))) * front
        long = 44.0 + 22.0 * (1.0 - abs(side)) + 6.0 * random.random()
        way = up * 0.95 - 0.35 * side * out + 0.12 * front
        line = curve(root + np.outer([0.0, 0.35, 0.7, 1.0], long * way), 5)
        colours = np.stack([CREAM * 0.9, CREAM, CREAM])
        tufts.append(lock(line, front, Section(7.0, 3.0, 0.8, 0.0, 0.3), colours))
    return [*ear(EAR, behind, inside), *tufts]


def _crown(random: np.random.Generator) -> list[Solid]:
    """Return the tuft on the crown."""
    found = []
    for i in range(9):
        side = -1.0 + 2.0 * i / 8
        root = np.array([14.0 * side, 92.0 - 3.0 * abs(side), 34.0 + 9.0 * (i % 2)])
        long = 52.0 - 14.0 * abs(side) + 5.0 * random.random()
        line = root + np.outer([-0.2, 0.3, 0.7, 1.0], long * np.array([0.45 * side, 0.75, 0.25]))
        line[-1, 2] += 7.0
        colours = np.stack([RUST, ORANGE, mix(ORANGE, CREAM, 0.4)])
        found.append(lock(curve(line, 7), (0, 0.3, 1), Section(8.0, 4.0, 0.8, 0.0, 0.3), colours))
    return found


def _ruff(random: np.random.Generator) -> list[Solid]:
    """Return the thick white fur about the neck."""
    found = []
    for layer, count in ((0, 26), (1, 24), (2, 22)):
        for turn in 2.0 * np.pi * (np.arange(count) + 0.5 * layer) / count:
            way = np.array([np.sin(turn), 0.0, np.cos(turn)])
            if way[2] < NAPE:
                continue
            root = np.array([0.0, -112.0 + 13.0 * layer, -12.0]) + way * (56.0, 0.0, 52.0)
            root[1] -= 8.0 * way[2]
            long = 52.0 + 10.0 * random.random()
            slope = np.array([[-0.1, 0.1], [0.3, 0.02], [0.62, -0.28], [0.82, -0.75]])
            line = root + long * (slope[:, :1] * way + slope[:, 1:] * (0, 1, 0))
            line[1:] += random.normal(0.0, 2.0, 3)
            behind = 0.5 - 0.5 * way[2]
            colours = mix(
                RUFF, np.stack([RUST, ORANGE, ORANGE]), np.full(3, 0.9 * step(behind, 0.45, 0.75))
            )
            found.append(lock(curve(line, 5), way + _UP, Section(12.0, 6.0, 0.7), colours))
    return found


DESIGN = Design(
    moves=MOVES,
    iris=Iris(tuple(tint("#b4620e")), tuple(tint("#ffd257")), size=(0.46, 0.47), pupil=(0.42, 0.5)),
    lashes=Line(2.6, 4.0, 0.5, tuple(tint("#20120d"))),
    skin=skin,
    paint=paint,
    growth=growth,
    crest=crest,
    gloss=0.06,
    shine=0.12,
    gleam=0.12,
    size=1.1,
)
