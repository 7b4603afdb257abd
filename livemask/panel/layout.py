"""Layout: a rail of pages, the page, the picture beside it, and a bar below that."""

import math
from typing import Protocol, runtime_checkable

from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.panel import theme
from livemask.panel.cards import Cards
from livemask.panel.countdown import Countdown
from livemask.panel.dock import Dock
from livemask.panel.file_field import worn_by_name
from livemask.panel.following import FollowingPage
from livemask.panel.gallery import Gallery
from livemask.panel.insight import Insight
from livemask.panel.outputs import OutputsPage
from livemask.panel.overlay import Overlay
from livemask.panel.people import PeoplePage
from livemask.panel.picture import PicturePage
from livemask.panel.progress import Progress
from livemask.panel.question import Question
from livemask.panel.saved import Saved
from livemask.panel.sheet import Sheet
from livemask.panel.tags import Tags
from livemask.panel.thumbnails import Thumbnails
from livemask.panel.ui import Box, Ui
from livemask.panel.view import View
from livemask.render.renderer import Room

WINDOW = (
    imgui.WindowFlags_.no_decoration
    | imgui.WindowFlags_.no_move
    | imgui.WindowFlags_.no_saved_settings
    | imgui.WindowFlags_.no_background
    | imgui.WindowFlags_.no_bring_to_front_on_focus
)
LIVELY = ("people", "insight")
"""Pages on which something moves with the faces."""

MARGIN = 16.0
"""Around the picture."""


class Page(Protocol):
    """One page of the panel."""

    def draw(self, ui: Ui, view: View) -> None:
        """Draw it where the cursor is."""


@runtime_checkable
class Taking(Protocol):
    """A page that files can be dropped on."""

    def take(self, file: str) -> bool:
        """Take a file if it is wanted; tell whether."""

    def release(self) -> None:
        """Close what is open."""


