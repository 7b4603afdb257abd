"""Messages: what went wrong while it runs, for whoever shows it."""

import logging
import threading
import time
from dataclasses import dataclass

KEPT = 3
"""So many are shown at once: the oldest gives way."""


@dataclass(frozen=True, slots=True)
class Message:
    """A line for the user.

    Attributes
    ----------
    text : str
    serious : bool
        An error rather than a warning.
    moment : float
        When it came, s (`time.monotonic`).
    """

    text: str
    serious: bool
    moment: float


class Messages(logging.Handler):
    """Keeps the last warnings and errors of the program until they are dismissed."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._kept: list[Message] = []
        self._changing = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record, once if it is said again; none of the log file alone, no question."""
        if getattr(record, "elsewhere", False) or getattr(record, "question", False):
            return
        text = record.getMessage()
        message = Message(text, record.levelno >= logging.ERROR, time.monotonic())
        with self._changing:
            others = [m for m in self._kept if m.text != text]
            self._kept = [*others[-KEPT + 1 :], message]

    @property
    def shown(self) -> tuple[Message, ...]:
        """Those that are kept, the oldest first."""
        with self._changing:
            return tuple(self._kept)

    def dismiss(self, message: Message) -> None:
        """Take one away."""
        with self._changing:
            self._kept = [m for m in self._kept if m is not message]
