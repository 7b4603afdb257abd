"""Wearing: the masks of a run, changed while it goes on."""

import threading
from collections.abc import Callable, Sequence

from livemask import plugins
from livemask.errors import UsageError
from livemask.wardrobe import Wardrobe, face_of, will_hide

Dress = Callable[[Sequence[str]], Wardrobe]
Wear = Callable[[Wardrobe], object]


class Wearing:
    """The masks of a run. Any thread may ask, one at a time is served.

    Parameters
    ----------
    masks : sequence of str
        What is worn at first, `NAME[,face=N][,key=value...]` each.
    dress : function
        Makes a wardrobe of masks; may take seconds, for photos.
    wear : function
        Puts it on. Until then the former masks stay on, so that nobody is seen in between.

    Attributes
    ----------
    worn : tuple of str
        What is worn.
    coming : tuple of str
        What is being put on at this moment; empty if nothing is.
    offered : tuple of str
        Masks to choose from: all that need no option, and the one that was worn at first.
    """

    def __init__(self, masks: Sequence[str], dress: Dress, wear: Wear) -> None:
        self.worn = tuple(masks)
        self.coming: tuple[str, ...] = ()
        self._dress, self._wear = dress, wear
        self._changing = threading.RLock()
        ready = plugins.ready("masks")
        first, _ = plugins.parse(masks[0], "masks")
        self.offered = ready if first in ready else (masks[0], *ready)

    def wear(self, *masks: str, safely: bool = False) -> None:
        """Put on other masks; `safely`: none that does not hide in place of one that does.

        Raises
        ------
        LivemaskError
            If one of them cannot be had or may not be put on; the former stay on.
        """
        with self._changing:
            will_hide(masks)  # refuses what cannot be before anything is loaded
            self.coming = masks
            try:
                wardrobe = self._dress(masks)
                if safely and will_hide(self.worn) and not wardrobe.hides:
                    raise UsageError(
                        f"{masks[0]} does not hide, as what is worn does; choose one that hides."
                    )
                self._wear(wardrobe)
                self.worn = masks
            finally:
                self.coming = ()

    def wear_alone(self, face: int, mask: str = "") -> None:
        """Put a mask on one face only; without one it wears again what all do.

        Raises
        ------
        LivemaskError
            If it cannot be had; the former stays on.
        """
        with self._changing:
            others = [text for text in self.worn if face_of(text) != face]
            own = [f"{mask},face={face}"] if mask else []
            self.wear(*([*others, *own] or ["none"]))

    def step(self, steps: int) -> None:
        """Put on the mask that comes so many after the first that is worn."""
        with self._changing:
            name, _ = plugins.parse(self.worn[0], "masks")
            known = self.worn[0] if self.worn[0] in self.offered else name
            at = self.offered.index(known) if known in self.offered else -1
            self.wear(self.offered[(at + steps) % len(self.offered)])