class Layout:
    """The panel's parts and where they are."""

    def __init__(self, controls: Controls, thumbnails: Thumbnails, overlay: Overlay) -> None:
        self._controls = controls
        self._scale = 1.0
        self._floating: tuple[Box, ...] = ()
        self.page = "masks"
        self._pages: dict[str, tuple[str, Page]] = {
            "masks": ("Masks", Gallery(controls, thumbnails)),
            "picture": ("Picture", PicturePage(controls)),
            "outputs": ("Outputs", OutputsPage(controls)),
            "people": ("People", PeoplePage(controls)),
            "tracking": ("Tracking", FollowingPage(controls)),
            "insight": ("Insight", Insight(overlay)),
        }
        self._tags, self._progress = Tags(controls), Progress(controls)
        self._dock, self._cards = Dock(controls), Cards(controls)
        self._countdown, self._saved = Countdown(controls), Saved(controls)
        self._question, self._sheet = Question(controls), Sheet(controls)

    def drop(self, file: str) -> None:
        """Take a file that was dropped on the window: for what is shown, else to be worn."""
        page = self._pages[self.page][1]
        if self._controls.panel and isinstance(page, Taking) and page.take(file):
            return
        self._controls.errands.do("mask", lambda: self._controls.wear(worn_by_name(file)))

    def release(self) -> None:
        """Close what pages have opened. Twice does nothing."""
        for _, page in self._pages.values():
            if isinstance(page, Taking):
                page.release()

    @property
    def lively(self) -> bool:
        """Whether more than numbers changes of itself."""
        counts = self._controls.acquaintance.person.left is not None
        counts = counts or self._controls.leaving.left > 0.0
        return counts or (self._controls.panel and self.page in LIVELY)

    def room(self, size: tuple[int, int]) -> Room:
        """Return where the picture may be: left, bottom, right, top, px."""
        left, dock, margin = self._left, self._px(theme.DOCK_HEIGHT), self._px(MARGIN)
        return left + margin, dock + margin, size[0] - margin, size[1] - margin

    def solid(self, size: tuple[int, int]) -> tuple[Room, ...]:
        """Return the parts of the window that only the panel covers."""
        if not self._controls.panel:
            return ()
        left = self._left
        return (0, 0, left, size[1]), (left, 0, size[0], self._px(theme.DOCK_HEIGHT))

    def grounds(self, size: tuple[int, int]) -> tuple[tuple[Room, theme.Colour], ...]:
        """Return what the parts of `solid` stand on."""
        tones = (theme.PANEL, theme.RAIL)
        grounds = tuple(zip(self.solid(size), tones, strict=False))
        rail = (0, 0, self._px(theme.RAIL_WIDTH), size[1]), theme.RAIL
        return (*grounds, rail) if grounds else ()

    def soft(self, size: tuple[int, int]) -> tuple[Room, ...]:
        """Return the parts in which something lies over the picture."""
        return tuple(
            (math.floor(b.left), size[1] - math.ceil(b.bottom), math.ceil(b.right),
             size[1] - math.floor(b.top))
            for b in self._floating
        )  # fmt: skip

    def draw(self, ui: Ui, view: View) -> None:
        """Draw everything."""
        self._scale = ui.scale
        choosing = self._controls.panel and self.page == "people"
        self._controls.company.count(choosing)
        if self._controls.panel:
            if choosing:
                self._tags.draw(ui, view, self.room(view.size))
            self._rail(ui, view)
            self._page(ui, view)
            left, tall = self._left, self._px(theme.DOCK_HEIGHT)
            _begin(ui, "dock", (left, view.size[1] - tall), (view.size[0] - left, tall))
            self._dock.draw(ui, view)
            _end()
            self._progress.draw(ui, self.room(view.size), view.size[1])
        left, dock = (self._left, self._px(theme.DOCK_HEIGHT)) if self._controls.panel else (0, 0)
        beside = (left, 0, view.size[0], view.size[1] - dock)
        self._cards.draw(ui, (left, 0, view.size[0], view.size[1]))
        self._countdown.draw(ui, beside)
        self._saved.draw(ui, beside)
        self._sheet.draw(ui, beside)
        self._question.draw(ui, beside)
        self._floating = tuple(ui.floating)

    @property
    def _left(self) -> int:
        return self._px(theme.PANEL_WIDTH)

    def _px(self, size: float) -> int:
        return round(size * self._scale)

    def _rail(self, ui: Ui, view: View) -> None:
        _begin(ui, "rail", (0, 0), (ui.px(theme.RAIL_WIDTH), view.size[1]))
        ui.move(0.0, ui.px(10.0))
        for name, (label, _) in self._pages.items():
            self._tab(ui, name, label)
        _end()

    def _tab(self, ui: Ui, name: str, label: str) -> None:
        wide, tall = ui.px(theme.RAIL_WIDTH), ui.px(60.0)
        left, top = ui.at()
        hit = ui.hit(f"page {name}", (wide, tall))
        x, y = hit.box.middle
        on = name == self.page
        if on:
            bar = hit.box._replace(right=hit.box.left + ui.px(3.0)).inset(0.0)
            ui.fill(bar._replace(top=y - ui.px(18.0), bottom=y + ui.px(18.0)), theme.ACCENT, 1.5)
        tone = theme.ACCENT if on else theme.INK if hit.hovered else theme.FAINT
        ui.icon(name, (x, y - ui.px(8.0)), 23.0, tone)
        size = 11.0
        text = theme.INK if on else theme.MUTED
        ui.text((x - ui.measure(label, size) / 2, y + ui.px(14.0)), label, text, size)
        ui.move(left, top + tall)
        if hit.clicked:
            self.page = name

    def _page(self, ui: Ui, view: View) -> None:
        left = ui.px(theme.RAIL_WIDTH)
        _begin(ui, "page", (left, 0), (self._left - left, view.size[1]))
        pad = ui.px(theme.PADDING)
        ui.move(left + pad, pad)
        size = (self._left - left - 1.4 * pad, view.size[1] - 1.6 * pad)
        flat = imgui.ChildFlags_.nav_flattened
        imgui.begin_child(f"page {self.page}", size, flat)
        imgui.push_style_var(imgui.StyleVar_.item_spacing, (ui.px(8.0), ui.px(10.0)))
        imgui.begin_child("inner", (size[0] - 0.4 * pad, 0.0), flat)
        page = self._pages[self.page][1]
        page.draw(ui, view)
        imgui.end_child()
        imgui.pop_style_var()
        imgui.end_child()
        _end()


def _begin(ui: Ui, name: str, place: tuple[float, float], size: tuple[float, float]) -> None:
    imgui.set_next_window_pos(place)
    imgui.set_next_window_size(size)
    imgui.push_style_var(imgui.StyleVar_.window_rounding, 0.0)
    imgui.push_style_var(imgui.StyleVar_.window_min_size, (1.0, 1.0))
    if name == ui.pane:
        imgui.begin(name, None, WINDOW)
        if ui.entered:  # later, a list that dropped down may have the keys
            imgui.set_window_focus()
            imgui.set_nav_cursor_visible(True)
    else:
        imgui.begin(name, None, WINDOW | imgui.WindowFlags_.no_nav)


def _end() -> None:
    imgui.end()
    imgui.pop_style_var(2)
