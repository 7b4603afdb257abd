"""Switches: outputs, switched on and off while it runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from livemask import plugins

if TYPE_CHECKING:
    from livemask.outputs import OutputState

ENDINGS = {"recorder": ".mp4", "csv": ".csv", "livelink-csv": ".csv", "screenshot": ".png"}
"""Of the files that outputs write."""


class Sending(Protocol):
    """The part of `Outputs` that is used."""

    @property
    def states(self) -> dict[str, OutputState]:
        """How each is doing that has been switched on so far."""

    def start(self, name: str, **given: Any) -> None:
        """Switch one on."""

    def stop(self, name: str) -> None:
        """Switch one off."""


class Switches:
    """The outputs of a run.

    Parameters
    ----------
    outputs : Sending, optional
    given : function, optional
        Returns options of an output that are not the user's to choose: what is played.
    folder : Path, optional
        Where files are written that nobody has named.
    """

    def __init__(
        self,
        outputs: Sending | None = None,
        given: Callable[[str], dict[str, Any]] = lambda _: {},
        folder: Path | None = None,
    ) -> None:
        self._outputs, self._given = outputs, given
        self.folder = folder or Path.cwd()
        self.offered = tuple(plugins.names("sinks"))

    @property
    def states(self) -> dict[str, OutputState]:
        """How each is doing that has been switched on so far."""
        return {} if self._outputs is None else self._outputs.states

    def is_on(self, name: str) -> bool:
        """Whether it is being fed."""
        state = self.states.get(name)
        return state is not None and state.condition == "on"

    def on(self, name: str, **options: str | Path) -> None:
        """Switch one on, with options that its `create` takes; an empty text is none.

        Raises
        ------
        LivemaskError
            If it cannot be opened.
        """
        if self._outputs is None:
            return
        if name in ENDINGS and not options.get("file"):
            options["file"] = self.new_file(name)
        chosen = {key: value for key, value in options.items() if value != ""}
        self._outputs.start(name, **{**self._given(name), **chosen})

    def off(self, name: str) -> None:
        """Switch one off; what it has been handed is still written."""
        if self._outputs is not None:
            self._outputs.stop(name)

    def toggle(self, name: str, **options: str | Path) -> None:
        """Switch one on, or off if it is on."""
        if self.is_on(name):
            self.off(name)
        else:
            self.on(name, **options)

    def new_file(self, name: str) -> Path:
        """Return a name for a file that is not there yet: it bears the date and the time."""
        stem, ending = time.strftime("livemask-%Y-%m-%d-%H%M%S"), ENDINGS[name]
        file = self.folder / f"{stem}{ending}"
        number = 2
        while file.exists():
            file, number = self.folder / f"{stem}-{number}{ending}", number + 1
        return file
