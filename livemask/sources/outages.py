"""What is said of a camera that goes and comes back: each once, and less of one that flickers."""

import logging
from collections.abc import Callable

LOG = logging.getLogger("livemask")

CALM = 60.0
"""A camera that goes again within this time flickers, s."""


class Outages:
    """The voice of a camera that is waited for.

    Parameters
    ----------
    name : str
        `the camera Brio`.
    clock : function
        The time, s.
    doubt : str
        What is asked of one that comes and goes.
    """

    def __init__(
        self, name: str, clock: Callable[[], float], doubt: str = "is its plug loose?"
    ) -> None:
        self._name, self._clock, self._doubt = name, clock, doubt
        self._told: float | None = None
        self._began = 0.0
        self._quiet = self._refused = False

    def begin(self, what: str) -> None:
        """Say what has happened to it: `has gone`."""
        self._began = now = self._clock()
        again = self._told is not None and now - self._told < CALM
        if not again:
            LOG.warning("%s %s; waiting for it.", self._name, what)
        elif not self._quiet:
            LOG.warning("%s comes and goes; %s Waiting for it.", self._name, self._doubt)
        if not (again and self._quiet):
            self._told = now
        self._quiet, self._refused = again, False

    def refuse(self, why: str) -> None:
        """Say why it is there and cannot be had, once in each outage."""
        if not self._refused:
            LOG.warning("%s. Waiting for it.", why.removesuffix("."))
        self._refused = True

    def end(self) -> None:
        """Say that it is back."""
        if not self._quiet or self._clock() - self._began >= CALM:
            LOG.warning("%s is back.", self._name)
