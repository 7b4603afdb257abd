"""Cameras: which one is looked through, changed while it runs."""

from collections.abc import Callable
from dataclasses import dataclass

Size = tuple[int, int]

SIZES: tuple[Size, ...] = ((640, 480), (1280, 720), (1920, 1080))
"""What is offered; a camera gives what it has, px."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A camera that is there.

    Attributes
    ----------
    source : str
        What to open.
    name : str
    """

    source: str
    name: str


class Cameras:
    """The source of a run.

    Parameters
    ----------
    source : str
        What is played at first, as `Config.source`.
    change : function, optional
        Plays another, of a size or of its own.
    listed : function, optional
        Returns the cameras of this machine; may take a second.

    Attributes
    ----------
    source : str
    size : (int, int) or None
        What was asked of it, px.
    seen : tuple of Seen
        As of the last `look`.
    """

    def __init__(
        self,
        source: str = "0",
        change: Callable[[str, Size | None], object] | None = None,
        listed: Callable[[], tuple[Seen, ...]] = lambda: (),
    ) -> None:
        self.source = source
        self.size: Size | None = None
        self.seen: tuple[Seen, ...] = ()
        self._change, self._listed = change, listed

    @property
    def can_change(self) -> bool:
        """Whether another can be chosen in this run: not instead of a film."""
        return self._change is not None

    def look(self) -> None:
        """Look which cameras are there."""
        self.seen = self._listed()

    def choose(self, source: str, size: Size | None = None) -> None:
        """Look through another camera, or through this one in another size.

        Raises
        ------
        LivemaskError
            If it cannot be opened; the former goes on.
        """
        if self._change is not None:
            self._change(source, size)
            self.source, self.size = source, size
