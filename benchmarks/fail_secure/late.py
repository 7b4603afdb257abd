"""Late: the search before a camera, always late by the same number of frames."""

from livemask.records import Float64, Frame
from livemask.tracking.searching import Search, fresh
from livemask.tracking.tilting import Finder


class Late:
    """Looks as `ThreadedSearch` does, but what comes of a run does not depend on the machine.

    Parameters
    ----------
    detector : Finder
    frames : int
        How many pass until a look is answered; meanwhile no other is taken.
    """

    def __init__(self, detector: Finder, frames: int) -> None:
        self.careful = False
        self._search, self._frames = Search(detector), frames
        self._coming: tuple[list[Float64], float] | None = None
        self._due = 0  # the index of the frame at which it comes

    def find(self, frame: Frame, known: int = 0) -> list[Float64] | None:
        """Return the boxes of a look that has ended since the last call, px; None if none has."""
        if frame.index < self._due:
            return None
        ended, self._search.careful = self._coming, self.careful
        self._coming = self._search.find(frame, known), frame.time
        self._due = frame.index + self._frames
        return fresh(ended, frame.time)

    def look(self, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
        """Return the box of the face in `region`, px, at once."""
        return self._search.look(frame, region, roll)

    def close(self) -> None:
        """End; there is no thread."""
