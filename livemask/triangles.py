"""Triangles on a grid of pixels: which pixels each covers, and what its corners count there.

Kernels for kernels, compiled into those that use them.
"""

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def corners_of(places, a, b, c):  # type: ignore[no-untyped-def]
    """Return ax, ay, bx, by, cx, cy px of the triangle of three of `places` (n, 2)."""
    return places[a, 0], places[a, 1], places[b, 0], places[b, 1], places[c, 0], places[c, 1]


@njit(cache=True, nogil=True)
def double_area(corners):  # type: ignore[no-untyped-def]
    """Return twice the area of a triangle, negative if its corners go the other way round."""
    ax, ay, bx, by, cx, cy = corners
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)


@njit(cache=True, nogil=True)
def reach(corners, width, height):  # type: ignore[no-untyped-def]
    """Return the first column and that after the last, and rows, where a triangle may be.

    Of a picture of `width` x `height` px, however far beyond it the corners are.
    """
    ax, ay, bx, by, cx, cy = corners
    left, right = max(0.0, np.ceil(min(ax, bx, cx))), min(width - 1.0, max(ax, bx, cx))
    top, bottom = max(0.0, np.ceil(min(ay, by, cy))), min(height - 1.0, max(ay, by, cy))
    return int(left), int(np.floor(right)) + 1, int(top), int(np.floor(bottom)) + 1


@njit(cache=True, nogil=True)
def shares(x, y, corners, area):  # type: ignore[no-untyped-def]
    """Return what each corner counts at a place, 1 together, none negative inside.

    `area` is `double_area` (barycentric coordinates: Moebius 1827).
    """
    ax, ay, bx, by, cx, cy = corners
    v = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area
    w = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area
    return 1.0 - v - w, v, w


@njit(cache=True, nogil=True)
def covers(u, v, w):  # type: ignore[no-untyped-def]
    """Tell whether a place with these `shares` is in the triangle; its edges are, too."""
    return u >= -1e-9 and v >= -1e-9 and w >= -1e-9
