"""Writes shape predictors as dlib does, from drawn numbers: for tests of what reads them."""

import math
from dataclasses import dataclass

import numpy as np

from livemask.records import Array, Float64


@dataclass
class Drawn:
    """A predictor of drawn numbers. c cascades, t trees, b branches, n points, p places."""

    start: Float64  # (n, 2)
    rules: Array  # (c, t, b, 2)
    thresholds: Float64  # (c, t, b)
    leaves: Float64  # (c, t, b + 1, 2 n)
    anchors: Array  # (c, p)
    places: Float64  # (c, p, 2)

    @classmethod
    def of(cls, seed=0, points=68, cascades=2, trees=4, branches=3, places=20):
        rng = np.random.default_rng(seed)
        return cls(
            rng.uniform(0.1, 0.9, (points, 2)),
            rng.integers(0, places, (cascades, trees, branches, 2)),
            rng.uniform(-30.0, 30.0, (cascades, trees, branches)),
            rng.normal(0.0, 0.01, (cascades, trees, branches + 1, 2 * points)),
            rng.integers(0, points, (cascades, places)),
            rng.uniform(-0.2, 0.2, (cascades, places, 2)),
        )

    def file(self) -> bytes:
        """Return it as dlib writes it."""
        made = [whole(1), whole(-2 * len(self.start)), whole(-1), fractions(self.start)]
        made.append(whole(len(self.rules)))
        for rules, thresholds, leaves in zip(self.rules, self.thresholds, self.leaves, strict=True):
            made.append(whole(len(rules)))
            made += [_tree(*tree) for tree in zip(rules, thresholds, leaves, strict=True)]
        made.append(whole(len(self.anchors)))
        for row in self.anchors:
            made += [whole(len(row)), *map(whole, row)]
        made.append(whole(len(self.places)))
        for row in self.places:
            made += [whole(len(row)), fractions(row)]
        return b"".join(made)


def _tree(rules, thresholds, leaves) -> bytes:
    made = [whole(len(rules))]
    for (first, second), threshold in zip(rules, thresholds, strict=True):
        made += [whole(first), whole(second), fraction(threshold)]
    made.append(whole(len(leaves)))
    for leaf in leaves:
        made += [whole(-len(leaf)), whole(-1), fractions(leaf)]
    return b"".join(made)


def whole(number) -> bytes:
    """Return a whole number: sign and number of bytes, then these, the lowest first."""
    size = abs(int(number))
    body = size.to_bytes(max(1, (size.bit_length() + 7) // 8), "little")
    return bytes([len(body) | (0x80 if number < 0 else 0)]) + body


def fraction(number) -> bytes:
    """Return a float32: mantissa and exponent of two."""
    part, exponent = math.frexp(float(np.float32(number)))
    return whole(int(part * 2**24)) + whole(exponent - 24)


def fractions(numbers) -> bytes:
    return b"".join(map(fraction, np.asarray(numbers).ravel()))
