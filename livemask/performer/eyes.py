"""Eyeballs: an iris painted at a place of its own in the head's texture, and where eyes look."""

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.performer.colour import encode
from livemask.performer.style import Style
from livemask.records import Array, Float32, Float64, UInt8

PATCH = 72
"""Texels a side of the picture of one eyeball's front."""

CORNER = 8
"""Texels from the texture's top left to the patch: the model leaves this corner empty."""

IRIS, PUPIL = 0.435, 0.15
"""rad from the middle of the iris to its edge and to the pupil's."""

SCLERA, VEINS, RIM = (0.60, 0.56, 0.53), (0.52, 0.30, 0.27), 0.25


def paint(texture: UInt8, person: MorphableModel, style: Style) -> Float32:
    """Paint the eyes into `texture` (s, s, 4) and return the uv (r, 2) that show them."""
    size = texture.shape[0]
    texture[CORNER : CORNER + PATCH, CORNER : CORNER + PATCH] = _picture(_iris(person), style.seed)
    uv = person.uv.copy()
    for ball, directions in _balls(person):
        flat = _flattened(directions)
        rows = np.isin(person.uv_vertices, ball)
        table = np.zeros((len(person.mean), 2))
        table[ball] = (CORNER + PATCH * (0.5 + flat / 2.2)) / size
        uv[rows] = table[person.uv_vertices[rows]]
    return uv


def front(person: MorphableModel) -> Array:
    """Return which vertices (n,) are not the hidden back of an eyeball."""
    shown = np.ones(len(person.mean), np.bool_)
    for ball, directions in _balls(person):
        shown[ball] = directions[:, 2] > 0.1
    return shown


def _balls(person: MorphableModel) -> list[tuple[Array, Float64]]:
    """Return each eyeball's vertices (v,) and their directions (v, 3), the iris at +z."""
    eyes, points = person.parts["eyes"], person.mean.astype(np.float64)
    found = []
    for side in (1.0, -1.0):
        ball = eyes[side * points[eyes, 0] > 0.0]
        centre = 0.5 * (points[ball].min(0) + points[ball].max(0))
        directions = points[ball] - centre
        directions /= np.linalg.norm(directions, axis=1, keepdims=True)
        dark = person.albedo[ball].sum(1) < 0.05  # the pupil, as the model paints it
        pole = directions[dark].mean(0)
        pole /= np.linalg.norm(pole)
        right = np.cross([0.0, 1.0, 0.0], pole)
        right /= np.linalg.norm(right)
        axes = np.stack([right, np.cross(pole, right), pole])
        found.append((ball, directions @ axes.T))
    return found


def _iris(person: MorphableModel) -> Float64:
    """Return the colour of the irises, as the model paints them, linear RGB."""
    ball, directions = _balls(person)[0]
    angle = np.arccos(np.clip(directions[:, 2], -1.0, 1.0))
    ring = (angle > 0.2) & (angle < 0.33)
    return np.asarray(np.median(person.albedo[ball[ring]], axis=0), np.float64)


def _flattened(directions: Float64) -> Float64:
    """Return points (v, 2) of a plane, y down: the distance from the middle is the angle, rad."""
    angle = np.arccos(np.clip(directions[:, 2:], -1.0, 1.0))
    radius = np.hypot(directions[:, :1], directions[:, 1:2])
    scale = np.minimum(angle, 1.1) / np.maximum(radius, 1e-9)
    return np.asarray(directions[:, :2] * [1.0, -1.0] * scale)


def _picture(iris: Float64, seed: int) -> UInt8:
    """Return the (PATCH, PATCH, 4) picture of a ball's front, 2.2 rad wide."""
    line = (np.arange(PATCH) + 0.5 - PATCH / 2) / PATCH * 2.2
    radius, turn = np.hypot(*np.meshgrid(line, line)), np.arctan2(*np.meshgrid(line, line))
    fibres = np.random.default_rng([seed, 9]).normal(1.0, 0.28, 48)
    streak = np.interp(turn, np.linspace(-np.pi, np.pi, 48), fibres)
    white = _mix(np.tile(SCLERA, (PATCH, PATCH, 1)), VEINS, _ramp(radius, 0.62, 1.1) * 0.55)
    depth = _ramp(radius, PUPIL, IRIS)
    ring = iris * (streak * (1.45 - 0.75 * depth))[..., None]
    ring = _mix(ring, iris * RIM, _ramp(radius, IRIS - 0.10, IRIS - 0.01))
    eye = _mix(ring, white, _ramp(radius, IRIS - 0.03, IRIS + 0.05))
    eye = _mix(eye, (0.004, 0.004, 0.005), 1.0 - _ramp(radius, PUPIL - 0.03, PUPIL + 0.03))
    return np.dstack([encode(eye), np.full((PATCH, PATCH), 255, np.uint8)])


def _mix(under: Array, over: Array | tuple[float, ...], share: Float64) -> Float64:
    return np.asarray(under + share[..., None] * (np.asarray(over) - under))


def _ramp(x: Float64, low: float, high: float) -> Float64:
    t = np.clip((x - low) / (high - low), 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))
