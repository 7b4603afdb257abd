"""Cards: what went wrong, over the picture, until it is dismissed."""

from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.controls.messages import Message
from livemask.panel import theme
from livemask.panel.ui import FLOATING, Box, Ui

WIDTH, LEAST, EDGE = 560.0, 52.0, 14.0
"""Of a card, and from the window's edge; px."""

SHOWN = 8.0
"""s for which a warning stays; an error stays until it is dismissed."""

FLAGS = FLOATING | imgui.WindowFlags_.no_move | imgui.WindowFlags_.no_focus_on_appearing


class Cards:
    """Messages, the newest on top."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._first: dict[float, float] = {}  # when each was seen first, s

    def draw(self, ui: Ui, room: tuple[float, float, float, float]) -> None:
        """Draw those that are not too old at the top of `room`: left, top, right, bottom, px."""
        left, top, right, _ = room
        width = min(ui.px(WIDTH), right - left - 2.0 * ui.px(EDGE))
        x, y = left + (right - left - width) / 2, top + ui.px(EDGE)
        for number, message in enumerate(reversed(self._young())):
            box = self._card(ui, message, number, Box(x, y, x + width, y))
            y = box.bottom + ui.px(8.0)

    def _young(self) -> list[Message]:
        messages, now = self._controls.messages, imgui.get_time()
        for message in messages.shown:
            since = self._first.setdefault(message.moment, now)
            if not message.serious and now - since > SHOWN:
                messages.dismiss(message)
        return list(messages.shown)

    def _card(self, ui: Ui, message: Message, number: int, line: Box) -> Box:
        """Draw one and return where it is."""
        side, close = ui.px(46.0), ui.px(44.0)
        imgui.set_next_window_pos(line[:2])
        width = line.width
        tall = max(ui.px(LEAST), self._height(ui, message.text, width - side - close))
        imgui.set_next_window_size((width, tall))
        imgui.push_style_var(imgui.StyleVar_.window_padding, (0.0, 0.0))
        imgui.begin(f"card {number}", None, FLAGS)
        box = Box(line.left, line.top, line.right, line.top + tall)
        tone = theme.DANGER if message.serious else theme.WARNING
        ui.fill(box, theme.CARD, theme.ROUNDING)
        ui.frame(box.inset(0.5), tone, theme.ROUNDING, 1.5)
        icon = "error" if message.serious else "warning"
        ui.icon(icon, (box.left + side / 2, box.top + ui.px(26.0)), 20.0, tone)
        ui.move(box.left + side, box.top + (tall - self._lines(ui, message.text, width)) / 2)
        text = message.text[:1].upper() + message.text[1:]
        ui.paragraph(text, theme.INK, 13.5, right=close)
        self._close(ui, message, number, box)
        ui.float()
        imgui.end()
        imgui.pop_style_var()
        return box

    def _height(self, ui: Ui, text: str, width: float) -> float:
        return ui.height(text, 13.5, width) + ui.px(24.0)

    def _lines(self, ui: Ui, text: str, width: float) -> float:
        return ui.height(text, 13.5, width - ui.px(90.0))

    def _close(self, ui: Ui, message: Message, number: int, box: Box) -> None:
        size = ui.px(30.0)
        ui.move(box.right - size - ui.px(7.0), box.top + ui.px(11.0))
        hit = ui.hit(f"dismiss {number}", (size, size))
        ui.icon("close", hit.box.middle, 17.0, theme.INK if hit.hovered else theme.MUTED)
        if hit.clicked:
            self._controls.messages.dismiss(message)
