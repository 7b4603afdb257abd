"""Arrows: three axes as solid arrows, x red, y green, z blue."""

from itertools import pairwise

import numpy as np

from livemask.masks.colours import linear_rgb
from livemask.records import Array, Float32, Int32

COLOURS = ("#ff3b30", "#34d158", "#3d7bff")
AROUND = 14
"""Corners of a round section."""

PROFILE = ((0.0, 0.0), (0.0, 0.022), (0.74, 0.022), (0.74, 0.065), (1.0, 0.0))
"""(how far along, radius) of shaft and head, in lengths."""


def arrows(length: float) -> tuple[Float32, Int32, Float32, Float32]:
    """Return vertices (n, 3) mm, triangles, normals and linear colours of three arrows.

    They start at the origin and run `length` mm along x, y and z.
    """
    vertices, normals, triangles = lathe(PROFILE, AROUND)
    # Turned about z; a cyclic exchange of the coordinates turns z into x, and x into y.
    turned = [np.roll(vertices, shift, 1) for shift in (1, 2, 0)]
    leaning = [np.roll(normals, shift, 1) for shift in (1, 2, 0)]
    count = len(vertices)
    colours = [np.tile(linear_rgb("colour", c), (count, 1)) for c in COLOURS]
    return (
        np.asarray(length * np.concatenate(turned), np.float32),
        np.concatenate([triangles + i * count for i in range(3)]).astype(np.int32),
        np.concatenate(leaning).astype(np.float32),
        np.concatenate(colours).astype(np.float32),
    )


def lathe(profile: tuple[tuple[float, float], ...], around: int) -> tuple[Array, Array, Array]:
    """Return vertices, unit normals and triangles of a profile (z, radius) turned about z.

    The profile runs from the lower to the upper end; each of its lines is a band with normals
    of its own, so that its edges stay sharp.
    """
    angles = 2.0 * np.pi * np.arange(around) / around
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    vertices: list[Array] = []
    normals: list[Array] = []
    triangles: list[Array] = []
    for (low, inner), (high, outer) in pairwise(profile):
        start = len(vertices) * around
        slope = np.array([high - low, inner - outer])
        radial, axial = slope / np.linalg.norm(slope)
        for z, radius in ((low, inner), (high, outer)):
            vertices.append(np.column_stack([radius * circle, np.full(around, z)]))
            normals.append(np.column_stack([radial * circle, np.full(around, axial)]))
        triangles.append(start + _band(around))
    return np.concatenate(vertices), np.concatenate(normals), np.concatenate(triangles)


def _band(around: int) -> Array:
    """Return the triangles between a ring of vertices and the next, seen from outside."""
    here = np.arange(around)
    after = np.roll(here, -1)
    up = here + around, after + around
    return np.concatenate([np.stack([here, after, up[1]], 1), np.stack([here, up[1], up[0]], 1)])
