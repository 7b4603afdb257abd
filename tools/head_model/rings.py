"""Rings of vertices around the openings of the head: the eyes and the mouth."""

import numpy as np

from head_model.cut import Cage
from livemask.records import Array


def rings(cage: Cage, bag: str, count: int) -> Array:
    """Return the (c,) distance of each vertex of the head from a bag's rim, in edges.

    0 is the seam between the head and `bag` (`lids` or `mouth`), -1 is `count` or further
    away, or not on the head.
    """
    distance = np.full(len(cage.base), -1)
    distance[np.intersect1d(cage.vertices_of("head"), cage.vertices_of(bag))] = 0
    quads = cage.quads[cage.groups == "head"]
    sides = np.concatenate([quads, np.roll(quads, -1, 1)]).reshape(2, -1).T
    sides = np.concatenate([sides, sides[:, ::-1]])
    for ring in range(1, count):
        reached = sides[distance[sides[:, 0]] == ring - 1, 1]
        distance[reached[distance[reached] < 0]] = ring
    return distance
