"""The page for whoever wants to know: what the tracker sees, how long it takes, all it measures."""

import math

from imgui_bundle import imgui

from livemask.arkit import NAMES as EXPRESSIONS
from livemask.geometry import euler_angles
from livemask.panel import theme, widgets
from livemask.panel.graph import graph
from livemask.panel.overlay import NAMES, Overlay
from livemask.panel.ui import Box, Ui
from livemask.panel.view import View
from livemask.records import Fit

BAR, COLUMN = 19.0, 14.0
"""Height of a row of the bars, and between the two columns; px."""


class Insight:
    """Overlays, frame times, pose and the 52 values."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay

    def draw(self, ui: Ui, view: View) -> None:
        """Draw the page where the cursor is."""
        widgets.title(ui, "Insight")
        with widgets.card(ui, "overlay", "Over the picture, in this window only"):
            for name, (label, text) in NAMES.items():
                if widgets.switch(ui, f"view {name}", label, name in self._overlay.shown, text):
                    self._overlay.toggle(name)
        with widgets.card(ui, "times", "Frame times"):
            graph(ui, view)
        with widgets.card(ui, "pose", "Pose"):
            _pose(ui, view.fit)
        with widgets.card(ui, "values", "Expression"):
            _values(ui, view.fit, self._overlay)


def _pose(ui: Ui, fit: Fit | None) -> None:
    """Write angles and place."""
    if fit is None:
        ui.paragraph("Nobody is seen.")
        return
    angles = [math.degrees(a) for a in euler_angles(fit.camera_from_head[:3, :3])]
    place = fit.camera_from_head[:3, 3] / 10.0
    box = ui.take(ui.px(44.0))
    named = zip(("Yaw", "Pitch", "Roll"), angles, strict=True)
    shown = [(n, f"{v:+.0f}°") for n, v in named]
    shown += [("Away", f"{-place[2]:.0f} cm")]
    wide = box.width / len(shown)
    for number, (name, value) in enumerate(shown):
        x = box.left + number * wide
        ui.text((x, box.top + ui.px(10.0)), name, theme.FAINT, 12.0)
        ui.text((x, box.top + ui.px(30.0)), value, theme.INK, 17.0, bold=True)


def _values(ui: Ui, fit: Fit | None, overlay: Overlay) -> None:
    """Draw a bar for each of the 52 expressions, in two columns."""
    model = overlay.model
    if fit is None or model is None:
        ui.paragraph("Nobody is seen.")
        return
    values = dict(zip(model.expression_names, fit.gesture, strict=True))
    names = [n for n in EXPRESSIONS if n in values] or list(values)[:52]
    rows = (len(names) + 1) // 2
    box = ui.take(rows * ui.px(BAR))
    wide = (box.width - ui.px(COLUMN)) / 2
    for number, name in enumerate(names):
        column, row = divmod(number, rows)
        left, top = box.left + column * (wide + ui.px(COLUMN)), box.top + row * ui.px(BAR)
        place = Box(left, top, left + wide, top + ui.px(BAR))
        if imgui.is_rect_visible(place[:2], place[2:]):  # those scrolled away take as long
            _bar(ui, place, name, min(max(float(values[name]), 0.0), 1.0))


def _bar(ui: Ui, box: Box, name: str, value: float) -> None:
    track = box._replace(top=box.bottom - ui.px(4.0), bottom=box.bottom - ui.px(1.5))
    ui.fill(track, theme.RAISED, 1.0)
    if value > 0.004:
        tone = theme.ACCENT if value > 0.1 else theme.MUTED
        ui.fill(track._replace(right=track.left + value * track.width), tone, 1.0)
    tone = theme.INK if value > 0.1 else theme.MUTED
    ui.text((box.left, box.top + ui.px(7.0)), name, tone, 11.5)
