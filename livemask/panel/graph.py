"""The graph of frame times: what each stage took, of the latest frames, one over the other."""

import statistics

from livemask.panel import theme
from livemask.panel.ui import Box, Ui
from livemask.panel.view import View

FRAMES, HEIGHT = 90, 110.0
BUDGET = 1000.0 / 30.0
"""ms of a frame at 30 frames per second: a line in the graph."""


def graph(ui: Ui, view: View) -> None:
    """Draw the graph and, below it, the stages with their medians."""
    recent = view.statistics.recent
    stages = [name for name in theme.STAGES if recent.get(name)]
    box = ui.take(ui.px(HEIGHT))
    ui.fill(box, theme.PANEL, 6.0)
    columns = [[_at(recent[name], back) for name in stages] for back in range(FRAMES, 0, -1)]
    highest = max([1.25 * BUDGET, *(sum(column) for column in columns)])
    _bars(ui, box, columns, [theme.colour(theme.STAGES[name]) for name in stages], highest)
    y = box.bottom - BUDGET / highest * (box.bottom - box.top)
    ui.lines.add_line((box.left, y), (box.right, y), theme.FAINT, 1.0)
    ui.text((box.left + ui.px(6.0), y - ui.px(8.0)), "33 ms", theme.MUTED, 11.0)
    _legend(ui, {name: statistics.median(recent[name]) for name in stages})


def _at(times: tuple[float, ...], back: int) -> float:
    return times[-back] if back <= len(times) else 0.0


def _bars(
    ui: Ui, box: Box, columns: list[list[float]], tones: list[theme.Colour], highest: float
) -> None:
    wide, unit = box.width / FRAMES, (box.bottom - box.top) / highest
    across, fill = max(wide - 0.15 * wide, 1.0), ui.lines.add_rect_filled
    for number, column in enumerate(columns):
        left, bottom = box.left + number * wide, box.bottom
        for ms, tone in zip(column, tones, strict=True):
            top = bottom - ms * unit
            if bottom - top > 0.3:
                fill((left, top), (left + across, bottom), tone)
            bottom = top


def _legend(ui: Ui, medians: dict[str, float]) -> None:
    """Name the stages in two columns."""
    names = list(medians)
    rows = (len(names) + 1) // 2
    box = ui.take(ui.px(18.0) * max(rows, 1))
    half = box.width / 2
    for number, name in enumerate(names):
        column, row = divmod(number, rows)
        x, y = box.left + column * (half + ui.px(6.0)), box.top + ui.px(18.0) * (row + 0.5)
        tone = theme.colour(theme.STAGES[name])
        ui.lines.add_circle_filled((x + ui.px(4.0), y), ui.px(4.0), tone, 12)
        ui.text((x + ui.px(14.0), y), name, theme.MUTED, theme.SMALL)
        ms = f"{medians[name]:.1f} ms"
        end = x + half - ui.px(12.0) - ui.measure(ms, theme.SMALL)
        ui.text((end, y), ms, theme.INK, theme.SMALL)
