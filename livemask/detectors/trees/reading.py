"""Reads dlib's shape predictors: a file of numbers of varying length, one after the other.

As dlib writes them (`serialize.h`, `shape_predictor.h`; Boost licence): a whole number is a byte,
which holds the sign and how many bytes follow, and those; a fraction is a mantissa and an
exponent of two. Only what livemask can run is taken: trees of one size, as dlib trains them.
"""

import math
from pathlib import Path

import numpy as np
from numba import njit

from livemask.detectors.trees.descent import GROUP
from livemask.detectors.trees.ensemble import Ensemble
from livemask.records import Float32, UInt8

LARGEST = 1 << 30
"""Bytes of a file that is read at all."""

FARTHEST = 1e3
"""Faces: no number of a predictor is so far from its box."""

VERSION = 1
MOST_DEPTH, MOST_CASCADES, MOST_TREES, MOST_PLACES = 8, 100, 10_000, 32_767


def read(file: Path) -> Ensemble:
    """Return the trees of a file.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is no shape predictor, ends early, or has trees of another shape.
    """
    if file.stat().st_size > LARGEST:
        raise ValueError(f"it has more than {LARGEST >> 20} MB")
    data = np.fromfile(file, np.uint8)
    at = np.zeros(1, np.int64)  # where the next number begins
    _expect(_whole(data, at) == VERSION)
    numbers = -_whole(data, at)  # dlib tells the sides of a matrix as negative numbers
    _expect(-_whole(data, at) == 1 and 0 < numbers <= MOST_PLACES and numbers % 2 == 0)
    start = np.array([_fraction(data, at) for _ in range(numbers)], np.float32).reshape(-1, 2)
    cascades, trees, branches = _sizes(data, at.copy())
    # A number takes two bytes at least: what the file promises must be in it.
    _expect(cascades * trees * (branches + 1) * numbers <= len(data) // 2)
    rules = np.empty((cascades, trees, branches, 3), np.int16)
    leaves = np.empty((cascades, trees, branches + 1, numbers), np.int16)
    units = np.empty(cascades, np.float32)
    _forests(data, at, rules, leaves, units)
    anchors, places = _looked_at(data, at, cascades)
    # Every place must be one that a picture can be asked for.
    _expect(all(np.abs(values).max() < FARTHEST for values in (start, places, units)))
    _expect(anchors.min() >= 0 and anchors.max() < len(start))
    _expect(rules[..., :2].min() >= 0 and rules[..., :2].max() < places.shape[1])
    depth = (branches + 1).bit_length() - 1
    return Ensemble(start, anchors, places, rules, leaves, units, depth)


def _expect(right: bool) -> None:
    if not right:
        raise ValueError("it is of another kind, or damaged")


def _sizes(data: UInt8, at: np.ndarray) -> tuple[int, int, int]:
    """Return how many cascades there are, trees in one, branches in a tree."""
    cascades, trees, branches = (_whole(data, at) for _ in range(3))
    _expect(0 < cascades <= MOST_CASCADES)
    _expect(0 < trees <= MOST_TREES and trees % GROUP == 0)
    _expect(branches + 1 in (2**depth for depth in range(1, MOST_DEPTH + 1)))
    return cascades, trees, branches


def _looked_at(data: UInt8, at: np.ndarray, cascades: int) -> tuple[np.ndarray, Float32]:
    """Return anchors (c, p) int32 and places (c, p, 2)."""
    _expect(_whole(data, at) == cascades)
    anchors = [[_whole(data, at) for _ in range(_count(data, at))] for _ in range(cascades)]
    _expect(_whole(data, at) == cascades)
    places = [
        [(_fraction(data, at), _fraction(data, at)) for _ in range(_count(data, at))]
        for _ in range(cascades)
    ]
    counts = {len(row) for row in (*anchors, *places)}
    _expect(len(counts) == 1 and 0 not in counts)
    return np.array(anchors, np.int32), np.array(places, np.float32)


def _count(data: UInt8, at: np.ndarray) -> int:
    count = int(_whole(data, at))
    _expect(0 < count <= MOST_PLACES)
    return count


@njit(cache=True, nogil=True)
def _whole(data, at):  # type: ignore[no-untyped-def]
    """Return the whole number at `at` (1,), which is moved on."""
    i = at[0]
    if i >= data.shape[0] or i + (data[i] & 15) >= data.shape[0]:
        raise ValueError("it ends early")
    count, value = np.int64(data[i] & 15), np.int64(0)
    if count > 8:
        raise ValueError("it is of another kind, or damaged")
    for k in range(count):
        value |= np.int64(data[i + 1 + k]) << (8 * k)
    at[0] = i + 1 + count
    return -value if data[i] & 128 else value


@njit(cache=True, nogil=True)
def _fraction(data, at):  # type: ignore[no-untyped-def]
    """Return the fraction at `at` (1,), which is moved on."""
    mantissa = _whole(data, at)
    exponent = _whole(data, at)
    if abs(exponent) > 1000:  # of dlib's infinity, for one
        raise ValueError("it has numbers that are none")
    return math.ldexp(mantissa, exponent)


@njit(cache=True, nogil=True)
def _forests(data, at, rules, leaves, units):  # type: ignore[no-untyped-def]
    """Write all trees to `rules`, `leaves` and `units`; see `Ensemble`."""
    cascades, trees, branches = rules.shape[:3]
    values = np.empty((trees, branches + 1, leaves.shape[3]), np.float32)
    if _whole(data, at) != cascades:
        raise ValueError("it is of another kind, or damaged")
    for c in range(cascades):
        if _whole(data, at) != trees:
            raise ValueError("its cascades differ in size")
        most = 1e-12
        for t in range(trees):
            _tree(data, at, rules[c, t], values[t])
            for row in values[t]:
                for value in row:
                    most = max(most, abs(value))
        units[c] = most / 32767.0
        for t in range(trees):
            for i in range(branches + 1):
                for k in range(leaves.shape[3]):
                    leaves[c, t, i, k] = np.int16(np.rint(values[t, i, k] / units[c]))


@njit(cache=True, nogil=True)
def _tree(data, at, rules, values):  # type: ignore[no-untyped-def]
    """Write the branches of a tree to `rules` (b, 3), its leaves to `values` (b + 1, 2 n)."""
    branches = rules.shape[0]
    if _whole(data, at) != branches:
        raise ValueError("its trees differ in size")
    for i in range(branches):
        for k in range(2):
            rules[i, k] = min(max(_whole(data, at), -1), 32767)
        # Brightnesses are whole: to be above a threshold is to be above the number below it.
        rules[i, 2] = min(max(np.floor(_fraction(data, at)), -32768.0), 32767.0)
    if _whole(data, at) != branches + 1:
        raise ValueError("its trees differ in size")
    for i in range(branches + 1):
        if _whole(data, at) != -values.shape[1] or _whole(data, at) != -1:
            raise ValueError("its leaves differ in size")
        for k in range(values.shape[1]):
            values[i, k] = _fraction(data, at)
