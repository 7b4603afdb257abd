"""Priority: an encoder's threads wait their turn like everybody else's."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_THREADS = Path("/proc/self/task")


@contextmanager
def ordinary_priority() -> Iterator[None]:
    """Take back the real-time priority that is given to threads of ours in the block.

    Where it may, which is for root, SVT-AV1 gives whoever opens it and each of its threads
    the highest real-time priority (SCHED_FIFO, 99). Then nothing else on the machine gets
    its turn while they have work, and every program that this thread starts has it too.
    """
    before = _hurried()
    try:
        yield
    finally:
        for thread in _hurried() - before:
            with contextlib.suppress(ProcessLookupError):  # which has ended meanwhile
                os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))


def _hurried() -> set[int]:
    """Return the threads of this process that have a real-time priority."""
    if not hasattr(os, "sched_getscheduler") or not _THREADS.is_dir():  # not Linux
        return set()
    threads = (int(entry.name) for entry in _THREADS.iterdir())
    return {thread for thread in threads if _is_hurried(thread)}


def _is_hurried(thread: int) -> bool:
    try:
        return os.sched_getscheduler(thread) in (os.SCHED_FIFO, os.SCHED_RR)
    except ProcessLookupError:
        return False
