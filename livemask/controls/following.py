"""Following: how faces are followed, changed while it runs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from livemask.tracking.manner import Manner


class Following:
    """How calmly and how thoroughly faces are followed.

    Parameters
    ----------
    manner : Manner
        At first.
    follow : function
        Follows them so from the next frame on.
    """

    def __init__(
        self,
        manner: Manner | None = None,
        follow: Callable[[Manner], object] = lambda _: None,
    ) -> None:
        self.manner = manner or Manner()
        self._follow = follow

    def change(self, **values: Any) -> None:
        """Follow them otherwise; names and values are those of `Manner`."""
        manner = replace(self.manner, **values)
        self._follow(manner)
        self.manner = manner
