"""Outputs for the measurement: one that notes what it gets, and slow ones.

`sleeper` needs 0.2 s for a frame; `staller` needs 5 s, as a disk or a network that hangs.
"""

import time

from livemask.records import Output

NAMES = ("noting", "sleeper", "staller")

NOTED: list[float] = []
"""When each frame came to `noting`, s."""


def create(name: str) -> "Slow":
    """Return one of them."""
    return Slow(name)


class Slow:
    """Takes as long as its name says."""

    capacity = 1
    wants_pixels = True

    def __init__(self, name: str) -> None:
        self._name = name

    def send(self, _output: Output) -> None:
        """Take a frame."""
        if self._name == "noting":
            NOTED.append(time.perf_counter())
        if self._name == "sleeper":
            time.sleep(0.2)
        if self._name == "staller":
            time.sleep(5.0)

    def close(self) -> None:
        """Do nothing."""
