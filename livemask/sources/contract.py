"""What every source has. A source need not inherit from it."""

from pathlib import Path
from typing import Protocol

from livemask.records import Frame


class Source(Protocol):
    """Gives frames, one by one.

    The images are all alike to a compiler: RGB, uint8, C-contiguous and read-only. Times
    are in s, 0 for the first frame, and grow strictly; indices count the frames given.

    Attributes
    ----------
    size : (int, int)
        Width and height of every frame, px.
    rate : float or None
        Nominal frames per second, where the source names one.
    count : int or None
        How many frames there will be, as far as can be told beforehand: for progress only.
    live : bool
        Frames come in their own time: one that is not fetched is replaced by the next.
    path : Path or None
        The file that is read, whose sound belongs to the frames.
    """

    size: tuple[int, int]
    rate: float | None
    count: int | None
    live: bool
    path: Path | None

    def read(self) -> Frame | None:
        """Return the next frame; None after the last one or after `close`.

        Raises
        ------
        SourceError
            If a frame should come and does not.
        """

    def close(self) -> None:
        """Let go of device and file. May be called twice, and while another thread reads."""
