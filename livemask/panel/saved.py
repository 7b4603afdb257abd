"""Saved: a line at the foot of the picture about a film or screenshot that is finished."""

from pathlib import Path

from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.outputs import Condition, OutputState
from livemask.panel import theme
from livemask.panel.ui import FLOATING, Box, Ui

TALL, EDGE, SIZE = 44.0, 18.0, 13.5
"""Of the card, of the room around what is on it, of letters; px."""

SHOWN = 5.0
"""s."""

FLAGS = FLOATING | imgui.WindowFlags_.no_move | imgui.WindowFlags_.no_focus_on_appearing


class Saved:
    """Is there for some seconds after a file was finished; a click copies its whole name."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._known: dict[str, str] = {}  # the last finished file of each output
        self._shown, self._until = "", 0.0

    def draw(self, ui: Ui, room: tuple[float, float, float, float]) -> None:
        """Draw it at the bottom of `room`: left, top, right, bottom, px."""
        self._look()
        if imgui.get_time() > self._until:
            return
        most = room[2] - room[0] - ui.px(4.0 * EDGE + 24.0)
        text = ui.shorten(f"Saved {Path(self._shown).name}", most, SIZE)
        wide = ui.measure(text, SIZE) + ui.px(2.0 * EDGE + 26.0)
        left, bottom = (room[0] + room[2] - wide) / 2, room[3] - ui.px(EDGE)
        box = Box(left, bottom - ui.px(TALL), left + wide, bottom)
        imgui.set_next_window_pos(box[:2])
        imgui.set_next_window_size((wide, ui.px(TALL)))
        imgui.push_style_var(imgui.StyleVar_.window_padding, (0.0, 0.0))
        imgui.begin("saved", None, FLAGS)
        ui.move(*box[:2])
        hit = ui.hit("saved", (wide, ui.px(TALL)))
        ui.tip(f"{self._shown}\nA click copies this.")
        ui.fill(box, theme.RAISED if hit.hovered else theme.CARD, TALL / 2)
        y = box.middle[1]
        ui.icon("check", (box.left + ui.px(EDGE + 8.0), y), 18.0, theme.ACCENT)
        ui.text((box.left + ui.px(EDGE + 26.0), y), text, theme.INK, SIZE)
        if hit.clicked:
            imgui.set_clipboard_text(self._shown)
            self._until = 0.0
        ui.float()
        imgui.end()
        imgui.pop_style_var()

    def _look(self) -> None:
        for name, state in self._controls.outputs.states.items():
            if _is_finished(state) and self._known.get(name) != state.place:
                self._known[name] = self._shown = state.place
                self._until = imgui.get_time() + SHOWN


def _is_finished(state: OutputState) -> bool:
    """Whether an output has ended well, and left a file."""
    return state.condition is Condition.OFF and bool(state.place) and Path(state.place).is_file()
