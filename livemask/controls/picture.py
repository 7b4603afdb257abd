"""Picture: what lies behind and before the masks, changed while it runs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from livemask.showing import Showing


class Picture:
    """How masks and video are put together.

    Parameters
    ----------
    showing : Showing
        At first.
    show : function
        Puts them together so from the next frame on; may take a moment, for a picture's file.

    Attributes
    ----------
    showing : Showing
        As it is now.
    mirrored : bool
        Whether the preview is a mirror image; outputs never are.
    began_mirrored : bool
        Whether it was one at first.
    veiled : bool
        Whether the whole picture is blurred, whatever is worn.
    """

    def __init__(
        self, showing: Showing | None = None, show: Callable[[Showing], object] = lambda _: None
    ) -> None:
        self.showing = showing or Showing()
        self.mirrored = self.began_mirrored = False
        self.veiled = False
        self._show = show

    def change(self, **values: Any) -> None:
        """Show it otherwise; names and values are those of `Showing`.

        Raises
        ------
        LivemaskError
            If a value is none, or a picture cannot be read; all stays as it was.
        """
        showing = replace(self.showing, **values)
        self._show(showing)
        self.showing = showing
