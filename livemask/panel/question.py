"""The question before a run that records is ended, over the picture."""

from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.controls.keys import shown_key
from livemask.controls.leaving import PATIENCE
from livemask.panel import theme, widgets
from livemask.panel.ui import FLOATING, Box, Ui

WIDTH, TALL, EDGE, PAD = 440.0, 150.0, 14.0, 20.0
"""Of the card, from the window's edge, and within it; px."""

FLAGS = FLOATING | imgui.WindowFlags_.no_move | imgui.WindowFlags_.no_focus_on_appearing


class Question:
    """Is there for some seconds after somebody wanted to quit; then the run goes on."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def draw(self, ui: Ui, room: tuple[float, float, float, float]) -> None:
        """Draw it at the top of `room`: left, top, right, bottom, px."""
        left = self._controls.leaving.left
        if left <= 0.0:
            return
        wide = min(ui.px(WIDTH), room[2] - room[0] - 2.0 * ui.px(EDGE))
        x, y = (room[0] + room[2] - wide) / 2, room[1] + ui.px(EDGE)
        box = Box(x, y, x + wide, y + ui.px(TALL))
        imgui.set_next_window_pos(box[:2])
        imgui.set_next_window_size((box.width, box.bottom - box.top))
        imgui.push_style_var(imgui.StyleVar_.window_padding, (0.0, 0.0))
        imgui.begin("question", None, FLAGS)
        self._told(ui, box, left / PATIENCE)
        self._buttons(ui, box)
        ui.float()
        imgui.end()
        imgui.pop_style_var()

    def _told(self, ui: Ui, box: Box, share: float) -> None:
        """Write the question over a bar that runs out."""
        pad = ui.px(PAD)
        ui.fill(box, theme.CARD, theme.ROUNDING)
        ui.frame(box.inset(0.5), theme.WARNING, theme.ROUNDING, 1.5)
        ui.icon("record", (box.left + pad + ui.px(8.0), box.top + ui.px(30.0)), 18.0, theme.DANGER)
        place = box.left + pad + ui.px(26.0), box.top + ui.px(30.0)
        ui.text(place, "It is recording. Quit?", size=16.0, bold=True)
        keys = self._controls.actions["quit"].keys
        again = f" {shown_key(keys[0])} again quits, too." if keys else ""
        line = f"The film is finished first.{again}"
        ui.text((box.left + pad, box.top + ui.px(58.0)), line, theme.MUTED, 13.5)
        bar = Box(box.left + pad, box.top + ui.px(78.0), box.right - pad, box.top + ui.px(80.0))
        ui.fill(bar, theme.RAISED, 1.0)
        ui.fill(bar._replace(right=bar.left + share * bar.width), theme.WARNING, 1.0)

    def _buttons(self, ui: Ui, box: Box) -> None:
        pad, gap = ui.px(PAD), ui.px(10.0)
        each = (box.width - 2.0 * pad - gap) / 2
        top = box.bottom - pad - ui.px(widgets.TALL)
        ui.move(box.left + pad, top)
        if widgets.button(ui, "keep recording", "Keep recording", strong=True, width=each):
            self._controls.leaving.stay()
        ui.move(box.left + pad + each + gap, top)
        if widgets.button(ui, "finish and quit", "Finish and quit", width=each):
            self._controls.leaving()
