"""What is free of the heap goes back to the system."""

import ctypes
import sys
import types

import pytest

from benchmarks.endurance import resident
from livemask import heap

GLIBC = sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "malloc_trim")


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is of Linux")
@pytest.mark.parametrize("given", ["", "8"])
def test_all_threads_share_few_heaps_unless_the_user_says_otherwise(monkeypatch, given):
    asked = []
    libc = types.SimpleNamespace(mallopt=lambda *what: asked.append(what))
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: libc)
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    if given:
        monkeypatch.setenv("MALLOC_ARENA_MAX", given)
    heap.keep_heap_small()
    wanted = [(heap.M_ARENA_MAX, heap.ARENAS), (heap.M_MMAP_THRESHOLD, heap.LARGE)]
    assert asked == ([] if given else wanted)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_a_libc_that_knows_no_heaps_is_left_alone(monkeypatch, platform):
    clock = Clock()
    monkeypatch.setattr(heap.sys, "platform", platform)
    monkeypatch.setattr(heap.ctypes, "CDLL", lambda _: object())
    heap.keep_heap_small()
    trimming = heap.Trimming(clock)
    clock.now += 1000.0
    trimming.look()


@pytest.mark.skipif(not GLIBC, reason="no glibc")
def test_memory_that_is_free_between_pieces_that_are_not_goes_back(monkeypatch):
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    clock = Clock()
    trimming = heap.Trimming(clock)
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    pieces = [libc.malloc(60_000) for _ in range(1000)]
    for piece in pieces:
        ctypes.memset(piece, 1, 60_000)
    for piece in pieces[:-1]:  # the last, above all others, keeps the heap from shrinking
        libc.free(piece)
    held = resident()
    clock.now += 0.5 * heap.EVERY
    trimming.look()
    assert resident() > held - 10.0
    clock.now += heap.EVERY
    trimming.look()
    assert resident() < held - 40.0
    libc.free(pieces[-1])
