"""Paints the head with our own colours, under MakeHuman's masks. Linear RGB, 0 to 1."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from head_model import hair
from head_model.brushes import blob, noise, step
from head_model.canvas import Canvas
from livemask.records import Array, Float64

SKIN = (0.47, 0.262, 0.178)
LIPS = (0.40, 0.150, 0.118)
RED = (0.10, -0.10, -0.11)  # of the skin of cheeks, nose and ears
HAIR = (0.040, 0.026, 0.018)
SCLERA = (0.60, 0.55, 0.51)
CORNER = (0.55, 0.30, 0.26)
IRIS = (0.105, 0.055, 0.026)
IRIS_RIM = (0.022, 0.013, 0.010)
PUPIL = (0.005, 0.005, 0.005)
TEETH = (0.62, 0.56, 0.46)
GUMS = (0.40, 0.14, 0.13)
GAPS = (0.20, 0.13, 0.09)
TONGUE = (0.36, 0.115, 0.105)
MOUTH = (0.11, 0.026, 0.022)
IRIS_RADIUS, PUPIL_RADIUS = 5.9, 2.2  # mm; an iris is 11.7 across (Rüfer et al. 2005)
TOOTH_EDGES = {  # mm along the arch from the middle; MacHugh's averages, rounded
    "helper-upper-teeth": (0.0, 8.5, 15.0, 22.5, 29.5, 36.5, 46.5),
    "helper-lower-teeth": (0.0, 5.3, 11.3, 18.3, 25.3, 32.3, 43.0),
}
TOOTH_HEIGHT = {"helper-upper-teeth": (8.0, 10.0), "helper-lower-teeth": (6.5, 8.5)}  # mm
TONE = (0.165, 0.113, 0.082)
WARMTH = (0.018, -0.004, -0.016)
LIP_RED = (0.020, -0.018, -0.014)
IRIS_LIGHT = (0.030, 0.060, 0.080)


@dataclass(frozen=True, slots=True)
class Look:
    """How a person is painted.

    Attributes
    ----------
    tone, warmth, lips, iris : float
        Standard deviations from the mean: light skin, yellow skin, red lips, light eyes.
    brows : float
        Strength, 0 to 1.
    scalp, beard : float
        How much hair is seen, 0 to 1.
    hair : (float, float, float)
        Its colour, linear RGB.
    """

    tone: float = 0.0
    warmth: float = 0.0
    lips: float = 0.0
    iris: float = 0.0
    brows: float = 0.72
    scalp: float = 0.0
    beard: float = 0.0
    hair: tuple[float, float, float] = HAIR


COMPONENTS = {"tone": 1.0, "warmth": 1.0, "lips": 1.0, "iris": 1.0, "brows": 0.14}
"""What the albedo's components change, in their order, and by how much per deviation."""


def paint(canvas: Canvas, look: Look) -> Float64:
    """Return the (n, 3) albedo of a person."""
    skin = SKIN + look.tone * np.array(TONE) + look.warmth * np.array(WARMTH)
    lips = (LIPS + look.lips * np.array(LIP_RED)) * (skin / SKIN) ** 0.8
    colours = np.tile(skin, (len(canvas.points), 1))
    _blend(colours, canvas.masks["lips"], lips)
    colours *= 1.0 + _redness(canvas)[:, None] * RED
    colours *= 1.0 + 0.035 * (noise(canvas.points, 9.0, 1) + noise(canvas.points, 4.0, 2))[:, None]
    corners = blob(canvas.points, canvas.landmarks[54] - [1.0, 0.3, 1.5], (3.0, 2.2, 5.0))
    _blend(colours, 0.8 * corners * canvas.skin, 0.55 * lips)
    _blend(colours, look.beard * hair.beard(canvas), look.hair)
    _blend(colours, look.scalp * hair.scalp(canvas), look.hair)
    _blend(colours, look.brows * hair.brows(canvas), 0.5 * (np.array(look.hair) + HAIR))
    _blend(colours, 0.85 * hair.lashes(canvas), HAIR)
    colours *= (1.0 - 0.5 * (1.0 - step(canvas.openness, 0.0, 0.55)))[:, None] ** [0.8, 1.0, 1.1]
    colours[canvas.parts["mouth"]] = MOUTH * _depth(canvas, "mouth")
    colours[canvas.parts["tongue"]] = TONGUE * _depth(canvas, "tongue")
    for side in (1.0, -1.0):
        _paint_eye(colours, canvas, side, IRIS + look.iris * np.array(IRIS_LIGHT))
    for group in TOOTH_EDGES:
        _paint_teeth(colours, canvas, group)
    return np.clip(colours, 0.0, 1.0)


