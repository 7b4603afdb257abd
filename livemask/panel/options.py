"""The options of the chosen mask, each as what it is: a switch, a list, a slider, a colour."""

from pathlib import Path

from imgui_bundle import imgui

from livemask import plugins
from livemask.controls import Controls
from livemask.controls.options import Option, options_of
from livemask.errors import LivemaskError
from livemask.panel import theme, widgets
from livemask.panel.file_field import CHARACTERS, PICTURES, FileField
from livemask.panel.ui import Box, Ui

HEIGHTS = {
    "switch": 38.0, "number": 54.0, "count": 54.0, "colour": 44.0, "choice": 42.0, "file": 99.0,
}  # fmt: skip
ROW = 72.0
"""Of options, px; of those that are not named `ROW`."""

FEW = 3
"""So many choices stand side by side, more drop down."""


class Options:
    """The options of one mask; what is set is worn at once."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._mask = ""
        self._known: tuple[Option, ...] = ()
        self._values: dict[str, str] = {}
        self._worn: tuple[str, ...] = ()
        self._ready = frozenset(plugins.ready("masks"))
        self._files = FileField()

    @property
    def lacks(self) -> bool:
        """Whether the mask that is shown wants a file before it can be worn."""
        if self._mask in self._ready:
            return False
        asked = [option for option in self._known if option.kind == "file"]
        return bool(asked) and not any(self._values.get(option.name) for option in asked)

    def take(self, file: str) -> bool:
        """Let the mask that is shown have a file, if it wants one of that kind; tell whether."""
        wanted = [option for option in self._known if option.kind == "file"]
        if not wanted or Path(file).suffix.lower() not in _endings(self._mask):
            return False
        empty = [option for option in wanted if not self._values.get(option.name)]
        self._set((empty or wanted)[0], file)
        return True

    def release(self) -> None:
        """Close what is open. Twice does nothing."""
        self._files.release()

    def choose(self, mask: str) -> None:
        """Show the options of a mask, which need not be worn yet."""
        self._mask, self._values = mask, {}
        try:
            self._known = options_of(mask)
        except LivemaskError:  # it is said when it is put on
            self._known = ()

    def height(self, ui: Ui) -> float:
        """Return how much room they want, px."""
        self._follow()
        if not self._known:
            return 0.0
        return ui.px(66.0 + sum(HEIGHTS.get(option.kind, ROW) for option in self._known))

    def draw(self, ui: Ui) -> None:
        """Draw them on a card that fills the room that is left."""
        ui.space(2.0)
        imgui.push_style_color(imgui.Col_.child_bg, theme.CARD)
        imgui.push_style_var(imgui.StyleVar_.child_rounding, ui.px(theme.ROUNDING))
        padding = imgui.ImVec2(ui.px(14.0), ui.px(12.0))
        imgui.push_style_var(imgui.StyleVar_.window_padding, padding)
        flags = imgui.ChildFlags_.always_use_window_padding | imgui.ChildFlags_.nav_flattened
        imgui.begin_child("options", (0.0, 0.0), flags)
        self._head(ui)
        for option in self._known:
            self._one(ui, option)
        imgui.end_child()
        imgui.pop_style_var(2)
        imgui.pop_style_color()

    def _head(self, ui: Ui) -> None:
        (left, top), width = ui.at(), ui.width()
        widgets.heading(ui, self._mask)
        if self.lacks:
            told = "wants a file"
            place = left + width - ui.measure(told, theme.SMALL), top + ui.px(10.0)
            ui.text(place, told, theme.WARNING, theme.SMALL)
        if not self._values:
            return
        after = ui.at()
        size = ui.px(22.0)
        ui.move(left + width - size, top)
        hit = ui.hit("reset options", (size, size))
        ui.tip("As it was made")
        ui.icon("reset", hit.box.middle, 16.0, theme.INK if hit.hovered else theme.FAINT)
        ui.move(*after)
        if hit.clicked:
            self._values = {}
            self._wear()

    def _follow(self) -> None:
        """Show what is worn, if that was changed by a key or by somebody else."""
        worn = self._controls.worn
        if worn == self._worn:
            return
        self._worn = worn
        name, values = plugins.parse(worn[0], "masks")
        values.pop("face", None)
        if plugins.written(name, values) != plugins.written(self._mask, self._values):
            self.choose(name)
            self._values = values

    def _one(self, ui: Ui, option: Option) -> None:
        value = self._values.get(option.name, option.default)
        name = f"option {option.name}"
        label = option.name.replace("_", " ").capitalize()
        new: str | None = None
        if option.kind == "switch":
            if widgets.switch(ui, name, label, value == "yes", option.text):
                new = "no" if value == "yes" else "yes"
        elif option.kind in ("number", "count"):
            new = _slid(ui, name, label, value, option)
        elif option.kind == "colour":
            new = _coloured(ui, name, label, value)
        else:
            if option.kind == "choice":
                widgets.beside(ui, label, option.text)
            else:
                widgets.label(ui, label, option.text)
            new = self._named(ui, name, value, option)
        if new is not None and new != value:
            self._set(option, new)

    def _named(self, ui: Ui, name: str, value: str, option: Option) -> str | None:
        if option.kind == "file":
            return self._files.draw(ui, name, value, _endings(self._mask))
        if option.kind != "choice":
            text, done = widgets.field(ui, name, value)
            return text if done else None
        if len(option.choices) <= FEW:
            return widgets.segments(ui, name, {c: c or "usual" for c in option.choices}, value)
        return widgets.choice(ui, name, option.choices, value)

    def _set(self, option: Option, value: str) -> None:
        if value in (option.default, ""):
            self._values.pop(option.name, None)
        else:
            self._values[option.name] = value
        self._wear()

    def _wear(self) -> None:
        """Put the mask on as it is set, unless it lacks what it needs."""
        if not self.lacks and all(not o.needed or self._values.get(o.name) for o in self._known):
            text = plugins.written(self._mask, self._values)
            self._controls.errands.do("mask", lambda: self._controls.wear(text))


def _endings(mask: str) -> tuple[str, ...]:
    return CHARACTERS if mask == "gltf" else PICTURES


def _slid(ui: Ui, name: str, label: str, value: str, option: Option) -> str | None:
    number = widgets.slider(ui, name, label, float(value or 0.0), option.limits, value)
    ui.tip(option.text)
    if number is None:
        return None
    step = 1.0 if option.kind == "count" else 0.01 if option.limits[1] <= 4.0 else 1.0
    return f"{round(number / step) * step:.3g}"


def _coloured(ui: Ui, name: str, label: str, value: str) -> str | None:
    """Draw a colour to click, which opens a palette."""
    hit = ui.hit(name, (ui.width(), ui.px(34.0)))
    _, y = hit.box.middle
    ui.text((hit.box.left, y), label)
    swatch = Box(hit.box.right - ui.px(44.0), y - ui.px(12.0), hit.box.right, y + ui.px(12.0))
    if value:
        ui.fill(swatch, theme.colour(value), 7.0)
    ui.frame(swatch, theme.MUTED if hit.hovered else theme.HOVERED, 7.0, 1.5)
    told = value or "its own"
    left = swatch.left - ui.px(10.0) - ui.measure(told, theme.SMALL)
    ui.text((left, y), told, theme.FAINT, theme.SMALL)
    if hit.clicked:
        imgui.open_popup(f"palette {name}")
    return _palette(ui, name, value or "#808080")


def _palette(ui: Ui, name: str, value: str) -> str | None:
    padding = imgui.ImVec2(ui.px(12.0), ui.px(12.0))
    imgui.push_style_var(imgui.StyleVar_.window_padding, padding)
    new = None
    if imgui.begin_popup(f"palette {name}"):
        imgui.set_next_item_width(ui.px(220.0))
        flags = imgui.ColorEditFlags_.no_side_preview | imgui.ColorEditFlags_.display_hex
        channels = [c / 255.0 for c in bytes.fromhex(value[1:])]
        changed, channels = imgui.color_picker3("##colour", channels, flags)
        if changed:
            new = "#" + bytes(round(255 * min(max(c, 0.0), 1.0)) for c in channels).hex()
        ui.float()
        imgui.end_popup()
    imgui.pop_style_var()
    return new
