"""Faces that are found, lost, and found again."""

from itertools import groupby

import numpy as np

from livemask.records import Array


def stretches(mask: Array) -> list[tuple[int, int]]:
    """Return first frame and the one after the last of each run of True in `mask` (n,)."""
    found, start = [], 0
    for value, run in groupby(mask.tolist()):
        end = start + len(list(run))
        if value:
            found.append((start, end))
        start = end
    return found


def waits(expected: Array, gone: Array, right: Array) -> list[int]:
    """Return for each time that a face comes back how many frames it is not tracked.

    A face that is not found before it leaves again waits for as long as it was there.

    Parameters
    ----------
    expected : (n,) bool
        Frames in which it is to be tracked.
    gone : (n,) bool
        Frames in which it cannot be.
    right : (n,) bool
        Frames in which it is.
    """
    found, before = [], 0
    for start, end in stretches(expected):
        if gone[before:start].any():
            tracked = np.flatnonzero(right[start:end])
            found.append(int(tracked[0]) if len(tracked) else end - start)
        before = end
    return found
