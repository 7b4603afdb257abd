"""Faces that are found, lost, and found again."""

from itertools import groupby

from livemask.records import Array

SURE = 5
"""Frames in a row after which a face counts as met for good."""


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
    """Return for each time that a face comes back after how many frames it is tracked for good.

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
            found.append(_first_run(right[start:end]))
        before = end
    return found


def _first_run(right: Array) -> int:
    """Return where the first `SURE` frames in a row begin, or all of the rest; else the end."""
    runs = [(s, e) for s, e in stretches(right) if e - s >= SURE or e == len(right)]
    return runs[0][0] if runs else len(right)
