"""The colours of a drawn face: brows, lips and lashes, without the shades of real skin."""

import numpy as np
from scipy.spatial import cKDTree

from livemask import landmarks as ibug
from livemask.masks.face_mesh import INNER_PARTS, smooth
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64

BROW, LIPS, LASH = (0.10, 0.07, 0.06), (0.80, 0.30, 0.30), (0.03, 0.02, 0.02)
"""Factors of the skin's colour, linear."""

BROWS, LASH_WIDTH = (2.9, 2.6), 1.3
"""mm to either side of the line through the landmarks; for brows also over which they end."""

EDGE = 0.9
"""mm over which they end."""

STEPS = 24
"""Points between two landmarks."""


def drawn_tones(model: MorphableModel) -> Float32:
    """Return (n, 3) factors of the skin's colour; inner parts have their own, over the skin's."""
    tones = np.ones((len(model.mean), 3))
    marks = model.landmark_vertices
    points = model.mean[np.maximum(marks, 0)].astype(np.float64)
    if (marks[17:48] >= 0).all():
        for eye in (ibug.RIGHT_EYE, ibug.LEFT_EYE):
            upper = points[eye][[0, 1, 2, 3]]
            _paint(tones, LASH, _near(model, _line(upper), LASH_WIDTH, EDGE))
    _paint(tones, BROW, on_brows(model, *BROWS))
    _paint(tones, LIPS, on_lips(model))
    for part in INNER_PARTS:
        if part in model.parts:
            rows = model.parts[part]
            tones[rows] = model.albedo[rows] * 1.6
    return tones.astype(np.float32)


def _paint(tones: Float64, colour: tuple[float, float, float], share: Array) -> None:
    tones += (np.array(colour) - tones) * share[:, None]


def _line(points: Float64) -> Float64:
    """Return the points (m, 3) of a line through `points` (p, 3)."""
    at = np.linspace(0.0, len(points) - 1.0, STEPS * (len(points) - 1))
    return np.column_stack([np.interp(at, np.arange(len(points)), axis) for axis in points.T])


def on_brows(model: MorphableModel, width: float, edge: float) -> Array:
    """Return (n,) 1 within `width` mm of the brows' lines, 0 from `edge` mm farther."""
    marks = model.landmark_vertices
    total = np.zeros(len(model.mean))
    for brow in (ibug.RIGHT_BROW, ibug.LEFT_BROW):
        if (marks[brow] >= 0).all():
            line = _line(model.mean[marks[brow]].astype(np.float64))
            total = np.maximum(total, _near(model, line, width, edge))
    return total


def _near(model: MorphableModel, line: Float64, width: float, edge: float) -> Array:
    """Return (n,) 1 within `width` mm of a line that is pointed at its ends."""
    distance, at = cKDTree(line).query(model.mean)
    along = np.asarray(at) / (len(line) - 1.0)
    wide = width * np.sqrt(np.clip(4.5 * np.minimum(along, 1.0 - along), 0.15, 1.0))
    return smooth((wide - np.asarray(distance)) / edge + 0.5)


def on_lips(model: MorphableModel) -> Array:
    """Return (n,) 1 on the lips: within their outer line, seen from the front."""
    marks = model.landmark_vertices
    if (marks[ibug.OUTER_LIPS] < 0).any():
        return np.zeros(len(model.mean))
    points = model.mean[np.maximum(marks, 0)].astype(np.float64)
    outline = _line(np.vstack([points[ibug.OUTER_LIPS], points[48:49]]))[:, :2]
    middle = outline.mean(0)
    angle = np.arctan2(*(outline - middle).T[::-1])
    order = np.argsort(angle)
    reach = np.linalg.norm(outline - middle, axis=1)
    away = model.mean[:, :2].astype(np.float64) - middle
    edge = np.interp(
        np.arctan2(away[:, 1], away[:, 0]), angle[order], reach[order], period=2.0 * np.pi
    )
    front = model.mean[:, 2] > points[ibug.OUTER_LIPS, 2].min() - 25.0
    return smooth((edge - np.linalg.norm(away, axis=1)) / EDGE + 0.5) * front
