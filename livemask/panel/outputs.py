"""The page of the outputs: each with a switch, where it goes, and how it is doing."""

from dataclasses import dataclass
from pathlib import Path

from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.controls.switches import ENDINGS
from livemask.outputs import Condition, OutputState
from livemask.panel import theme, widgets
from livemask.panel.address import Address
from livemask.panel.looking import Looking
from livemask.panel.ui import Ui
from livemask.panel.view import View


@dataclass(frozen=True, slots=True)
class Shown:
    """An output as people know it."""

    label: str
    icon: str
    line: str
    field: str = ""
    hint: str = ""


ADDRESS = "address", "127.0.0.1"

KNOWN = {
    "recorder": Shown("Record", "film", "A film, with sound if there is any", "file"),
    "virtual-camera": Shown(
        "Virtual camera", "virtual-camera", "For calls: Zoom, Meet, Teams, OBS", "device", "first"
    ),
    "stream": Shown("Stream", "stream", "A page for browsers and OBS", "host"),
    "vmc": Shown("VMC", "send", "VSeeFace, VTube Studio, Warudo", *ADDRESS),
    "openseeface": Shown("OpenSeeFace", "send", "VSeeFace, VMagicMirror", *ADDRESS),
    "livelink": Shown("Live Link", "send", "Unreal Engine", *ADDRESS),
    "opentrack": Shown("opentrack", "send", "Games that look where you look", *ADDRESS),
    "csv": Shown("Table", "table", "Points, pose and 52 values of every frame", "file"),
    "livelink-csv": Shown("Live Link table", "table", "As Apple's app records it", "file"),
}
GROUPS = (
    ("Pictures", ("recorder", "virtual-camera", "stream")),
    ("Your face in other programs", ("vmc", "openseeface", "livelink", "opentrack")),
    ("Tables", ("csv", "livelink-csv")),
)
HIDDEN = ("screenshot",)


class OutputsPage:
    """Where pictures and numbers go."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls
        self._texts: dict[str, str] = {}
        self._open = "recorder"
        self._address = Address()
        self._looking = Looking(self._address)

    def draw(self, ui: Ui, view: View) -> None:  # noqa: ARG002 - every page's
        """Draw the page where the cursor is."""
        states = self._controls.outputs.states
        on = sum(state.condition is Condition.ON for state in states.values())
        widgets.title(ui, "Outputs", f"{on} on" if on else "nothing leaves this window")
        offered = self._controls.outputs.offered
        named = [name for _, names in GROUPS for name in names]
        others = tuple(name for name in offered if name not in (*named, *HIDDEN))
        for title, names in (*GROUPS, ("More", others)):
            there = [name for name in names if name in offered]
            if there:
                with widgets.card(ui, title, title):
                    for name in there:
                        self._one(ui, name, states.get(name))

    def _one(self, ui: Ui, name: str, state: OutputState | None) -> None:
        shown = KNOWN.get(name, Shown(name.capitalize(), "send", ""))
        on = state is not None and state.condition is Condition.ON
        (left, top), width = ui.at(), ui.width()
        tall = ui.px(46.0)
        imgui.set_next_item_allow_overlap()
        row = ui.hit(f"open {name}", (width - ui.px(52.0), tall), hand=bool(shown.field))
        y = row.box.middle[1]
        tone = theme.ACCENT if on else theme.MUTED
        ui.icon(shown.icon, (left + ui.px(11.0), y), 21.0, tone)
        ui.text((left + ui.px(34.0), y - ui.px(9.0)), shown.label, bold=True, size=13.5)
        line, colour = _told(state, shown.line)
        short = ui.shorten(line, width - ui.px(90.0), 12.0)
        ui.tip(line if short != line else "")
        ui.text((left + ui.px(34.0), y + ui.px(9.0)), short, colour, 12.0)
        ui.move(left + width - ui.px(44.0), top)
        hit = ui.hit(f"output {name}", (ui.px(44.0), tall))
        knob(ui, hit.box.left + ui.px(6.0), y, on, hit.hovered)
        ui.move(left, top + tall)
        imgui.dummy((1.0, 1.0))
        if hit.clicked:
            self._toggle(name, shown)
        if row.clicked:
            self._open = "" if self._open == name else name
        if self._open == name and shown.field:
            self._below(ui, name, shown, state)

    def _below(self, ui: Ui, name: str, shown: Shown, state: OutputState | None) -> None:
        """Draw what an output is switched on with, or where it is found."""
        if name == "stream":
            self._looking.draw(ui, state)
        elif state is not None and state.place:
            self._address.draw(ui, name, state.place)
        if name != "stream" and (state is None or state.condition is not Condition.ON):
            self._field(ui, name, shown)

    def _field(self, ui: Ui, name: str, shown: Shown) -> None:
        """Draw where it writes to or sends to, which is read when it is switched on."""
        files = name in ENDINGS
        hint = str(self._controls.outputs.folder / f"livemask-…{ENDINGS[name]}") if files else ""
        icon = "folder" if files else ""
        text, _ = widgets.field(
            ui, f"where {name}", self._texts.get(name, ""), hint or shown.hint, icon
        )
        self._texts[name] = text

    def _toggle(self, name: str, shown: Shown) -> None:
        outputs, text = self._controls.outputs, self._texts.get(name, "").strip()
        options: dict[str, str | Path] = {}
        if text and shown.field:
            options[shown.field] = Path(text).expanduser() if shown.field == "file" else text
        elif shown.field == "address":
            options["address"] = text
        elif name == "stream":
            self._open = name  # its address is what one wants next
            options["host"] = self._looking.host
        self._controls.errands.do(name, lambda: outputs.toggle(name, **options))


def knob(ui: Ui, left: float, y: float, on: bool, hovered: bool) -> None:
    """Draw the switch of an output."""
    widgets.knob(ui, (left, y), on=on, hovered=hovered)


def _told(state: OutputState | None, line: str) -> tuple[str, theme.Colour]:
    """Return what is said of an output, and in which tone."""
    if state is None or state.condition is Condition.OFF:
        return line, theme.FAINT
    if state.condition is Condition.FAILED:
        return state.error.partition("\n")[0], theme.DANGER
    if state.condition is Condition.ENDING:
        return "Finishing…", theme.WARNING
    minutes, seconds = divmod(int(state.seconds), 60)
    told = state.detail or f"On for {minutes}:{seconds:02d}"
    missed = f", {state.dropped} too fast" if state.dropped else ""
    return f"{told}{missed}", theme.ACCENT
