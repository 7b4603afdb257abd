"""Where an output is found: its address or file, and a button that copies it."""

from pathlib import Path
from urllib.parse import urlsplit

from imgui_bundle import imgui

from livemask.panel import theme, widgets
from livemask.panel.ui import Ui

THANKS = 2.0
"""s for which the button tells that it has copied."""

COPY, INDENT = 84.0, 34.0
"""Width of the button; where names begin, beside the icons; px."""


class Address:
    """A line with the place of an output. A token in it is copied, and not shown to cameras."""

    def __init__(self) -> None:
        self._copied: dict[str, float] = {}  # when each was, s

    def draw(self, ui: Ui, name: str, place: str) -> None:
        """Draw the line of the output `name`."""
        (left, top), width = ui.at(), ui.width()
        room = width - ui.px(COPY + INDENT + 12.0)
        line = ui.shorten(shown(place), room, theme.SMALL)
        imgui.dummy((width - ui.px(COPY + 12.0), ui.px(widgets.TALL)))
        ui.tip(_told(place))
        ui.text(
            (left + ui.px(INDENT), top + ui.px(widgets.TALL) / 2), line, theme.MUTED, theme.SMALL
        )
        ui.move(left + width - ui.px(COPY), top)
        fresh = imgui.get_time() - self._copied.get(name, -THANKS) < THANKS
        label = "Copied" if fresh else "Copy"
        if widgets.button(ui, f"copy {name}", label, width=ui.px(COPY)):
            imgui.set_clipboard_text(place)
            self._copied[name] = imgui.get_time()


def shown(place: str) -> str:
    """Return a place as anybody may read it: an address without its token, a file's name."""
    parts = urlsplit(place)
    if parts.scheme not in ("http", "https"):
        return Path(place).name
    return f"{parts.scheme}://{parts.netloc}/{'…' if parts.path.strip('/') else ''}"


def _told(place: str) -> str:
    if shown(place).endswith("…"):
        return "Who has the whole address can look: it is copied, and not shown."
    return place
