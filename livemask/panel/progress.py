"""Progress: what is still being loaded, over the picture, until faces can be masked."""

from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.panel import theme
from livemask.panel.ui import FLOATING, Box, Ui
from livemask.render.renderer import Room

TALL, EDGE, SIZE, RING = 44.0, 18.0, 14.0, 8.0
"""Of the card, of the room around what is on it, of letters, of the ring that turns; px."""

TURN = 1.2
"""Turns of the ring a second."""

FLAGS = (
    FLOATING
    | imgui.WindowFlags_.no_move
    | imgui.WindowFlags_.no_inputs
    | imgui.WindowFlags_.no_focus_on_appearing
)


class Progress:
    """A card at the foot of the picture."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def draw(self, ui: Ui, room: Room, high: int) -> None:
        """Draw it within `room` of a window of `high` px, while anything is being loaded."""
        doing = self._controls.doing()
        if not doing:
            return
        text = f"{doing[:1].upper()}{doing[1:]}…"
        wide = ui.measure(text, SIZE) + 2.0 * ui.px(EDGE) + ui.px(3.0 * RING)
        left = (room[0] + room[2] - wide) / 2
        top = high - room[1] - ui.px(TALL + EDGE)
        box = Box(left, top, left + wide, top + ui.px(TALL))
        imgui.set_next_window_pos(box[:2])
        imgui.set_next_window_size((box.width, box.bottom - box.top))
        imgui.begin("progress", None, FLAGS)
        ui.fill(box, theme.CARD, TALL / 2)
        middle = box.left + ui.px(EDGE + RING), box.middle[1]
        began = TURN * 6.2832 * imgui.get_time()
        ui.lines.path_arc_to(middle, ui.px(RING), began, began + 4.2, 24)
        ui.lines.path_stroke(theme.ACCENT, ui.px(2.5))
        ui.text((box.left + ui.px(EDGE + 3.0 * RING), box.middle[1]), text, theme.INK, SIZE)
        ui.float()
        imgui.end()
