"""Heap: the memory that is free but not given back, kept small. Of glibc; elsewhere nothing.

A run makes and frees some thousand small things a second in a dozen threads. What they leave
behind in glibc's heaps is in pieces, which only an explicit trim gives back to the system.
"""

import ctypes
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

M_ARENA_MAX, ARENAS = -8, 2
"""A parameter of glibc's mallopt, by malloc.h, and how many heaps there are at most."""

M_MMAP_THRESHOLD, LARGE = -3, 1 << 20
"""Another, and from how many bytes on what is freed goes back to the system at once."""

EVERY = 5.0
"""s between two trims: each takes some 5 ms, in which nobody else gets memory."""


def keep_heap_small() -> None:
    """Let all threads share glibc's heaps, and keep pictures out of them.

    With a heap for each thread a run grew by 80 MB in 20 minutes.
    """
    if "MALLOC_ARENA_MAX" in os.environ:
        return
    libc = _libc()
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_ARENA_MAX, ARENAS)
        libc.mallopt(M_MMAP_THRESHOLD, LARGE)


class Trimming:
    """Gives back now and then what is free.

    Parameters
    ----------
    clock : function, optional
        Returns the present time, s.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._trim = getattr(_libc(), "malloc_trim", None)
        self._clock, self._last = clock, clock()

    def look(self) -> None:
        """Trim if it is time to; other threads run meanwhile."""
        now = self._clock()
        if self._trim is not None and now - self._last >= EVERY:
            self._last = now
            self._trim(0)


def _libc() -> Any:
    """Return the C library, with whatever it has; None where it is not Linux's."""
    if sys.platform.startswith("linux"):
        with suppress(OSError):
            return ctypes.CDLL(None)
    return None
