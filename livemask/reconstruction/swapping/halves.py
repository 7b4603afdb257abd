"""What a photo shows of each place of a face, and of its mirror image on the other half."""

from typing import NamedTuple

import cv2
import numpy as np
from scipy.spatial import cKDTree

from livemask.harmonics import shade
from livemask.light.skin import LINEAR, LUMINANCE
from livemask.masks.face_mesh import smooth
from livemask.morphable_model import MorphableModel
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.shape import Shape
from livemask.reconstruction.unwrapped import partners
from livemask.records import Array, Float64

DARK, DARKEST = 0.06, 0.004
"""Least light, and least colour, linear, that are reckoned with."""

FACTOR = 2.0
"""The most by which the light of one half is taken to differ from the other's."""

DARKER = (0.5, 1.0)
"""Between these logarithms darker than its mirror image a place is a lock of hair, no skin."""

AROUND = (2.0, 6.0)
"""mm around such places up to which all is hair, and from which nothing is."""

NOSE = 15.0
"""mm around the ridge of the nose in which no lock is looked for: it has a darker side itself."""

RIM = 0.95
"""Weight below which a place lies near the outline, where the photo may show what is behind."""

GREENER = (0.35, 0.6)
"""Logarithms by which red is less of green than on the skin, between which it is no skin."""

SEEN = 0.3
"""Least weight of both halves for comparing them."""


class Halves(NamedTuple):
    """Of each vertex in a photo. n vertices.

    Attributes
    ----------
    pixels, mirrored : (n, 2) float64
        Where it is, and where its mirror image is, px.
    weight, other : (n,) float
        How well each of the two is seen.
    ratio : (n,) float
        What brings the light of the mirror image to its own.
    """

    pixels: Float64
    mirrored: Float64
    weight: Array
    other: Array
    ratio: Array


def halves_of(given: Portrayal, shape: Shape, pixels: Float64) -> Halves:
    """Return what a photo shows; the vertices of `shape` lie at `pixels` (n, 2) in it."""
    partner, there = partners(given.model)
    light = np.maximum(shade(given.light.harmonics, shape.seen_normals), DARK) @ LUMINANCE
    places = np.nan_to_num(pixels, nan=-1e3)
    both = (
        there
        & (np.abs(given.model.mean[:, 0]) > NOSE)
        & (shape.weight > SEEN)
        & (shape.weight[partner] > SEEN)
    )
    colours = _around(given, shape, places)
    bright = np.log(np.maximum(colours @ LUMINANCE, DARKEST) / light)
    own = shape.weight * (1.0 - _behind(shape, colours))
    weight = own * (1.0 - _hair(given, bright[partner] - bright, both))
    ratio = np.clip(light / light[partner], 1.0 / FACTOR, FACTOR)
    return Halves(places, places[partner], weight, weight[partner] * there, ratio)


def _on_nose(model: MorphableModel) -> Array:
    """Return which vertices (n,) are on the nose or beside it."""
    marks = model.landmark_vertices[[27, 33]]
    high, low = model.mean[marks, 1]
    x, y = model.mean[:, 0], model.mean[:, 1]
    return np.asarray((np.abs(x) < NOSE) & (y < high) & (y > low))


def _around(given: Portrayal, shape: Shape, places: Float64) -> Array:
    """Return (n, 3) linear colours, of a little around each vertex."""
    width, height = given.frame.size
    inner = shape.pixels[given.model.landmark_vertices[17:], 0]
    spread = max(0.5, 0.008 * float(np.ptp(inner)))
    soft = np.asarray(cv2.GaussianBlur(given.frame.image, (0, 0), spread))
    columns, rows = np.clip(np.rint(places), 0, (width - 1, height - 1)).astype(np.intp).T
    return np.asarray(LINEAR[soft[rows, columns]])


def _behind(shape: Shape, colours: Array) -> Array:
    """Return (n,) 1 where what is behind a face is seen beside its outline: greener than skin."""
    face = shape.weight * shape.model.face_weight > RIM
    if not face.any():
        return np.zeros(len(colours))
    red = np.log(np.maximum(colours[:, 0], DARKEST) / np.maximum(colours[:, 1], DARKEST))
    less = np.median(red[face]) - red
    return smooth((less - GREENER[0]) / (GREENER[1] - GREENER[0])) * (shape.weight < RIM)


def _hair(given: Portrayal, darker: Array, both: Array) -> Array:
    """Return (n,) 1 where a lock of hair lies over one half of a face, and around it."""
    lock = smooth((darker - DARKER[0]) / (DARKER[1] - DARKER[0])) * both
    sure = lock > 0.3
    if not sure.any():
        return lock
    apart, _ = cKDTree(given.model.mean[sure]).query(given.model.mean)
    near = smooth((AROUND[1] - np.asarray(apart)) / (AROUND[1] - AROUND[0])) * both
    return np.maximum(lock, near)
