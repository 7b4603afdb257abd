"""A camera that films a performer: frames are there in their own time, fetched or not."""

import time
from dataclasses import replace
from pathlib import Path

from livemask.performer import Performer
from livemask.records import Frame


class Camera:
    """Plays frames that were drawn beforehand, forwards and backwards, without an end."""

    count, live = None, True
    path: Path | None = None

    def __init__(self, frames: list[Frame], rate: float) -> None:
        self.rate = rate
        self._frames = [*frames, *frames[-2:0:-1]]
        self.size = frames[0].size
        self.begun = float("inf")
        self._closed = False
        self._given, self._index = -1, 0

    def read(self) -> Frame | None:
        """Wait for the next frame; those that were not fetched in time are gone."""
        if self._closed:
            return None
        now = time.perf_counter()
        self.begun = min(self.begun, now)
        number = max(self._given + 1, int((now - self.begun) * self.rate))
        time.sleep(max(0.0, self.begun + number / self.rate - now))
        self._given, self._index = number, self._index + 1
        frame = self._frames[number % len(self._frames)]
        return replace(frame, time=number / self.rate, index=self._index - 1)

    def close(self) -> None:
        """Give no more."""
        self._closed = True


def filmed(size: tuple[int, int], rate: float, frames: int) -> list[Frame]:
    """Return the first frames of a performer."""
    performer = Performer(size=size, rate=rate)
    found = [performer.read() for _ in range(frames)]
    performer.close()
    return [frame for frame in found if frame is not None]
