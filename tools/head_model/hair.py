"""Where hair grows: brows, lashes, scalp and beard. The base mesh has none: it is painted."""

import numpy as np
from scipy.interpolate import PchipInterpolator

from head_model.brushes import noise, step
from head_model.canvas import Canvas
from livemask.landmarks import CHIN, LEFT_BROW, LEFT_EYE, NOSE_BASE
from livemask.records import Float64

BROW_DROP = 1.0  # mm; dlib's points run along the upper half of a brow
BROW_LEVEL = 1.6  # mm; dlib's innermost point hangs lower than the hairs
BROW_HALF = (2.8, 3.8, 3.4, 2.6, 1.0)  # mm; half the width at the five points, inside first
LASHES = 1.2  # mm; how far they darken the lids
HAIR_LINE = {  # degrees from the front: mm above the eyes
    0: 68.0, 25: 68.0, 42: 58.0, 54: 34.0, 66: 18.0, 76: -8.0, 84: -14.0, 92: 8.0, 112: 4.0,
    128: -30.0, 150: -62.0, 180: -68.0,
}  # fmt: skip


def brows(canvas: Canvas) -> Float64:
    """Return the (n,) mask of both brows."""
    left = canvas.landmarks[LEFT_BROW] - [0.0, BROW_DROP, 0.0]
    left[0, 1] += BROW_LEVEL
    place = np.linspace(0.0, 4.0, 81)
    curve = PchipInterpolator(range(5), left)(place)
    half = PchipInterpolator(range(5), BROW_HALF)(place)
    points = canvas.points * np.where(canvas.points[:, :1] < 0.0, [-1.0, 1.0, 1.0], 1.0)
    near = np.abs(points[:, 1] - left[:, 1].mean()) < 25.0
    away = np.linalg.norm(points[near, None] - curve, axis=2) / half
    mask = np.zeros(len(points))
    mask[near] = step(away.min(1), 1.3, 0.3) * step(points[near, 0], left[0, 0] - 5.0, left[0, 0])
    return canvas.smooth(mask) * canvas.skin


def lashes(canvas: Canvas) -> Float64:
    """Return the (n,) mask of the edges of the lids, the upper ones darker."""
    edge = canvas.points[canvas.lashes]
    reach = 1.3 * LASHES
    low, high = edge.min(0) - reach, edge.max(0) + reach
    near = np.flatnonzero(((canvas.points > low) & (canvas.points < high)).all(1))
    away = np.linalg.norm(canvas.points[near, None] - edge, axis=2).min(1)
    corners = canvas.landmarks[LEFT_EYE][[0, 3], 1].mean()
    upper = step(canvas.points[near, 1], corners - 1.0, corners + 1.0)
    mask = np.zeros(len(canvas.points))
    mask[near] = step(away, reach, 0.3) * (0.4 + 0.6 * upper)
    return mask * canvas.skin


def scalp(canvas: Canvas) -> Float64:
    """Return the (n,) mask of the hair of the head, cropped short."""
    eyes = canvas.landmarks[LEFT_EYE].mean(0)
    back = canvas.points[:, 2] - eyes[2] + 90.0
    turn = np.degrees(np.arctan2(np.abs(canvas.points[:, 0]), back))
    line = PchipInterpolator(list(HAIR_LINE), list(HAIR_LINE.values()))(turn)
    height = canvas.points[:, 1] - eyes[1] - line + 3.0 * noise(canvas.points, 6.0, 11)
    return step(height, -4.0, 6.0) * (1.0 - step(canvas.masks["ears"], 0.1, 0.5)) * canvas.skin


def beard(canvas: Canvas) -> Float64:
    """Return the (n,) mask of a beard: upper lip, chin, cheeks up to the ears, throat."""
    marks, points = canvas.landmarks, canvas.points
    ragged = points[:, 1] + 3.0 * noise(points, 5.0, 12)
    x = np.abs(points[:, 0])
    lip = marks[NOSE_BASE, 1].mean() - 3.0
    mouth, ear = marks[48, 1] - 6.0, marks[1, 1]
    line = PchipInterpolator(
        [0.0, 20.0, 30.0, 45.0, 60.0, 75.0, 90.0],
        [lip, lip - 1.0, mouth, mouth, mouth + 12.0, ear, ear],
    )(x)
    throat = marks[CHIN, 1] - 25.0
    around = step(ragged, line + 4.0, line - 6.0) * step(ragged, throat - 12.0, throat + 8.0)
    ahead = step(points[:, 2] + 2.0 * noise(points, 5.0, 13), 4.0, 16.0)
    bare = (1.0 - canvas.masks["lips"]) * (1.0 - step(canvas.masks["ears"], 0.0, 0.3))
    inside = canvas.openness > 0.25  # not in the nostrils
    return around * ahead * bare * inside * canvas.skin