def components(canvas: Canvas) -> Float64:
    """Return the (5, n, 3) change of albedo per standard deviation, as `COMPONENTS`."""
    changes = []
    for name, by in COMPONENTS.items():
        ends = [Look(**{name: getattr(Look(), name) + sign * by}) for sign in (1.0, -1.0)]
        changes.append(0.5 * (paint(canvas, ends[0]) - paint(canvas, ends[1])))
    return np.stack(changes)


def _blend(colours: Float64, share: Float64, colour: ArrayLike) -> None:
    colours += share[:, None] * (np.array(colour) - colours)


def _redness(canvas: Canvas) -> Float64:
    """Return the (n,) mask of where blood shines through: cheeks, nose, chin, ears."""
    marks = canvas.landmarks
    cheek = 0.5 * (marks[46] + marks[54]) + [12.0, 2.0, -4.0]
    return canvas.skin * (
        0.75 * blob(canvas.points, cheek, (20.0, 16.0, 30.0))
        + 0.8 * blob(canvas.points, marks[30], (15.0, 12.0, 20.0))
        + 0.4 * blob(canvas.points, marks[8], (16.0, 10.0, 20.0))
        + 0.6 * canvas.masks["ears"]
    )


def _angles(canvas: Canvas, side: float) -> tuple[Array, Float64]:
    """Return an eye's vertices (v,) and their arc (v,) from the pupil, mm."""
    eyes = canvas.parts["eyes"]
    own = eyes[side * canvas.points[eyes, 0] > 0.0]
    points = canvas.points[own]
    centre = 0.5 * (points.min(0) + points.max(0))
    pole = canvas.pupil * [side, 1.0, 1.0] - centre
    radius = np.linalg.norm(points - centre, axis=1)
    cosine = (points - centre) @ pole / (radius * np.linalg.norm(pole))
    return own, radius * np.arccos(np.clip(cosine, -1.0, 1.0))


def _paint_eye(colours: Float64, canvas: Canvas, side: float, iris: Float64) -> None:
    own, arc = _angles(canvas, side)
    white = np.tile(SCLERA, (len(own), 1))
    _blend(white, step(arc, 7.5, 15.0) * 0.6, CORNER)
    _blend(white, step(arc, IRIS_RADIUS + 0.8, IRIS_RADIUS - 0.5), IRIS_RIM)
    _blend(white, step(arc, IRIS_RADIUS - 0.7, IRIS_RADIUS - 1.9), iris)
    _blend(white, step(arc, PUPIL_RADIUS + 0.5, PUPIL_RADIUS - 0.5), PUPIL)
    colours[own] = white


def _paint_teeth(colours: Float64, canvas: Canvas, group: str) -> None:
    """Paint gums, and gaps where one tooth ends and the next begins."""
    own = canvas.groups[group]
    points = canvas.points[own]
    arc = _arch(points)
    outward = -1.0 if group == "helper-upper-teeth" else 1.0
    bite = _along(arc, outward * points[:, 1])
    away = np.abs(arc[:, None] - np.array(TOOTH_EDGES[group])).min(1)
    height = bite - outward * points[:, 1] + 1.2 * step(away, 2.0, 0.4)
    teeth = np.tile(TEETH, (len(own), 1))
    _blend(teeth, step(away, 0.9, 0.2) * 0.6, GAPS)
    _blend(teeth, step(height, *TOOTH_HEIGHT[group]), GUMS)
    colours[own] = teeth * _depth(canvas, "teeth", own)


def _arch(points: Float64) -> Float64:
    """Return the (v,) length along the row of teeth from the middle, mm."""
    x = np.abs(points[:, 0])
    front = _along(x, points[:, 2], at=(nodes := np.linspace(0.0, x.max(), 40)))
    lengths = np.r_[0.0, np.cumsum(np.hypot(np.diff(nodes), np.diff(front)))]
    return np.interp(x, nodes, lengths)


def _along(place: Float64, values: Float64, at: Float64 | None = None) -> Float64:
    """Return the greatest of `values` (v,) near each `place` (v,), or near each of `at`, mm."""
    near = np.abs((place if at is None else at)[:, None] - place) < 2.0
    return np.asarray(np.where(near, values, -np.inf).max(1))


def _depth(canvas: Canvas, part: str, own: Array | None = None) -> Float64:
    """Return the (v, 1) light that falls into the mouth: less the further back."""
    points = canvas.points[canvas.parts[part] if own is None else own]
    front = canvas.points[canvas.parts["teeth"], 2].max()
    return np.exp(np.minimum(points[:, 2] - front + 4.0, 0.0) / 16.0)[:, None]
