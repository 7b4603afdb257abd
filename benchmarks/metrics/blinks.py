"""Blinks and winks as events: how many were seen, and how many were none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from livemask.records import Float64

SHUT = 0.5
"""Coefficient from where on an eye counts as closed."""

LATE = 0.15
"""s by which an event may be early or late."""


@dataclass(frozen=True, slots=True)
class Event:
    """Eyes that were shut.

    Attributes
    ----------
    start, end : float
        s.
    kind : str
        `blink`, `left` or `right`.
    """

    start: float
    end: float
    kind: str


def events(time: Float64, left: Float64, right: Float64) -> list[Event]:
    """Return what happened, of coefficients `left` and `right` (n,) at `time` (n,) s."""
    shut = np.r_[False, np.maximum(left, right) > SHUT, False]
    edges = np.flatnonzero(np.diff(shut.astype(np.int8)))
    found = []
    for start, end in edges.reshape(-1, 2).tolist():
        both = left[start:end].max() > SHUT, right[start:end].max() > SHUT
        kind = "blink" if all(both) else "left" if both[0] else "right"
        found.append(Event(float(time[start]), float(time[end - 1]), kind))
    return found


def counts(
    true: Sequence[Event], seen: Sequence[Event], kinds: Sequence[str]
) -> tuple[int, int, int, int]:
    """Return how many there were, how many of them were seen, how many seen, how many rightly.

    An event is another's if it is of the same kind and at the same time, give or take `LATE`.
    """
    real = [e for e in true if e.kind in kinds]
    told = [e for e in seen if e.kind in kinds]
    hit = sum(any(_are_one(e, other) for other in told) for e in real)
    right = sum(any(_are_one(e, other) for other in real) for e in told)
    return len(real), hit, len(told), right


def _are_one(a: Event, b: Event) -> bool:
    return a.kind == b.kind and a.start <= b.end + LATE and b.start <= a.end + LATE
