"""Countdown: for how long the face is still to be held still, over the picture people look at."""

from imgui_bundle import imgui

from livemask.calibration.neutral import SECONDS
from livemask.controls import Controls
from livemask.panel import theme
from livemask.panel.ui import FLOATING, Box, Ui

WIDTH, TALL, EDGE = 300.0, 60.0, 28.0
"""Of what is drawn, and above the picture's lower edge; px."""

FLAGS = FLOATING | imgui.WindowFlags_.no_inputs | imgui.WindowFlags_.no_focus_on_appearing


class Countdown:
    """Is there while the face at rest is looked at, with the panel and without."""

    def __init__(self, controls: Controls) -> None:
        self._person = controls.acquaintance.person

    def draw(self, ui: Ui, room: tuple[float, float, float, float]) -> None:
        """Draw it at the bottom of `room`: left, top, right, bottom, px."""
        left = self._person.left
        if left is None:
            return
        x, bottom = (room[0] + room[2] - ui.px(WIDTH)) / 2, room[3] - ui.px(EDGE)
        box = Box(x, bottom - ui.px(TALL), x + ui.px(WIDTH), bottom)
        imgui.set_next_window_pos(box[:2])
        imgui.set_next_window_size((ui.px(WIDTH), ui.px(TALL)))
        imgui.begin("countdown", None, FLAGS)
        ui.fill(box, theme.CARD, theme.ROUNDING)
        self._told(ui, box, left)
        ui.places["countdown"] = box
        ui.float()
        imgui.end()

    def _told(self, ui: Ui, box: Box, left: float) -> None:
        """Write what to do and how long, over a bar that fills."""
        edge, y = ui.px(18.0), box.top + ui.px(23.0)
        ui.text((box.left + edge, y), "Hold still, and do nothing", bold=True)
        shown = f"{left:.1f} s"
        ui.text((box.right - edge - ui.measure(shown), y), shown, theme.ACCENT)
        bar = Box(box.left + edge, y + ui.px(17.0), box.right - edge, y + ui.px(21.0))
        done = min(max(1.0 - left / SECONDS, 0.0), 1.0)
        ui.fill(bar, theme.RAISED, 2.0)
        ui.fill(bar._replace(right=bar.left + done * bar.width), theme.ACCENT, 2.0)
