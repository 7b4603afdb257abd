"""Outputs: where pictures and numbers go, each behind a slot, switched on and off at any time."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from livemask import plugins
from livemask.errors import SinkError, UsageError
from livemask.opaque import opaque, takes_alpha
from livemask.pipeline import Pipeline, Slot
from livemask.records import Output

LOG = logging.getLogger("livemask")


class Condition(StrEnum):
    """How an output is doing."""

    ON = "on"
    ENDING = "ending"  # what waits is still written
    OFF = "off"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OutputState:
    """What is known about an output.

    Attributes
    ----------
    condition : Condition
    error : str
        Why it has failed.
    dropped : int
        How many frames came too fast for it.
    seconds : float
        For how long it has been on.
    detail : str
        What it says of itself by `detail`: how large its file is, how many watch it.
    place : str
        And by `place`: the file or the address that it is found at, which may hold a token.
    """

    condition: Condition
    error: str = ""
    dropped: int = 0
    seconds: float = 0.0
    detail: str = ""
    place: str = ""


class Outputs:
    """The outputs of a run, and the slot behind the last stage: it hands what it gets to each.

    An output that fails says so once and is closed, and the rest goes on: unless it was the
    only one and there is no window.

    Parameters
    ----------
    pipeline : Pipeline
        Gives each a thread of its own.
    waits : bool
        Whether frames wait for an output, as those of a film do. Not for one that says by
        `drops` that it wants the newest frame or none.
    watched : bool
        Whether there is a window, so that a run without outputs still serves.
    changed : function, optional
        Called when what outputs want may be another: `pixels`, `alpha`.

    Attributes
    ----------
    usual : mapping
        Options that are taken unless others are given; see `plugins.filled`.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        *,
        waits: bool,
        watched: bool,
        changed: Callable[[], object] | None = None,
    ) -> None:
        self._pipeline, self._waits, self._watched = pipeline, waits, watched
        self._changed = changed or (lambda: None)
        self._branches: dict[str, _Branch] = {}
        self._told: dict[str, Exception] = {}
        self._closed = False
        self._changing = threading.RLock()
        self.usual: Mapping[str, Mapping[str, Any]] = {}

    def start(self, name: str, **given: Any) -> None:
        """Switch on the plug-in `NAME[,key=value...]` with options that are not text.

        Raises
        ------
        LivemaskError
            If it cannot be opened, is on already, or the run is over.
        """
        key, _ = plugins.parse(name, "sinks")
        others = {k: v for k, v in self.usual.get(f"sinks.{key}", {}).items() if k not in given}
        name = plugins.filled("sinks", name, {f"sinks.{key}": others})
        with self._changing:
            self._refuse_another(key)
        sink = plugins.create("sinks", name, **given)  # may take seconds: a name to look up
        try:
            self.add(key, sink)
        except UsageError:
            sink.close()
            raise

    def add(self, name: str, sink: Any) -> None:
        """Switch on a sink that is open, and close it in the end."""
        waits = self._waits and not getattr(sink, "drops", False)
        branch = _Branch(sink, Slot[Output](max(1, sink.capacity), waits))
        send = sink.send if takes_alpha(sink) else opaque(sink.send)
        with self._changing:
            self._refuse_another(name)
            self._branches[name] = branch
            self._pipeline.stage(
                name,
                send,
                branch.slot,
                close=branch.close,
                spare=lambda error: self._spare(name, branch, error),
            )
        self._changed()

    def stop(self, name: str) -> None:
        """Switch an output off. What it has been handed is still written, meanwhile."""
        with self._changing:
            if name in self._branches:
                self._branches[name].slot.close()
        self._changed()

    @property
    def states(self) -> dict[str, OutputState]:
        """How each output is doing that has been switched on so far."""
        with self._changing:
            return {name: branch.state for name, branch in self._branches.items()}

    @property
    def pixels(self) -> bool:
        """Whether any wants the picture."""
        return any(branch.sink.wants_pixels for branch in self._on())

    @property
    def any_on(self) -> bool:
        """Whether any is being fed, with pictures or without."""
        return bool(self._on())

    @property
    def alpha(self) -> bool:
        """Whether any can show what is transparent."""
        return any(takes_alpha(branch.sink) for branch in self._on())

    def put(self, output: Output) -> bool:
        """Hand an output to all; return whether there may be more."""
        for branch in self._on():
            if output.image is None and branch.sink.wants_pixels:
                continue  # it was drawn before this one was switched on
            branch.slot.put(output)
            if getattr(branch.sink, "once", False):
                branch.slot.close()
        return not self._closed

    def close(self) -> None:
        """Take no more. What waits is still written."""
        with self._changing:
            self._closed = True
            for branch in self._branches.values():
                branch.slot.close()

    def release(self) -> None:
        """Close the sinks that are not closed yet: those whose threads have never run."""
        for branch in self._branches.values():
            branch.close()

    def complain(self) -> None:
        """Raise that outputs have failed while the rest went on.

        Raises
        ------
        SinkError
        """
        if self._told:
            failed, first = " and ".join(self._told), next(iter(self._told.values()))
            raise SinkError(
                f"{failed} failed on the way, as was said then; everything else is finished."
            ) from first

    def _on(self) -> list["_Branch"]:
        with self._changing:
            return [branch for branch in self._branches.values() if not branch.slot.closed]

    def _refuse_another(self, name: str) -> None:
        if self._closed:
            raise UsageError(f"{name} cannot be switched on: the run is over.")
        branch = self._branches.get(name)
        if branch is not None and not branch.ended:
            raise UsageError(f"{name} is {branch.state.condition} already; switch it off first.")

    def _spare(self, name: str, branch: "_Branch", error: Exception) -> bool:
        """Note that an output has failed; return whether the rest goes on without it."""
        with self._changing:
            first, branch.error = branch.error is None, branch.error or error
            branch.slot.abort()
            goes_on = not self._closed and (self._watched or bool(self._on()))
            if goes_on:
                self._told.setdefault(name, error)
        self._changed()
        if goes_on and first:
            LOG.error("%s has ended, the rest goes on: %s", name, error)
            LOG.error("%s", name, exc_info=error, extra={"elsewhere": True})  # the log file only
        return goes_on


class _Branch:
    """A sink and the slot before it."""

    def __init__(self, sink: Any, slot: Slot[Output]) -> None:
        self.sink, self.slot = sink, slot
        self.error: Exception | None = None
        self.ended = False
        self._closing = False
        self._began = time.monotonic()

    @property
    def state(self) -> OutputState:
        condition = Condition.OFF if self.ended else Condition.ENDING
        if self.error is not None:
            condition = Condition.FAILED
        elif not self.slot.closed:
            condition = Condition.ON
        seconds = time.monotonic() - self._began
        told = (str(getattr(self.sink, name, "")) for name in ("detail", "place"))
        return OutputState(condition, str(self.error or ""), self.slot.dropped, seconds, *told)

    def close(self) -> None:
        """Close the sink, once."""
        if self._closing:
            return
        self._closing = True
        try:
            self.sink.close()
        finally:
            self.ended = True
