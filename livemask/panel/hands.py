"""Hands: what the user did in the window, told to Dear ImGui."""

from collections.abc import Callable
from typing import Any

from imgui_bundle import imgui

from livemask.render.window import Event

_KEYS = {
    "tab": imgui.Key.tab,
    "left": imgui.Key.left_arrow,
    "right": imgui.Key.right_arrow,
    "up": imgui.Key.up_arrow,
    "down": imgui.Key.down_arrow,
    "home": imgui.Key.home,
    "end": imgui.Key.end,
    "page_up": imgui.Key.page_up,
    "page_down": imgui.Key.page_down,
    "delete": imgui.Key.delete,
    "backspace": imgui.Key.backspace,
    "space": imgui.Key.space,
    "enter": imgui.Key.enter,
    "kp_enter": imgui.Key.enter,
    "escape": imgui.Key.escape,
    "a": imgui.Key.a,
    "c": imgui.Key.c,
    "v": imgui.Key.v,
    "x": imgui.Key.x,
    "y": imgui.Key.y,
    "z": imgui.Key.z,
}
_HELD = {"ctrl": imgui.Key.mod_ctrl, "shift": imgui.Key.mod_shift, "alt": imgui.Key.mod_alt}
_NOWHERE = -1e6


class Hands:
    """Feeds events of a window to the present ImGui context.

    Attributes
    ----------
    clipboard : str
        What lies in the desktop's clipboard, as far as was told.
    kept : list of str
        What was copied in the panel, to be put there.
    dropped : list of str
        Files that were dropped on the window.
    """

    def __init__(self) -> None:
        self.clipboard = ""
        self.kept: list[str] = []
        self.dropped: list[str] = []
        platform = imgui.get_platform_io()
        platform.platform_get_clipboard_text_fn = lambda _: self.clipboard
        platform.platform_set_clipboard_text_fn = lambda _, text: self.kept.append(text)
        self._ways: dict[str, Callable[..., Any]] = {
            "pointer": imgui.get_io().add_mouse_pos_event,
            "leave": lambda: imgui.get_io().add_mouse_pos_event(_NOWHERE, _NOWHERE),
            "button": self._button,
            "scroll": imgui.get_io().add_mouse_wheel_event,
            "letter": imgui.get_io().add_input_character,
            "key": self._key,
            "clipboard": self._take,
            "drop": lambda *files: self.dropped.extend(files),
        }

    def feed(self, event: Event) -> None:
        """Tell one event."""
        kind, values = event
        self._ways[kind](*values)

    def _button(self, number: int, down: bool) -> None:
        if number < 3:
            imgui.get_io().add_mouse_button_event(number, down)

    def _key(self, name: str, down: bool, held: tuple[str, ...]) -> None:
        io = imgui.get_io()
        for kind, key in _HELD.items():
            io.add_key_event(key, kind in held)
        if name in _KEYS:
            io.add_key_event(_KEYS[name], down)

    def _take(self, text: str | bytes) -> None:
        self.clipboard = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
