"""The loops of the predictor: a picture and a box in, points out, no checks.

First all trees of a cascade are gone down, then all leaves are added: the addresses are known
beforehand, so that the processor fetches many of them at once. They are most of the time.
"""

import numpy as np
from numba import njit

from livemask.detectors.trees.ensemble import Ensemble
from livemask.records import Float64, UInt8

POINTS = 68
"""Known to the compiler, which then needs no loop for what is left over."""

NUMBERS = 2 * POINTS
GREY = (77, 150, 29)
"""Of 256: the shares of the colours in a grey value (ITU-R BT.601)."""

GROUP = 4
"""Leaves that are added at once. The number of trees must be a multiple."""


def predict(
    image: UInt8, image_from_box: Float64, trees: Ensemble, start: Float64 | None = None
) -> Float64:
    """Return the points (68, 2) px in `image` (h, w, 3) uint8 RGB, 2 px wide and high at least.

    `image_from_box` (2, 3) is a similarity, px; the box is from 0 to 1 both ways. The points begin
    at the mean's, or at `start` (68, 2) px.
    """
    points, shape = np.empty((POINTS, 2)), trees.start.copy()
    if start is not None:
        turn, centre = image_from_box[:, :2], image_from_box[:, 2]
        shape[:] = np.linalg.solve(turn, (start - centre).T).T
    # One memory layout whatever the picture's: another would be compiled for, in mid-show.
    colours = np.ascontiguousarray(image).view()
    colours.flags.writeable = False
    to_image = np.ascontiguousarray(image_from_box, np.float64)
    _predict(colours, to_image, trees, shape, points)
    return points


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def _predict(image, image_from_box, trees, shape, points):  # type: ignore[no-untyped-def]
    values = np.empty(trees.places.shape[1], np.int16)
    reached = np.empty(trees.rules.shape[1], np.int64)
    moves = np.empty(NUMBERS, np.int32)
    for c in range(trees.rules.shape[0]):
        _look(image, image_from_box, trees.start, shape, trees.anchors[c], trees.places[c], values)
        _descend(trees.rules[c], trees.depth, values, reached)
        _add(trees.leaves[c], reached, moves)
        for i in range(POINTS):
            shape[i, 0] += trees.units[c] * np.float32(moves[2 * i])
            shape[i, 1] += trees.units[c] * np.float32(moves[2 * i + 1])
    for i in range(POINTS):
        for a in range(2):
            points[i, a] = image_from_box[a, 2]
            points[i, a] += image_from_box[a, 0] * shape[i, 0] + image_from_box[a, 1] * shape[i, 1]


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def _look(image, image_from_box, start, shape, anchors, places, values):  # type: ignore[no-untyped-def]
    """Write to `values` (p,) how bright the places are; beyond its border the picture goes on."""
    cosine, sine = _turn(start, shape)
    a, b = np.float32(image_from_box[0, 0]), np.float32(image_from_box[0, 1])
    c, d = np.float32(image_from_box[1, 0]), np.float32(image_from_box[1, 1])
    x0, y0 = np.float32(image_from_box[0, 2]), np.float32(image_from_box[1, 2])
    right, bottom = np.float32(image.shape[1] - 1), np.float32(image.shape[0] - 1)
    for p in range(places.shape[0]):
        u = shape[anchors[p], 0] + cosine * places[p, 0] - sine * places[p, 1]
        v = shape[anchors[p], 1] + sine * places[p, 0] + cosine * places[p, 1]
        x = min(max(x0 + a * u + b * v, np.float32(0.0)), right)
        y = min(max(y0 + c * u + d * v, np.float32(0.0)), bottom)
        values[p] = _brightness(image, x, y)


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def _brightness(image, x, y):  # type: ignore[no-untyped-def]
    """Return the grey value at a place between four pixels, 0 to 255."""
    left, top = min(np.int32(x), image.shape[1] - 2), min(np.int32(y), image.shape[0] - 2)
    u = np.int32(np.float32(128.0) * (x - np.float32(left)))
    v = np.int32(np.float32(128.0) * (y - np.float32(top)))
    ul, ur, ll, lr = (128 - u) * (128 - v), u * (128 - v), (128 - u) * v, u * v
    total = 0
    for colour, share in enumerate(GREY):
        mixed = ul * image[top, left, colour] + ur * image[top, left + 1, colour]
        mixed += ll * image[top + 1, left, colour] + lr * image[top + 1, left + 1, colour]
        total += share * mixed
    return (total + (1 << 21)) >> 22


@njit(cache=True, nogil=True, fastmath={"reassoc", "contract"})
def _turn(start, shape):  # type: ignore[no-untyped-def]
    """Return the similarity that brings `start` nearest to `shape`: scale times cosine, sine."""
    x, y = np.float32(0.0), np.float32(0.0)
    for i in range(POINTS):
        x, y = x + start[i, 0], y + start[i, 1]
    x, y = x / POINTS, y / POINTS
    size, cosine, sine = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for i in range(POINTS):
        u, v = start[i, 0] - x, start[i, 1] - y
        size += u * u + v * v
        cosine += u * shape[i, 0] + v * shape[i, 1]
        sine += u * shape[i, 1] - v * shape[i, 0]
    return cosine / size, sine / size


@njit(cache=True, nogil=True)
def _descend(rules, depth, values, reached):  # type: ignore[no-untyped-def]
    """Write to `reached` (t,) the leaf of each tree that `values` lead to."""
    for t in range(rules.shape[0]):
        i = 0
        for _ in range(depth):
            brighter = values[rules[t, i, 0]] - values[rules[t, i, 1]]
            i = 2 * i + 2 - int(brighter > rules[t, i, 2])
        reached[t] = i - rules.shape[1]


@njit(cache=True, nogil=True)
def _add(leaves, reached, moves):  # type: ignore[no-untyped-def]
    """Write to `moves` (2 n,) the sum of the leaves that were reached."""
    moves[:] = 0
    for t in range(0, leaves.shape[0], GROUP):
        a, b, c, d = reached[t], reached[t + 1], reached[t + 2], reached[t + 3]
        for k in range(NUMBERS):
            first = np.int32(leaves[t, a, k]) + np.int32(leaves[t + 1, b, k])
            moves[k] += first + np.int32(leaves[t + 2, c, k]) + np.int32(leaves[t + 3, d, k])
