"""Dialogs: the desktop's own window to choose a file in."""

import shutil
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from imgui_bundle import portable_file_dialogs as native

HELPERS = ("zenity", "kdialog", "matedialog", "qarma")
"""Programs that show one on Linux."""


def can_ask() -> bool:
    """Whether this desktop has such a window."""
    return sys.platform in ("win32", "darwin") or any(map(shutil.which, HELPERS))


class Dialog:
    """Asks for one file at a time, while the picture goes on.

    Attributes
    ----------
    wanted_by : str
        Who has asked; empty when nobody has.
    """

    def __init__(self) -> None:
        self.wanted_by = ""
        self._open: Any = None

    def ask(self, name: str, title: str, endings: Collection[str], start: str = "") -> None:
        """Open the window for `name`, unless one is open; `endings` as `.png`."""
        if self._open is not None:
            return
        kinds = " ".join(f"*{ending}" for ending in endings)
        folder = str(Path(start).expanduser().parent) if start else ""
        self.wanted_by = name
        self._open = native.open_file(title, folder, [title, kinds])

    def answer(self, name: str) -> str:
        """Return the file that was chosen for `name`, once; empty if none was yet."""
        if self._open is None or self.wanted_by != name or not self._open.ready(0):
            return ""
        chosen = self._open.result()
        self._open, self.wanted_by = None, ""
        return chosen[0] if chosen else ""

    def release(self) -> None:
        """Close the window: it would keep the program from ending. Twice does nothing."""
        if self._open is not None:
            self._open.kill()
        self._open, self.wanted_by = None, ""
