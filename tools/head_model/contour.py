"""Where the visible outline of the lower face may lie, for each of the 17 jaw points.

Each strip lies in a half plane that holds the line of sight through the base of the nose:
it leaves the nose at an angle, runs outwards over cheek or chin and back towards ear or
throat. The outline at any turn of the head crosses it once.
"""

import numpy as np

from livemask.records import Array, Float64, Int32

ANGLES = (152.5, 165.5, 179.5, 194.3, 209.5, 225.0, 240.5, 255.5, 270.0)
"""Degrees, from +x to +y in the frontal view, at which dlib puts jaw points 0 to 8 of the mean."""

AXIS = 20.0
"""mm; the depth around which a strip turns from front to back."""

STEP = 3.5
"""Degrees between candidates, as seen from there."""

BACK = (6.0, 16.0, 18.0, 22.0, 30.0, 52.0, 66.0, 77.0, 83.0)
"""mm in front of the ears where the strips of points 0 to 8 end: at ear, jaw angle, throat."""

WIDTH = 2.0
"""mm beside the plane up to which a vertex counts as in it."""

NOSE_REACH = 24.0
"""mm around the nose's base where there is no outline."""


def contour(points: Float64, usable: Array, nose: Float64) -> tuple[Int32, ...]:
    """Return for each jaw point the vertices of its strip, front to back.

    `points` (n, 3) mm, looking ahead; `usable` (n,) says on which an outline may lie; `nose`
    (3,) is its base, iBUG point 33.
    """
    planes = list(zip(ANGLES, BACK, strict=True))
    planes += [(180.0 - angle, back) for angle, back in planes[-2::-1]]
    around = points - [*nose[:2], AXIS]
    return tuple(_strip(around, usable & (points[:, 2] > back), a) for a, back in planes)


def jaw_vertices(points: Float64, strips: tuple[Int32, ...], nose: Float64) -> Int32:
    """Return the (17,) vertices of the strips that are outermost in the frontal view."""
    away = [np.linalg.norm((points[strip] - nose)[:, :2], axis=1) for strip in strips]
    return np.array([s[a.argmax()] for s, a in zip(strips, away, strict=True)], np.int32)


def _strip(points: Float64, usable: Array, angle: float) -> Int32:
    """Return the vertices (s,) nearest to the half plane at `angle`, deg, front to back."""
    out = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    reach, beside = points[:, :2] @ out, np.abs(points[:, :2] @ [-out[1], out[0]])
    turn = np.degrees(np.arctan2(reach, points[:, 2]))
    inside = usable & (beside < WIDTH) & (reach > NOSE_REACH)
    picked = []
    for middle in np.arange(turn[inside].min(), turn[inside].max(), STEP):
        near = np.flatnonzero(inside & (np.abs(turn - middle) < 0.5 * STEP))
        picked += [near[beside[near].argmin()]] if len(near) else []
    return np.array(picked, np.int32)
