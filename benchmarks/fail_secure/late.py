"""Late: the search before a camera, always late by the same number of frames."""

from livemask.records import Float64, Frame
from livemask.tracking.searching import STALE, Search
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
        self._coming: tuple[list[Float64], Frame] | None = None

    def find(self, frame: Frame, known: int = 0) -> list[Float64] | None:
        """Return the boxes of a look that has ended since the last call, px; None if none has."""
        ended = self._coming
        if ended is not None and frame.index - ended[1].index < self._frames:
            return None
        self._search.careful = self.careful
        self._coming = self._search.find(frame, known), frame
        fresh = ended is not None and 0.0 <= frame.time - ended[1].time <= STALE
        return ended[0] if ended is not None and fresh else None

    def look(self, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
        """Return the box of the face in `region`, px, at once."""
        return self._search.look(frame, region, roll)

    def close(self) -> None:
        """End; there is no thread."""
