"""Dock: what is needed at every moment, below the picture: record, who is seen, how fast."""

from collections.abc import Callable

from livemask.controls import Controls
from livemask.panel import theme
from livemask.panel.theme import Colour
from livemask.panel.ui import Box, Ui
from livemask.panel.view import View
from livemask.records import State

SEEN = {
    State.TRACKED: ("Following", theme.ACCENT),
    State.HELD: ("Waiting", theme.WARNING),
    State.LOST: ("Nobody", theme.DANGER),
}


class Dock:
    """A bar of round buttons and two lines of state."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def draw(self, ui: Ui, view: View) -> None:
        """Draw the bar into the present window."""
        left, top = ui.at()
        middle = top + ui.px(theme.DOCK_HEIGHT) / 2
        x = left + ui.px(16.0)
        x = self._record(ui, (x, middle))
        outputs = self._controls.outputs
        for name, icon, on in (
            ("screenshot", "screenshot", False),
            ("virtual_camera", "virtual-camera", outputs.is_on("virtual-camera")),
            ("mirror", "mirror", self._controls.picture.mirrored),
            ("panic", "eye-off", self._controls.picture.veiled),
        ):
            x = self._round(ui, name, icon, (x, middle), on=on)
        self._state(ui, view, (x + ui.px(10.0), middle))

    def _record(self, ui: Ui, place: tuple[float, float]) -> float:
        """Draw the button that records, with how long it has; return where it ends."""
        outputs = self._controls.outputs
        on = outputs.is_on("recorder")
        text = "Record"
        if on:
            seconds = int(outputs.states["recorder"].seconds)
            text = f"{seconds // 60}:{seconds % 60:02d}"
        wide = ui.px(112.0)
        ui.move(place[0], place[1] - ui.px(20.0))
        hit = ui.hit("record", (wide, ui.px(40.0)))
        ui.tip("Stop recording (R)" if on else "Record a film (R)")
        base = theme.DANGER_SOFT if on else theme.RAISED
        ui.fill(hit.box, theme.HOVERED if hit.hovered and not on else base, 20.0)
        x = hit.box.left + ui.px(22.0)
        ui.icon("stop" if on else "record", (x, place[1]), 18.0, theme.DANGER)
        ui.text((x + ui.px(16.0), place[1]), text, theme.INK, 13.5, bold=True)
        if hit.clicked:
            self._do("record")
        return hit.box.right + ui.px(10.0)

    def _round(
        self, ui: Ui, name: str, icon: str, place: tuple[float, float], *, on: bool
    ) -> float:
        """Draw the button of an action; return where the next begins."""
        action = self._controls.actions[name]
        size = ui.px(40.0)
        ui.move(place[0], place[1] - size / 2)
        hit = ui.hit(name, (size, size))
        key = f" ({action.keys[0].upper()})" if action.keys else ""
        ui.tip(action.reason or f"{action.label}{key}")
        base = theme.ACCENT_SOFT if on else theme.RAISED
        tone = theme.HOVERED if hit.hovered and not on else base
        ui.lines.add_circle_filled(hit.box.middle, size / 2, tone, 32)
        ui.icon(icon, hit.box.middle, 19.0, theme.ACCENT if on else theme.INK)
        if hit.clicked:
            self._do(name)
        return hit.box.right + ui.px(8.0)

    def _do(self, name: str) -> None:
        done: Callable[[], object] | None = self._controls.actions[name].do
        if done is not None:
            done()

    def _state(self, ui: Ui, view: View, place: tuple[float, float]) -> None:
        """Tell who is seen and what they wear; at the right, how fast it goes."""
        x, y = place
        fits = view.scene.fits
        word, tone = SEEN[fits[0].state if fits else State.LOST]
        if not fits and self._controls.doing():
            word, tone = "Getting ready", theme.WARNING  # nobody is looked for yet
        if len(fits) > 1:
            word = f"{word} {len(fits)} people"
        self._line(ui, Box(x, y - ui.px(10.0), 0.0, 0.0), word, tone)
        coming = self._controls.coming
        text = f"putting on {' + '.join(coming)}…" if coming else ""
        text = text or f"wearing {' + '.join(self._controls.worn)}"
        right = view.size[0] - ui.px(100.0)
        ui.line((x, y + ui.px(10.0)), text, right - x, theme.MUTED, 12.5)
        rate = f"{view.statistics.rate:.0f}"
        wide = ui.measure(rate, 20.0, bold=True)
        end = view.size[0] - ui.px(18.0)
        unit = ui.measure("fps", 12.0)
        ui.text((end - unit, y + ui.px(3.0)), "fps", theme.FAINT, 12.0)
        ui.text((end - unit - ui.px(6.0) - wide, y), rate, theme.INK, 20.0, bold=True)

    def _line(self, ui: Ui, box: Box, word: str, tone: Colour) -> None:
        ui.lines.add_circle_filled((box.left + ui.px(4.0), box.top), ui.px(4.0), tone, 16)
        ui.text((box.left + ui.px(14.0), box.top), word, theme.INK, 13.5, bold=True)
