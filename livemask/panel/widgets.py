"""Widgets: switches, sliders, buttons, fields and cards, as this panel has them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from imgui_bundle import imgui

from livemask.panel import theme
from livemask.panel.ui import Box, Ui

ROW, KNOB = 34.0, 7.5
TALL, ARROW = 36.0, 40.0
"""Height of buttons, fields and lists, and how wide is what is no text in a list."""

STEPS = 20
"""From one end of a slider to the other by keys."""


@contextmanager
def card(ui: Ui, name: str, title: str = "") -> Iterator[None]:
    """Put what follows on a card."""
    imgui.push_style_color(imgui.Col_.child_bg, theme.CARD)
    imgui.push_style_var(imgui.StyleVar_.child_rounding, ui.px(theme.ROUNDING))
    pad = imgui.ImVec2(ui.px(14.0), ui.px(12.0))
    imgui.push_style_var(imgui.StyleVar_.window_padding, pad)
    flags = (
        imgui.ChildFlags_.auto_resize_y
        | imgui.ChildFlags_.always_use_window_padding
        | imgui.ChildFlags_.nav_flattened
    )
    imgui.begin_child(f"card {name}", (0.0, 0.0), flags, imgui.WindowFlags_.no_scroll_with_mouse)
    if title:
        heading(ui, title)
    yield
    imgui.end_child()
    imgui.pop_style_var(2)
    imgui.pop_style_color()


def heading(ui: Ui, text: str) -> None:
    """Write the title of a card."""
    box = ui.take(ui.px(20.0))
    ui.text((box.left, box.middle[1]), text, size=theme.BODY, bold=True)


def title(ui: Ui, text: str, more: str = "") -> None:
    """Write what a page is about."""
    box = ui.take(ui.px(30.0))
    width = ui.text((box.left, box.middle[1]), text, size=theme.TITLE, bold=True)
    if more:
        place = box.left + width + ui.px(10.0), box.middle[1] + ui.px(2.0)
        ui.text(place, more, theme.FAINT, theme.SMALL)


def switch(ui: Ui, name: str, label: str, on: bool, help_text: str = "") -> bool:
    """Draw a switch with its label; return whether it was clicked."""
    hit = ui.hit(name, (ui.width(), ui.px(ROW - 6.0)))
    ui.tip(help_text)
    _, y = hit.box.middle
    ui.text((hit.box.left, y), label, theme.INK)
    knob(ui, (hit.box.right - ui.px(38.0), y), on=on, hovered=hit.hovered)
    return hit.clicked


def knob(ui: Ui, place: tuple[float, float], *, on: bool, hovered: bool) -> None:
    """Draw a switch alone; `place` is the middle of its left end."""
    left, y = place
    track = Box(left, y - ui.px(10.5), left + ui.px(38.0), y + ui.px(10.5))
    off = theme.HOVERED if hovered else theme.RAISED
    ui.fill(track, theme.ACCENT if on else off, 10.5)
    x = track.right - ui.px(10.5) if on else track.left + ui.px(10.5)
    ui.lines.add_circle_filled((x, y), ui.px(KNOB), theme.ON_ACCENT if on else theme.MUTED, 24)


def segments(ui: Ui, name: str, choices: Mapping[str, str], chosen: str) -> str | None:
    """Offer a few choices side by side: value -> label; return the one that was clicked."""
    (left, top), width = ui.at(), ui.width()
    tall, clicked = ui.px(TALL - 4.0), None
    ui.fill(Box(left, top, left + width, top + tall), theme.WELL, 8.0)
    each = width / len(choices)
    for at, (value, label) in enumerate(choices.items()):
        ui.move(left + at * each, top)
        hit = ui.hit(f"{name} {value}", (each, tall))
        tone = theme.INK if hit.hovered else theme.MUTED
        if value == chosen:
            ui.fill(hit.box.inset(ui.px(3.0)), theme.HOVERED, 6.0)
            tone = theme.ACCENT
        wide = ui.measure(label, 13.0, bold=value == chosen)
        x, y = hit.box.middle
        ui.text((x - wide / 2, y), label, tone, 13.0, bold=value == chosen)
        clicked = value if hit.clicked and value != chosen else clicked
    return clicked


def slider(
    ui: Ui, name: str, label: str, value: float, limits: tuple[float, float], shown: str = ""
) -> float | None:
    """Draw a slider under its label; return the value to which it is being drawn."""
    low, high = limits
    line = ui.take(ui.px(20.0))
    ui.text((line.left, line.middle[1]), label)
    shown = shown or f"{value:g}"
    wide = ui.measure(shown, 13.0)
    ui.text((line.right - wide, line.middle[1]), shown, theme.MUTED, 13.0)
    imgui.set_cursor_pos_y(imgui.get_cursor_pos_y() - ui.px(6.0))
    hit = ui.hit(name, (ui.width(), ui.px(22.0)))
    edge = ui.px(KNOB)
    start, length = hit.box.left + edge, hit.box.width - 2.0 * edge
    share = min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.0
    new = None
    if hit.held:
        share = min(max((imgui.get_io().mouse_pos.x - start) / length, 0.0), 1.0)
        new = low + share * (high - low)
    elif hit.stepped:
        share = min(max(share + hit.stepped / STEPS, 0.0), 1.0)
        new = low + share * (high - low)
    _draw_slider(ui, hit.box, share, lit=hit.hovered or hit.held)
    return None if new is None or abs(new - value) < 1e-9 else new


def _draw_slider(ui: Ui, box: Box, share: float, *, lit: bool) -> None:
    y, edge, thin = box.middle[1], ui.px(KNOB), ui.px(2.0)
    x = box.left + edge + share * (box.width - 2.0 * edge)
    ui.fill(Box(box.left, y - thin, box.right, y + thin), theme.RAISED, 2.0)
    ui.fill(Box(box.left, y - thin, x, y + thin), theme.ACCENT, 2.0)
    ui.lines.add_circle_filled((x, y), ui.px(KNOB + (1.5 if lit else 0.0)), theme.INK, 24)


def button(
    ui: Ui, name: str, label: str, icon: str = "", *, strong: bool = False, width: float = 0.0
) -> bool:
    """Draw a button; return whether it was clicked."""
    wide = width or ui.width()
    hit = ui.hit(name, (wide, ui.px(TALL)))
    base, over = (theme.ACCENT, theme.INK) if strong else (theme.RAISED, theme.HOVERED)
    ui.fill(hit.box, over if hit.hovered else base, 8.0)
    _label(ui, hit.box, label, icon, theme.ON_ACCENT if strong else theme.INK)
    return hit.clicked


def _label(ui: Ui, box: Box, label: str, icon: str, tone: theme.Colour) -> None:
    strong = tone == theme.ON_ACCENT
    content = ui.measure(label, 13.5, bold=strong) + (ui.px(24.0) if icon else 0.0)
    x, y = box.middle
    x -= content / 2
    if icon:
        ui.icon(icon, (x + ui.px(8.0), y), 17.0, tone)
        x += ui.px(24.0)
    ui.text((x, y), label, tone, 13.5, bold=strong)


def field(
    ui: Ui, name: str, value: str, hint: str = "", icon: str = "", *, width: float = 0.0
) -> tuple[str, bool]:
    """Draw a field to type in; return what stands in it and whether it was just left or entered."""
    (left, top), width = ui.at(), width or ui.width()
    indent = ui.px(34.0 if icon else 12.0)
    padding = imgui.ImVec2(indent, ui.px((TALL - theme.BODY) / 2.0))
    imgui.push_style_var(imgui.StyleVar_.frame_padding, padding)
    imgui.set_next_item_width(width)
    text = ui.texts.get(name, value) if name in ui.texts else value
    _, text = imgui.input_text_with_hint(f"##{name}", hint, text)
    imgui.pop_style_var()
    ui.places[name] = Box(left, top, left + width, top + ui.px(TALL))
    if imgui.is_item_hovered():
        ui.cursor = "text"
    if imgui.is_item_active():
        ui.frame(ui.places[name], theme.ACCENT, 8.0, 1.5)
        ui.texts[name] = text
    done = imgui.is_item_deactivated_after_edit()
    if not imgui.is_item_active():
        ui.texts.pop(name, None)
    if icon:
        ui.icon(icon, (left + ui.px(18.0), top + ui.px(TALL) / 2), 17.0, theme.FAINT)
    return text, done


def choice(ui: Ui, name: str, choices: Sequence[str], chosen: str) -> str | None:
    """Draw a list that drops down; return what was chosen anew."""
    picked = None
    (left, top), width = ui.at(), ui.width()
    imgui.set_next_item_width(width)
    padding = imgui.ImVec2(ui.px(12.0), ui.px((TALL - theme.BODY) / 2.0))
    imgui.push_style_var(imgui.StyleVar_.frame_padding, padding)
    imgui.push_style_var(imgui.StyleVar_.window_padding, imgui.ImVec2(ui.px(8.0), ui.px(8.0)))
    opened = imgui.begin_combo(f"##{name}", chosen, imgui.ComboFlags_.no_arrow_button)
    ui.places[name] = Box(left, top, left + width, top + ui.px(TALL))
    if imgui.is_item_hovered():
        ui.cursor = "hand"
    if not opened and ui.measure(chosen) > width - ui.px(ARROW):
        ui.tip(chosen)
    if opened:
        for value in choices:
            (x, y), wide = ui.at(), ui.width()
            clicked, _ = imgui.selectable(f"{value or 'usual'}##{value}", value == chosen)
            ui.places[f"{name} {value}"] = Box(x, y, x + wide, y + ui.px(20.0))
            picked = value if clicked and value != chosen else picked
        ui.float()
        imgui.end_combo()
    imgui.pop_style_var(2)
    ui.icon("down", (left + width - ui.px(18.0), top + ui.px(TALL) / 2), 16.0, theme.MUTED)
    return picked


def beside(ui: Ui, text: str, help_text: str = "", share: float = 0.36) -> None:
    """Write the name of what stands beside it, and go there."""
    (left, top), width = ui.at(), ui.width()
    short = ui.shorten(text, share * width)
    imgui.dummy((share * width, ui.px(TALL - 4.0)))
    ui.tip(help_text if short == text else f"{text}\n{help_text}".strip())
    ui.text((left, top + ui.px(TALL - 4.0) / 2), short, theme.INK)
    ui.move(left + share * width, top)


def label(ui: Ui, text: str, help_text: str = "") -> None:
    """Write the name of what stands below."""
    box = ui.take(ui.px(18.0))
    ui.tip(help_text)
    ui.text((box.left, box.middle[1]), text, theme.MUTED, 13.0)


def chip(ui: Ui, place: tuple[float, float], text: str, tone: theme.Colour) -> float:
    """Draw a dot and a word behind it; return the width of both, px."""
    x, y = place
    ui.lines.add_circle_filled((x + ui.px(4.0), y), ui.px(4.0), tone, 16)
    return ui.px(14.0) + ui.text((x + ui.px(14.0), y), text, theme.MUTED, theme.SMALL)
