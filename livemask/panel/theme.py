"""Theme: the panel's colours, sizes and shapes: one accent, on dark greys that step back."""

from imgui_bundle import imgui

Colour = int
"""Packed as Dear ImGui has it: alpha, blue, green, red."""


def colour(text: str, opacity: float = 1.0) -> Colour:
    """Return `#rrggbb` as Dear ImGui takes it."""
    red, green, blue = bytes.fromhex(text[1:])
    return round(255 * opacity) << 24 | blue << 16 | green << 8 | red


STAGE = colour("#0b0d11")
PANEL = colour("#13161c")
RAIL = colour("#0e1116")
CARD = colour("#1b1f28")
WELL = colour("#0f1218")
RAISED = colour("#262c38")
HOVERED = colour("#303746")
LINE = colour("#2a303c")
INK = colour("#eef1f6")
MUTED = colour("#a3abba")
FAINT = colour("#8891a4")
ACCENT = colour("#45dcae")
ACCENT_SOFT = colour("#45dcae", 0.16)
ON_ACCENT = colour("#06261c")
DANGER = colour("#ff5d5d")
DANGER_SOFT = colour("#ff5d5d", 0.16)
WARNING = colour("#ffbd4a")
CLEAR = 0

STAGES = {
    "landmarks": "#5aa9ff",
    "search": "#3f7fd6",
    "flow": "#7f8cff",
    "fit": "#b07cff",
    "lids": "#e07be0",
    "gaze": "#ff7fb0",
    "smooth": "#ff9f7a",
    "mesh": "#ffcf6b",
    "draw": "#45dcae",
    "readback": "#2fae9f",
    "panel": "#8b94a5",
}
"""Of the graph of frame times: a tone for each stage, in the order of a frame."""

RAIL_WIDTH, PANEL_WIDTH, DOCK_HEIGHT = 64.0, 400.0, 68.0
PADDING, GAP, ROUNDING = 18.0, 12.0, 10.0
BODY, SMALL, TITLE = 14.5, 12.5, 20.0
"""Sizes, before the desktop's scale, px."""


def apply(scale: float) -> None:
    """Give Dear ImGui's own parts the same look: fields, lists that drop down, scroll bars."""
    style = imgui.get_style()
    style.font_scale_dpi = scale
    style.font_size_base = BODY
    style.window_padding = imgui.ImVec2(0.0, 0.0)
    style.item_spacing = imgui.ImVec2(8.0 * scale, 8.0 * scale)
    style.frame_padding = imgui.ImVec2(12.0 * scale, 8.0 * scale)
    style.window_border_size = style.child_border_size = style.frame_border_size = 0.0
    style.popup_border_size = 1.0
    style.frame_rounding = style.popup_rounding = 8.0 * scale
    style.scrollbar_size, style.scrollbar_rounding = 8.0 * scale, 4.0 * scale
    style.disabled_alpha = 0.45
    for part, tone in _PARTS.items():
        style.set_color_(part, imgui.color_convert_u32_to_float4(tone))


_PARTS = {
    imgui.Col_.text: INK,
    imgui.Col_.text_disabled: FAINT,
    imgui.Col_.window_bg: PANEL,
    imgui.Col_.child_bg: CLEAR,
    imgui.Col_.popup_bg: RAISED,
    imgui.Col_.border: LINE,
    imgui.Col_.frame_bg: RAISED,
    imgui.Col_.frame_bg_hovered: HOVERED,
    imgui.Col_.frame_bg_active: HOVERED,
    imgui.Col_.header: ACCENT_SOFT,
    imgui.Col_.header_hovered: HOVERED,
    imgui.Col_.header_active: HOVERED,
    imgui.Col_.text_selected_bg: colour("#45dcae", 0.35),
    imgui.Col_.scrollbar_bg: CLEAR,
    imgui.Col_.scrollbar_grab: RAISED,
    imgui.Col_.scrollbar_grab_hovered: HOVERED,
    imgui.Col_.scrollbar_grab_active: HOVERED,
    imgui.Col_.nav_cursor: ACCENT,
}
