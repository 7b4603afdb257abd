"""Ensemble: regression trees that move the points of a face to where the picture has them.

An ensemble of regression trees: Kazemi & Sullivan, One millisecond face alignment with an
ensemble of regression trees, CVPR 2014, as dlib trains it. The same trees as in dlib, but what
is read together lies together, in half the bytes, and the points are not rounded to pixels.
"""

from typing import NamedTuple

from livemask.records import Array, Float32


class Ensemble(NamedTuple):
    """The trees. c cascades of t trees of depth d, n points, p places that are looked at.

    Attributes
    ----------
    start : (n, 2) float32
        The mean points; the box of the face is from 0 to 1.
    anchors : (c, p) int32
        The point that each place belongs to.
    places : (c, p, 2) float32
        Where it is from there, if the face is upright and of the mean's size.
    rules : (c, t, 2^d - 1, 3) int16
        Of each branch: two places, and by how much the first must be brighter to go left.
    leaves : (c, t, 2^d, 2 n) int16
        By what each leaf moves the points, in units of `units`: x, y of each.
    units : (c,) float32
    depth : int
    """

    start: Float32
    anchors: Array
    places: Float32
    rules: Array
    leaves: Array
    units: Float32
    depth: int
