"""Paints the head: our own colours under MakeHuman's masks. Linear RGB."""

from dataclasses import dataclass

import numpy as np

from livemask.records import Array, Float64

SKIN = (0.49, 0.245, 0.155)
LIPS = (0.40, 0.125, 0.105)
SCLERA = (0.74, 0.70, 0.66)
IRIS = (0.115, 0.065, 0.035)
PUPIL = (0.006, 0.006, 0.006)
TEETH = (0.66, 0.60, 0.50)
TONGUE = (0.36, 0.11, 0.10)
MOUTH = (0.13, 0.032, 0.028)
IRIS_RADIUS, PUPIL_RADIUS = 6.2, 2.4  # mm; an iris is 11.7 across (Rüfer et al. 2005)


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """What is painted on: the fine mesh of the mean.

    Attributes
    ----------
    points : (n, 3) float64
    parts : dict of str to (v,) int
    lips : (n,) float64
        0 to 1.
    """

    points: Float64
    parts: dict[str, Array]
    lips: Float64


def paint(canvas: Canvas) -> Float64:
    """Return the (n, 3) mean albedo."""
    colours = np.tile(SKIN, (len(canvas.points), 1))
    colours += canvas.lips[:, None] * (np.array(LIPS) - SKIN)
    for part, colour in (("teeth", TEETH), ("tongue", TONGUE), ("mouth", MOUTH)):
        colours[canvas.parts[part]] = colour
    eyes = canvas.parts["eyes"]
    for side in (canvas.points[eyes, 0] > 0.0, canvas.points[eyes, 0] <= 0.0):
        colours[eyes[side]] = eye(canvas.points[eyes[side]])
    return colours


def eye(points: Float64) -> Float64:
    """Return the (v, 3) albedo of an eyeball of `points` (v, 3) that looks along +z."""
    centre = 0.5 * (points.min(0) + points.max(0))
    away = np.hypot(*(points - centre)[:, :2].T)
    away[points[:, 2] < centre[2]] = np.inf
    colours = np.tile(SCLERA, (len(points), 1))
    for radius, colour in ((IRIS_RADIUS, IRIS), (PUPIL_RADIUS, PUPIL)):
        inside = np.clip((radius - away) / 0.8 + 0.5, 0.0, 1.0)[:, None]
        colours += inside * (np.array(colour) - colours)
    return colours


def tones() -> Float64:
    """Return the (2, 3) factors' logarithms per standard deviation: fair to dark, red to yellow."""
    return np.array([[-0.62, -0.80, -0.92], [0.05, -0.03, -0.10]])


def components(albedo: Float64, canvas: Canvas) -> Float64:
    """Return the (2, n, 3) change of albedo per standard deviation: the skin's tone."""
    skin = np.zeros((len(albedo), 1))
    skin[canvas.parts["skin"]] = 1.0
    return np.stack([0.45 * tone * albedo * skin for tone in tones()])
