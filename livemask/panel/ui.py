"""Ui: what every part of the panel draws with: letters, icons, boxes, and places to click."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from imgui_bundle import imgui

from livemask.panel import theme
from livemask.panel.icons import ICONS
from livemask.panel.theme import Colour
from livemask.resources import resource

FLOATING = (
    imgui.WindowFlags_.no_decoration
    | imgui.WindowFlags_.no_nav
    | imgui.WindowFlags_.no_saved_settings
    | imgui.WindowFlags_.no_background
)
"""Of a window of which nothing is seen but what is drawn in it: over the picture."""


REMEMBERED = 2000
"""Sizes of texts: most stay from one drawing to the next."""


class Box(NamedTuple):
    """A rectangle in px from the window's top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    def inset(self, by: float) -> "Box":
        """Return it smaller by so much on each side."""
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)


class Hit(NamedTuple):
    """Something that can be clicked."""

    box: Box
    clicked: bool
    hovered: bool
    held: bool
    stepped: int = 0  # to the left or right by keys, while keys are on it


@dataclass
class Ui:
    """The tools of one panel.

    Attributes
    ----------
    scale : float
        By which everything is larger than at 96 dots per inch.
    places : dict of str to Box
        Where each thing that can be clicked stood when it was last drawn.
    cursor : str
        The pointer's shape, as `Window.cursor`.
    floating : list of Box
        What was drawn last over the picture: tips, lists that dropped down.
    texts : dict of str to str
        What stands in fields, by their names.
    pane : str
        Which part of the panel keys go through; empty for none.
    entered : bool
        Whether they go there from this drawing on.
    """

    scale: float = 1.0
    places: dict[str, Box] = field(default_factory=dict)
    cursor: str = "arrow"
    floating: list[Box] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    pane: str = ""
    entered: bool = False

    def __post_init__(self) -> None:
        """Load the letters: Dear ImGui draws each in the sizes in which it is shown."""
        self._sizes: dict[tuple[str, float, float, bool, float], tuple[float, float]] = {}
        fonts, config = imgui.get_io().fonts, imgui.ImFontConfig()
        config.oversample_h = 2
        config.rasterizer_multiply = 1.15  # light letters on dark look thin
        files = (resource(f"assets/panel/{name}") for name in _FONTS)
        self._plain, self._bold, self._icons = (
            fonts.add_font_from_file_ttf(str(file), theme.BODY, config) for file in files
        )

    def px(self, size: float) -> float:
        """Return how many px a size has on this screen."""
        return size * self.scale

    @property
    def lines(self) -> Any:
        """Where to draw: the present window's list."""
        return imgui.get_window_draw_list()

    def at(self) -> tuple[float, float]:
        """Return where the next thing goes, px."""
        place = imgui.get_cursor_screen_pos()
        return place.x, place.y

    def width(self) -> float:
        """Return how much room is left beside that, px."""
        return imgui.get_content_region_avail().x

    def move(self, x: float, y: float) -> None:
        """Let the next thing go there, px."""
        imgui.set_cursor_screen_pos((x, y))

    def space(self, size: float) -> None:
        """Leave some room below."""
        imgui.dummy((1.0, self.px(size)))

    def take(self, height: float) -> Box:
        """Take a strip of the width that there is; what is in it is drawn by hand."""
        (left, top), width = self.at(), self.width()
        imgui.dummy((width, height))
        return Box(left, top, left + width, top + height)

    def fill(self, box: Box, tone: Colour, radius: float = 0.0) -> None:
        """Fill a box."""
        self.lines.add_rect_filled(box[:2], box[2:], tone, self.px(radius))

    def frame(self, box: Box, tone: Colour, radius: float = 0.0, thick: float = 1.0) -> None:
        """Draw a box's outline."""
        self.lines.add_rect(box[:2], box[2:], tone, self.px(radius), self.px(thick))

    def measure(self, text: str, size: float = theme.BODY, *, bold: bool = False) -> float:
        """Return how wide a text is, px."""
        return self._size(text, size, bold=bold)[0]

    def text(
        self,
        place: tuple[float, float],
        text: str,
        tone: Colour = theme.INK,
        size: float = theme.BODY,
        *,
        bold: bool = False,
    ) -> float:
        """Draw a line of text whose middle is at the height of `place`; return its width, px."""
        font = self._bold if bold else self._plain
        top = round(place[1] - 0.5 * self.px(size))
        self.lines.add_text(font, self.px(size), (round(place[0]), top), tone, text)
        return self.measure(text, size, bold=bold)

    def line(
        self, place: tuple[float, float], text: str, width: float, tone: Colour, size: float
    ) -> None:
        """Draw as much of a line as fits `width` px; whoever points at it sees the whole."""
        short = self.shorten(text, width, size)
        self.text(place, short, tone, size)
        if short != text:
            self.move(place[0], place[1] - 0.5 * self.px(size))
            imgui.dummy((width, self.px(size)))
            self.tip(text)

    def paragraph(
        self, text: str, tone: Colour = theme.MUTED, size: float = theme.SMALL, right: float = 0.0
    ) -> None:
        """Write lines as wide as there is room, less `right` px, and go below them."""
        (left, top), width = self.at(), self.width() - right
        high = self._size(text, size, width)[1]
        self.lines.add_text(self._plain, self.px(size), (left, top), tone, text, width)
        imgui.dummy((width, high))

    def height(self, text: str, size: float, width: float) -> float:
        """Return how tall a text is that is broken to lines of `width` px; px."""
        return self._size(text, size, width)[1]

    def _size(
        self, text: str, size: float, width: float = -1.0, *, bold: bool = False
    ) -> tuple[float, float]:
        key = text, size, width, bold, self.scale
        if key not in self._sizes:
            if len(self._sizes) >= REMEMBERED:
                self._sizes.clear()
            imgui.push_font(self._bold if bold else self._plain, size)
            found = imgui.calc_text_size(text, wrap_width=width)
            imgui.pop_font()
            self._sizes[key] = found.x, found.y
        return self._sizes[key]

    def shorten(self, text: str, width: float, size: float = theme.BODY) -> str:
        """Return as much of a text as fits, px, with dots for the rest."""
        if self.measure(text, size) <= width:
            return text
        while text and self.measure(f"{text}…", size) > width:
            text = text[:-1]
        return f"{text}…"

    def icon(
        self, name: str, middle: tuple[float, float], size: float, tone: Colour = theme.INK
    ) -> None:
        """Draw an icon around a point."""
        wide, high = self._icon_size(name, size)  # narrower than it is high
        place = round(middle[0] - 0.5 * wide), round(middle[1] - 0.5 * high)
        self.lines.add_text(self._icons, self.px(size), place, tone, ICONS[name])

    def _icon_size(self, name: str, size: float) -> tuple[float, float]:
        key = ICONS[name], size, -1.0, False, self.scale
        if key not in self._sizes:
            imgui.push_font(self._icons, size)
            found = imgui.calc_text_size(ICONS[name])
            imgui.pop_font()
            self._sizes[key] = found.x, found.y
        return self._sizes[key]

    def hit(self, name: str, size: tuple[float, float], *, hand: bool = True) -> Hit:
        """Make a place to click of `size` px; what is seen there is drawn by hand."""
        left, top = self.at()
        size = max(size[0], 1.0), max(size[1], 1.0)
        clicked = imgui.invisible_button(f"##{name}", size, imgui.ButtonFlags_.enable_nav)
        hovered, held = imgui.is_item_hovered(), imgui.is_item_active()
        if imgui.is_item_visible():
            self.places[name] = Box(left, top, left + size[0], top + size[1])
        if hovered and hand:
            self.cursor = "hand"
        stepped = _steps() if self.pane and imgui.is_item_focused() else 0
        return Hit(Box(left, top, left + size[0], top + size[1]), clicked, hovered, held, stepped)

    def float(self) -> None:
        """Note that the present window lies over the picture."""
        place, size = imgui.get_window_pos(), imgui.get_window_size()
        self.floating.append(Box(place.x, place.y, place.x + size.x, place.y + size.y))

    def tip(self, text: str) -> None:
        """Explain the last thing to whoever points at it for a moment."""
        flags = imgui.HoveredFlags_.for_tooltip | imgui.HoveredFlags_.allow_when_disabled
        if text and imgui.is_item_hovered(flags):
            self._show_tip(text)

    def _show_tip(self, text: str) -> None:
        imgui.push_style_var(
            imgui.StyleVar_.window_padding, imgui.ImVec2(self.px(12.0), self.px(8.0))
        )
        imgui.push_style_var(imgui.StyleVar_.window_rounding, self.px(8.0))
        if imgui.begin_tooltip():
            imgui.push_font(self._plain, theme.SMALL)
            imgui.push_text_wrap_pos(self.px(280.0))
            imgui.text_unformatted(text)
            imgui.pop_text_wrap_pos()
            imgui.pop_font()
            self.float()
            imgui.end_tooltip()
        imgui.pop_style_var(2)


_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "icons.ttf")


def _steps() -> int:
    """Return how far keys have gone to the right since the last drawing."""
    right, left = (imgui.is_key_pressed(k) for k in (imgui.Key.right_arrow, imgui.Key.left_arrow))
    return int(right) - int(left)
