"""Lashes: a dark line along the upper lid, broader towards its end, that closes with it."""

from dataclasses import dataclass

import numpy as np

from livemask.eyelids import find_eyelids
from livemask.masks.avatars.growing import Grown
from livemask.masks.avatars.solids import Solid
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float64, Int32

FORWARD = 2.6
"""mm that the line lies before the rim."""


@dataclass(frozen=True, slots=True)
class Line:
    """How lashes are drawn.

    Attributes
    ----------
    wide : float
        mm, where they are broadest.
    wing : float
        mm by which they go on beyond the outer corner.
    below : float
        Breadth of the line under the eye, as a share.
    colour : (float, float, float)
        Linear RGB.
    """

    wide: float
    wing: float
    below: float
    colour: tuple[float, float, float]


def lashes(model: MorphableModel, line: Line) -> list[Grown]:
    """Return the lashes of both eyes of a sculpted head."""
    rows = {name: row for row, name in enumerate(model.expression_names)}
    blinks = {rows[n]: model.expressions[rows[n]] for n in ("eyeBlinkRight", "eyeBlinkLeft")}
    found = find_eyelids(
        model.mean, model.triangles, model.parts["skin"], model.landmark_vertices, blinks
    )
    grown = []
    for lids, outward in zip(found, (-1.0, 1.0), strict=True):
        grown.append(_along(model, lids.upper, outward, line, 1.0))
        if line.below:
            grown.append(_along(model, lids.lower, outward, line, -line.below))
    return grown


def _along(model: MorphableModel, rim: Int32, outward: float, line: Line, breadth: float) -> Grown:
    """Return the line along one rim; it moves as the rim does."""
    rim = rim[np.argsort(outward * model.mean[rim, 0])]
    points = _smoothed(model.mean[rim].astype(np.float64))
    points[:, 2] += FORWARD
    share = np.linspace(0.0, 1.0, len(rim))
    width = abs(breadth) * line.wide * (0.25 + 0.75 * np.sin(0.5 * np.pi * share) ** 1.2)
    width *= np.clip(share / 0.12, 0.15, 1.0)
    way = np.array([0.0, np.sign(breadth), 0.55])
    top = points + width[:, None] * way / np.linalg.norm(way)
    if breadth > 0.0:
        fan = (share**4)[:, None] * line.wing
        points = points + fan * np.array([outward * 0.5, 0.2, -0.1])
        top = top + fan * np.array([outward * 0.9, 0.6, -0.1])
    low = points + np.array([0.0, -0.35 * np.sign(breadth), 0.9])
    back = points + np.array([0.0, 0.0, -FORWARD])
    strip = np.stack([back, low, top, top - (0.0, 0.3, FORWARD)])
    return Grown(_sheet(strip, np.array(line.colour)), np.tile(rim, 4))


def _sheet(strip: Float64, colour: Array) -> Solid:
    """Return (r, c, 3) points as a surface that looks ahead."""
    rows, columns = strip.shape[:2]
    i = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = i[:-1, :-1].ravel(), i[:-1, 1:].ravel(), i[1:, :-1].ravel(), i[1:, 1:].ravel()
    one = np.stack([a, b, d, a, d, c], -1).reshape(-1, 3)
    flat = strip.reshape(-1, 3)
    ahead = np.cross(flat[one[:, 1]] - flat[one[:, 0]], flat[one[:, 2]] - flat[one[:, 0]])[:, 2]
    outward = np.ascontiguousarray(one if ahead.sum() > 0.0 else one[:, ::-1], np.int32)
    tint = np.tile(np.asarray(colour, np.float32), (rows * columns, 1))
    return Solid(flat.astype(np.float32), outward, tint)


def _smoothed(points: Float64) -> Float64:
    """Return a row of points without its wiggles."""
    for _ in range(3):
        points = points.copy()
        points[1:-1] = 0.25 * points[:-2] + 0.5 * points[1:-1] + 0.25 * points[2:]
    return points
