"""A field for a file: typed, chosen in the desktop's own window, or dropped on this one."""

from collections.abc import Collection
from pathlib import Path

from livemask.errors import UsageError
from livemask.panel import theme, widgets
from livemask.panel.dialogs import Dialog, can_ask
from livemask.panel.ui import Ui
from livemask.plugins import ENDINGS

BROWSE = 92.0
"""Width of the button, px."""

LINE = 17.0
"""Height of the line below, px."""

CHARACTERS = tuple(e for e, name in ENDINGS["masks"].items() if name == "gltf")
PICTURES = tuple(e for e, name in ENDINGS["masks"].items() if name != "gltf")


class FileField:
    """Asks for a file, and says what is wrong with the one that is named."""

    def __init__(self) -> None:
        self._asks = can_ask()
        self._dialog = Dialog()

    def draw(self, ui: Ui, name: str, value: str, endings: Collection[str]) -> str | None:
        """Draw the field, a button beside it, and a line below; return what is chosen anew."""
        kind = "character" if ".glb" in endings else "picture"
        (left, top), width = ui.at(), ui.width()
        beside = ui.px(BROWSE + 8.0) if self._asks else 0.0
        text, done = widgets.field(
            ui, name, value, f"Path of a {kind}", "folder", width=width - beside
        )
        after = ui.at()
        if self._asks:
            ui.move(left + width - ui.px(BROWSE), top)
            if widgets.button(ui, f"browse {name}", "Browse…", width=ui.px(BROWSE)):
                self._dialog.ask(name, f"Choose a {kind}", endings, value)
        ui.move(*after)
        wrong = fault(text, kind)
        if wrong:
            ui.frame(ui.places[name], theme.DANGER, 8.0, 1.5)
        line = wrong or "Or drop one on this window."
        box = ui.take(ui.px(LINE))
        ui.tip(", ".join(endings))
        tone = theme.DANGER if wrong else theme.FAINT
        short = ui.shorten(line, width, theme.SMALL)
        ui.text((box.left, box.middle[1]), short, tone, theme.SMALL)
        chosen = self._dialog.answer(name)
        return chosen or (text if done and not wrong else None)

    def release(self) -> None:
        """Close what is open. Twice does nothing."""
        self._dialog.release()


def worn_by_name(file: str) -> str:
    """Return a file as a mask.

    Raises
    ------
    UsageError
        If nothing of that kind can be worn.
    """
    if Path(file).suffix.lower() not in (*PICTURES, *CHARACTERS):
        raise UsageError(
            f"{Path(file).name} cannot be worn; drop a picture ({', '.join(PICTURES)}) or a "
            f"character ({', '.join(CHARACTERS)})."
        )
    return file


def fault(text: str, kind: str = "file") -> str:
    """Return what is wrong with the name of a file; empty if nothing is, or nothing is named."""
    if not text.strip():
        return ""
    path = Path(text.strip()).expanduser()
    try:
        if path.is_dir():
            return f"That is a folder; name a {kind} in it."
        return "" if path.is_file() else "There is no such file."
    except OSError as error:  # a name that is too long, a drive that is gone
        return f"It cannot be read: {error.strerror or error}."
