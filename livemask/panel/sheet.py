"""The keys and what they do, over the picture."""

from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.controls.keys import shown_key
from livemask.panel import theme
from livemask.panel.ui import FLOATING, Box, Ui

WIDTH, ROW, HEAD, PAD = 640.0, 27.0, 56.0, 24.0
"""Of the card, of a line, of its head, and within it; px."""

KEY = 22.0
"""Height of a key as it is drawn, px."""

FLAGS = FLOATING | imgui.WindowFlags_.no_move | imgui.WindowFlags_.no_focus_on_appearing


class Sheet:
    """Is there from one F1 to the next, or to Escape."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def draw(self, ui: Ui, room: tuple[float, float, float, float]) -> None:
        """Draw it in the middle of `room`: left, top, right, bottom, px."""
        if not self._controls.helping:
            return
        rows = _rows(self._controls)
        half = (len(rows) + 1) // 2
        wide = min(ui.px(WIDTH), room[2] - room[0])
        tall = ui.px(HEAD + PAD) + half * ui.px(ROW)
        x, y = (room[0] + room[2] - wide) / 2, max((room[1] + room[3] - tall) / 2, room[1])
        box = Box(x, y, x + wide, y + tall)
        imgui.set_next_window_pos(box[:2])
        imgui.set_next_window_size((wide, tall))
        imgui.push_style_var(imgui.StyleVar_.window_padding, (0.0, 0.0))
        imgui.begin("keys", None, FLAGS)
        ui.fill(box, theme.CARD, theme.ROUNDING)
        ui.frame(box.inset(0.5), theme.LINE, theme.ROUNDING)
        self._head(ui, box)
        for number, (keys, label) in enumerate(rows):
            column, row = divmod(number, half)
            left = box.left + ui.px(PAD) + column * (box.width - ui.px(PAD)) / 2
            _line(ui, (left, box.top + ui.px(HEAD) + (row + 0.5) * ui.px(ROW)), keys, label)
        ui.float()
        imgui.end()
        imgui.pop_style_var()

    def _head(self, ui: Ui, box: Box) -> None:
        y = box.top + ui.px(HEAD / 2 + 2.0)
        ui.text((box.left + ui.px(PAD), y), "Keys", size=theme.TITLE, bold=True)
        size = ui.px(30.0)
        ui.move(box.right - size - ui.px(14.0), y - size / 2)
        hit = ui.hit("close keys", (size, size))
        ui.icon("close", hit.box.middle, 17.0, theme.INK if hit.hovered else theme.MUTED)
        if hit.clicked:
            self._controls.helping = False


def _rows(controls: Controls) -> list[tuple[tuple[str, ...], str]]:
    """Return keys and what they do; favourites that have their usual keys are one line."""
    usual = {f"favourite_{n}": (str(n),) for n in range(1, 10)}
    actions = controls.actions
    together = all(actions[name].keys == keys for name, keys in usual.items())
    rows: list[tuple[tuple[str, ...], str]] = []
    for name, action in actions.items():
        if together and name in usual:
            rows += [(("1 – 9",), "Favourites")] if name == "favourite_1" else []
        elif action.keys and action.do:
            rows.append((tuple(map(shown_key, action.keys)), action.label))
    return rows


def _line(ui: Ui, place: tuple[float, float], keys: tuple[str, ...], label: str) -> None:
    x, y = place
    for key in keys:
        wide = max(ui.measure(key, 12.0, bold=True) + ui.px(14.0), ui.px(KEY))
        box = Box(x, y - ui.px(KEY / 2), x + wide, y + ui.px(KEY / 2))
        ui.fill(box, theme.HOVERED, 5.0)
        ui.text((x + (wide - ui.measure(key, 12.0, bold=True)) / 2, y), key, size=12.0, bold=True)
        x = box.right + ui.px(5.0)
    ui.text((place[0] + ui.px(104.0), y), label, theme.MUTED, 13.5)
