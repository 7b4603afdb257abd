"""The visible outline of the lower face, which the jaw points of a 2D detector follow.

On a turned head the outline is not where the jaw is: each jaw point slides along a strip
of vertices to where the surface turns away from the viewer (Cao et al. 2014, section 3;
Zhu et al. 2015, "landmark marching").
"""

import numpy as np
from numba import njit

from livemask.records import Float64

SOFTNESS = 1.5
"""mm: candidates this near to the outermost share the point, so that it slides, not jumps."""

LEAST_SHARE = 1e-6
"""A candidate with less of a jaw point is left out."""

NOSE_BASE = 33
"""The iBUG point from which outward is reckoned."""


def strips(contour: tuple[np.ndarray, ...]) -> np.ndarray:
    """Return the candidates as one (17, c) int32 array, rows filled up with -1."""
    width = max((len(strip) for strip in contour), default=0)
    table = np.full((17, max(width, 1)), -1, np.int32)
    for row, strip in zip(table, contour, strict=False):
        row[: len(strip)] = strip
    return table


@njit(cache=True, nogil=True)
def contour_weights(points, strip, rotation, weights):  # type: ignore[no-untyped-def]
    """Write to `weights` (17, c) how much of each jaw point lies on each candidate.

    `points` (N, 3) mm, head frame: the 68 landmarks, then the candidates; `strip` (17, c)
    their rows, -1 = none; `rotation` (3, 3) camera_from_head. Seen from afar: over the
    width of a strip perspective changes nothing. A row without candidates gets zeros.
    """
    for j in range(strip.shape[0]):
        dx, dy = points[j, 0] - points[NOSE_BASE, 0], points[j, 1] - points[NOSE_BASE, 1]
        ox = rotation[0, 0] * dx + rotation[0, 1] * dy
        oy = rotation[1, 0] * dx + rotation[1, 1] * dy
        length = max((ox * ox + oy * oy) ** 0.5, 1e-9)
        ox /= length
        oy /= length
        # How far out in the image plane each candidate lies, as a weight of the head frame.
        gx = ox * rotation[0, 0] + oy * rotation[1, 0]
        gy = ox * rotation[0, 1] + oy * rotation[1, 1]
        gz = ox * rotation[0, 2] + oy * rotation[1, 2]
        outermost = -1e30
        for c in range(strip.shape[1]):
            i = strip[j, c]
            if i >= 0:
                out = gx * points[i, 0] + gy * points[i, 1] + gz * points[i, 2]
                weights[j, c] = out
                outermost = max(outermost, out)
        total = 0.0
        for c in range(strip.shape[1]):
            if strip[j, c] >= 0:
                weights[j, c] = np.exp((weights[j, c] - outermost) / SOFTNESS)
                total += weights[j, c]
            else:
                weights[j, c] = 0.0
        if total > 0.0:
            for c in range(strip.shape[1]):
                weights[j, c] /= total


@njit(cache=True, nogil=True)
def on_contour(points, strip, weights, out):  # type: ignore[no-untyped-def]
    """Write to `out` (68, 3) the 68 landmarks of `points` (N, 3), the jaw on the outline.

    A jaw point is a weighted sum of its candidates (`contour_weights`).
    """
    for i in range(68):
        on_strip = i < strip.shape[0] and strip[i, 0] >= 0
        for a in range(3):
            out[i, a] = 0.0 if on_strip else points[i, a]
        if on_strip:
            for c in range(strip.shape[1]):
                w = weights[i, c]
                if w > LEAST_SHARE:
                    for a in range(3):
                        out[i, a] += w * points[strip[i, c], a]


@njit(cache=True, nogil=True)
def mix(basis, strip, weights, mixed):  # type: ignore[no-untyped-def]
    """Write to `mixed` (m,) the rows of `basis` (N, m) that one jaw point's `strip` (c,) names."""
    for k in range(mixed.shape[0]):
        mixed[k] = 0.0
    for c in range(strip.shape[0]):
        if strip[c] >= 0 and weights[c] > LEAST_SHARE:
            for k in range(mixed.shape[0]):
                mixed[k] += weights[c] * basis[strip[c], k]


@njit(cache=True, nogil=True)
def basis_on_contour(basis, strip, weights, out):  # type: ignore[no-untyped-def]
    """Do `on_contour` for displacements: write the jaw points of `out` (q, 3, 68).

    `basis` (N, 3 q): of each point the x of all displacements, then y, then z. The other
    points of `out` never change.
    """
    count = out.shape[0]
    mixed = np.empty(3 * count)
    for i in range(strip.shape[0]):
        if strip[i, 0] >= 0:
            mix(basis, strip[i], weights[i], mixed)
            for q in range(count):
                for a in range(3):
                    out[q, a, i] = mixed[a * count + q]


def outline(points: Float64, strip: np.ndarray, rotation: Float64) -> Float64:
    """Return the (68, 3) landmarks of `points` (N, 3) with the jaw on the visible outline.

    Arguments as in `contour_weights`.
    """
    weights = np.empty(strip.shape)
    out = np.empty((68, 3))
    contour_weights(points, strip, np.ascontiguousarray(rotation), weights)
    on_contour(points, strip, weights, out)
    return out
