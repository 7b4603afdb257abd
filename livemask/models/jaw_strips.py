"""Where the visible outline of the lower face may lie, from a mean mesh and its landmarks alone.

Each of the 17 strips lies in a half plane that holds the line of sight through the base of
the nose: it leaves the nose at the angle of its jaw point, runs outwards over cheek or chin
and ends at that point. The outline at any turn of the head crosses it once. A jaw point that
the model does not name is where its strip, at the angle at which dlib puts the point, reaches
furthest out in the frontal view; such a strip ends where livemask's own head has it.
"""

from dataclasses import dataclass

import numpy as np

from livemask.landmarks import (
    JAW,
    LEFT_EYE,
    LEFT_EYE_OUTER,
    NOSE_TIP,
    OUTER_LIPS,
    RIGHT_EYE,
    RIGHT_EYE_OUTER,
    eye_distance,
)
from livemask.records import Array, Float64, Int32

ANGLES = (152.5, 165.5, 179.5, 194.3, 209.5, 225.0, 240.5, 255.5, 270.0)
"""Degrees, from +x to +y in the frontal view, at which dlib puts jaw points 0 to 8."""

BEHIND = (0.80, 0.69, 0.61, 0.56, 0.37, 0.28, 0.08, -0.01, -0.09)
"""How far behind the corners of the eyes the strips of points 0 to 8 end, in eye distances:
at ear, jaw angle and throat."""

AXIS = 0.70
"""Behind the corners of the eyes, in eye distances: around it a strip turns to the back."""

NOSE_REACH = 0.27
"""Eye distances around the nose's base where there is no outline."""

STEP = 3.5
"""Degrees between candidates, as seen from the axis."""

WIDTH = 0.024
"""Eye distances beside the plane up to which a vertex counts as in it."""

SHELL = 0.05
"""Eye distances below the outermost surface, from the axis: deeper lie throat and mouth."""

FROM_LIPS = 0.03
"""Eye distances around the lips where there is no outline."""


@dataclass(frozen=True, slots=True, eq=False)
class _Face:
    """A mean face about the point from which strips turn.

    Attributes
    ----------
    points : (n, 3) float64
        Relative to the axis through the base of the nose.
    usable : (n,) bool
        Where there may be an outline.
    unit : float
        Distance of the eyes' outer corners.
    eyes : float
        Depth of those corners, relative to the axis.
    """

    points: Float64
    usable: Array
    unit: float
    eyes: float


def jaw_strips(
    mean: Array, normals: Array, landmarks: Array, skin: Array
) -> tuple[tuple[Int32, ...], Int32]:
    """Return the 17 strips, front to back, and the landmarks with the jaw points they give.

    Parameters
    ----------
    mean, normals : (n, 3) float
        Head frame.
    landmarks : (68,) int
        Vertices of the iBUG points, -1 where there is none. Without eye corners and nose
        nothing can be told: all strips are empty.
    skin : (s,) int
        Vertices that are neither eyes nor mouth.
    """
    found = np.array(landmarks, np.int32)
    face = _face(np.asarray(mean, np.float64), normals, found, skin)
    if face is None:
        return (np.empty(0, np.int32),) * 17, found
    strips = []
    for point in range(JAW.stop):
        strip = _strip(face, point, int(found[point]))
        strips.append(strip)
        if found[point] < 0 and len(strip):
            reach = np.linalg.norm(face.points[strip, :2], axis=1)
            found[point] = strip[reach.argmax()]
    return tuple(strips), found


def _face(mean: Float64, normals: Array, landmarks: Int32, skin: Array) -> _Face | None:
    corners = landmarks[[RIGHT_EYE_OUTER, LEFT_EYE_OUTER]]
    nose = [p for p in (33, 31, 35, NOSE_TIP) if landmarks[p] >= 0]
    if (corners < 0).any() or not nose:
        return None
    unit, base = eye_distance(mean[landmarks]), mean[landmarks[nose[0]]]
    eyes = float(mean[corners, 2].mean())
    if unit <= 0.0:
        return None
    points = mean - [base[0], base[1], eyes - AXIS * unit]
    usable = np.zeros(len(mean), bool)
    usable[skin] = True
    usable &= np.einsum("ij,ij->i", normals, points) > 0.0
    usable &= ~_within(mean, landmarks, OUTER_LIPS, FROM_LIPS * unit)
    for eye in (RIGHT_EYE, LEFT_EYE):
        usable &= ~_within(mean, landmarks, eye, FROM_LIPS * unit)
    return _Face(points, usable, unit, AXIS * unit)


def _within(mean: Float64, landmarks: Int32, group: slice, margin: float) -> Array:
    """Return which vertices (n,) lie, seen from the front, in the box around some landmarks."""
    known = landmarks[group][landmarks[group] >= 0]
    if not len(known):
        return np.zeros(len(mean), bool)
    low, high = mean[known].min(0) - margin, mean[known].max(0) + margin
    inside = (mean[:, :2] > low[:2]) & (mean[:, :2] < high[:2])
    return np.asarray(inside.all(1) & (mean[:, 2] > low[2] - 10.0 * margin))


def _strip(face: _Face, point: int, vertex: int) -> Int32:
    """Return the vertices (s,) nearest to the half plane of a jaw point, front to back."""
    out, back = _plane(face, point, vertex)
    points = face.points
    reach, beside = points[:, :2] @ out, np.abs(points[:, :2] @ [-out[1], out[0]])
    turn, radius = np.degrees(np.arctan2(reach, points[:, 2])), np.hypot(reach, points[:, 2])
    inside = face.usable & (beside < WIDTH * face.unit)
    inside &= (reach > NOSE_REACH * face.unit) & (points[:, 2] >= back)
    if not inside.any():
        return np.empty(0, np.int32)
    picked = []
    for middle in np.arange(turn[inside].min(), turn[inside].max() + STEP, STEP):
        near = np.flatnonzero(inside & (np.abs(turn - middle) <= 0.5 * STEP))
        near = near[radius[near] > radius[near].max(initial=0.0) - SHELL * face.unit]
        picked += [near[beside[near].argmin()]] if len(near) else []
    if vertex >= 0:
        picked = [p for p in picked if points[p, 2] > back and p != vertex] + [vertex]
    return np.array(picked, np.int32)


def _plane(face: _Face, point: int, vertex: int) -> tuple[Float64, float]:
    """Return the direction (2,) in which a strip leaves the nose, and the depth of its end."""
    if vertex >= 0:
        away = face.points[vertex, :2]
        return away / max(float(np.linalg.norm(away)), 1e-9), float(face.points[vertex, 2])
    mirrored = point > 8
    angle = np.radians(ANGLES[16 - point if mirrored else point])
    out = np.array([-np.cos(angle) if mirrored else np.cos(angle), np.sin(angle)])
    return out, face.eyes - BEHIND[16 - point if mirrored else point] * face.unit
