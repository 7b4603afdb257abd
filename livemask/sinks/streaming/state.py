"""State: what the page tells about the run."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from livemask.records import Output, State

_SPAN = 2.0
"""s over which the rate is counted."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of the newest picture.

    Attributes
    ----------
    size : (int, int)
        Width and height, px; zeros before the first picture.
    faces : dict of str to int
        How many are tracked, held, lost.
    transparent : bool
        Whether it has alpha.
    """

    size: tuple[int, int] = (0, 0)
    faces: dict[str, int] = field(default_factory=dict)
    transparent: bool = False

    @classmethod
    def of(cls, output: Output) -> "Sight":
        """Return what is known of an output with a picture."""
        if output.image is None:
            raise ValueError("a stream needs a picture")
        height, width, channels = output.image.shape
        counts = Counter(fit.state for fit in output.fits)
        faces = {str(state): counts[state] for state in State}
        return cls((width, height), faces, channels == 4)


class Rate:
    """How many pictures come in a second. One thread counts, others may read."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: tuple[float, ...] = ()

    def count(self) -> None:
        """Note that a picture has come."""
        self._times = (*self._late(), self._clock())

    @property
    def value(self) -> float:
        """Pictures per second of late: 0 when none comes any more."""
        late = self._late()
        if len(late) < 2:
            return 0.0
        return (len(late) - 1) / max(late[-1] - late[0], self._clock() - late[1])

    def _late(self) -> list[float]:
        now = self._clock()
        return [t for t in self._times if now - t <= _SPAN]


def told(sight: Sight, rate: Rate) -> dict[str, Any]:
    """Return both as the page reads them."""
    return {
        "fps": round(rate.value, 1),
        "size": sight.size,
        "faces": sight.faces,
        "transparent": sight.transparent,
    }
