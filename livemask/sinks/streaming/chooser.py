"""Chooser: which masks the page offers, and who may put them on."""

import logging
from typing import Protocol

from livemask import plugins
from livemask.errors import LivemaskError, UsageError
from livemask.wardrobe import will_hide

LOG = logging.getLogger("livemask")


class Masks(Protocol):
    """What a run's controls have.

    Attributes
    ----------
    worn, offered : tuple of str
        Masks that are on, and those to choose from, `NAME[,key=value...]` each.
    """

    @property
    def worn(self) -> tuple[str, ...]:
        """Masks that are on."""

    @property
    def offered(self) -> tuple[str, ...]:
        """Masks to choose from."""

    def wear(self, *masks: str, safely: bool = False) -> None:
        """Put on others, `safely` none that unmasks anybody; may take seconds."""


class Chooser:
    """Lets viewers change the mask.

    Only to those that the run offers: no option and no file is taken from a page. From another
    machine nobody is unmasked: while what is worn hides, only masks that hide can be put on.

    Parameters
    ----------
    masks : Masks or None
        None offers nothing.
    near : bool
        Whether only this machine reaches the page.
    """

    def __init__(self, masks: Masks | None, *, near: bool) -> None:
        self._masks, self._near = masks, near

    def told(self) -> dict[str, list[str]]:
        """Return what is worn and what is offered, by their names alone: no path gets out."""
        worn = self._masks.worn if self._masks is not None else ()
        return {"worn": [_name(mask) for mask in worn], "offered": list(self._offered())}

    def choose(self, name: str) -> None:
        """Put on a mask that is offered.

        Raises
        ------
        LivemaskError
            If it is not, or cannot be had; the former stays on.
        """
        offered = self._offered()
        if self._masks is None or name not in offered:
            raise UsageError(f"the mask {name[:40]!r} is not offered here; choose another one.")
        try:
            # What is worn by then may be another mask than when the page was asked.
            self._masks.wear(offered[name], safely=not self._near)
        except LivemaskError as error:
            if self._near:
                raise
            LOG.warning("a viewer could not put on %s: %s", name, error)  # it may name a file
            raise UsageError(f"{name} cannot be put on; livemask's log tells why.") from error

    def _offered(self) -> dict[str, str]:
        """Return what can be put on, by its name."""
        if self._masks is None:
            return {}
        guarded = not self._near and will_hide(self._masks.worn)
        offered = self._masks.offered
        return {_name(mask): mask for mask in offered if not guarded or will_hide([mask])}


def _name(mask: str) -> str:
    return plugins.parse(mask, "masks")[0]


def summaries() -> dict[str, str]:
    """Return what each mask is, in a line, by its name."""
    return {name: line for name, (line, _) in plugins.describe("masks").items()}
