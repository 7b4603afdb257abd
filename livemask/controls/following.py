"""Following: how faces are followed, changed while it runs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from livemask.tracking.manner import Manner


class Following:
    """How calmly and how thoroughly faces are followed, and what is known of them.

    Parameters
    ----------
    manner : Manner
        At first.
    follow : function
        Follows them so from the next frame on.
    forget : function, optional
        Lets the shape of every face be learnt anew.
    """

    def __init__(
        self,
        manner: Manner | None = None,
        follow: Callable[[Manner], object] = lambda _: None,
        forget: Callable[[], object] | None = None,
    ) -> None:
        self.manner = manner or Manner()
        self._follow = follow
        self.forget = forget

    def change(self, **values: Any) -> None:
        """Follow them otherwise; names and values are those of `Manner`."""
        manner = replace(self.manner, **values)
        self._follow(manner)
        self.manner = manner
