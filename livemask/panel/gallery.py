"""The page of the masks: all of them as pictures, searched, liked, and put on by a click."""

from imgui_bundle import imgui

from livemask import plugins
from livemask.controls import Controls
from livemask.panel import theme, widgets
from livemask.panel.options import Options
from livemask.panel.thumbnails import Thumbnails
from livemask.panel.ui import Box, Hit, Ui
from livemask.panel.view import View

COLUMNS, GAP, NAME = 3, 10.0, 22.0

OPTIONS = 0.46
"""Share of the page's height that the options of a mask may take."""


class Gallery:
    """Masks to choose from, over the options of the chosen one."""

    def __init__(self, controls: Controls, thumbnails: Thumbnails) -> None:
        self._controls, self._thumbnails = controls, thumbnails
        self._options = Options(controls)
        self._lines = {name: line for name, (line, _) in plugins.describe("masks").items()}
        self._ready = frozenset(plugins.ready("masks"))
        self._sought, self._liked = "", False
        self._worn = ""
        self._pointed = ""  # the mask whose star is there because it is pointed at

    def draw(self, ui: Ui, view: View) -> None:  # noqa: ARG002 - every page's
        """Draw the page where the cursor is."""
        masks = self._found()
        widgets.title(ui, "Masks", f"{len(masks)} of {len(self._lines)}")
        self._sought, _ = widgets.field(ui, "search", self._sought, "Search", "search")
        filters = {"all": "All", "liked": "Favourites"}
        picked = widgets.segments(ui, "show", filters, "liked" if self._liked else "all")
        self._liked = self._liked if picked is None else picked == "liked"
        ui.space(0.0)
        left = imgui.get_content_region_avail().y
        below = min(self._options.height(ui), OPTIONS * left)
        imgui.begin_child("grid", (0.0, left - below), imgui.ChildFlags_.nav_flattened)
        self._grid(ui, masks)
        imgui.end_child()
        if below:
            self._options.draw(ui)

    def take(self, file: str) -> bool:
        """Let the mask whose options are shown have a file, if it wants one; tell whether."""
        return self._options.take(file)

    def release(self) -> None:
        """Close what is open. Twice does nothing."""
        self._options.release()

    def _found(self) -> list[str]:
        """Return the masks that are looked for: a name before a description."""
        words = self._sought.casefold().split()
        known = [m for m in self._lines if not self._liked or m in self._controls.favourites]
        texts = {mask: f"{mask} {self._lines[mask]}".casefold() for mask in known}
        found = [m for m in known if all(word in texts[m] for word in words)]
        return sorted(found, key=lambda m: (m != "none", not all(w in m for w in words), m))

    def _grid(self, ui: Ui, masks: list[str]) -> None:
        left, top = ui.at()
        gap = ui.px(GAP)
        side = (ui.width() - ui.px(4.0) - (COLUMNS - 1) * gap) / COLUMNS
        tall = side + ui.px(NAME)
        self._worn = plugins.parse(self._controls.worn[0], "masks")[0]
        for at, mask in enumerate(masks):
            row, column = divmod(at, COLUMNS)
            ui.move(left + column * (side + gap), top + row * (tall + gap))
            if ui.pane or imgui.is_rect_visible((side, tall)):  # keys go to what is scrolled away
                self._tile(ui, mask, side)
            else:  # scrolled away: only its room is left
                imgui.dummy((side, tall))
        if not masks:
            self._nothing(ui)

    def _nothing(self, ui: Ui) -> None:
        ui.space(12.0)
        if self._liked and not self._sought:
            ui.paragraph("No favourites yet. Point at a mask and click its star.")
        else:
            ui.paragraph("Nothing is called so. Try another word: gold, animal, hide, face.")

    def _tile(self, ui: Ui, mask: str, side: float) -> None:
        imgui.set_next_item_allow_overlap()
        hit = ui.hit(f"mask {mask}", (side, side + ui.px(NAME)))
        ui.tip(self._lines[mask])
        worn = mask == self._worn
        square = Box(hit.box.left, hit.box.top, hit.box.right, hit.box.top + side)
        self._picture(ui, mask, square)
        if worn:
            ui.frame(square.inset(-ui.px(1.0)), theme.ACCENT, theme.ROUNDING, 2.5)
        elif any(mask == text.partition(",")[0] for text in self._controls.coming):
            ui.frame(square, theme.ACCENT, theme.ROUNDING, 1.0)
        elif hit.hovered:
            ui.frame(square, theme.MUTED, theme.ROUNDING, 1.5)
        tone = theme.ACCENT if worn else theme.INK if hit.hovered else theme.MUTED
        name = ui.shorten(mask, side, theme.SMALL)
        wide = ui.measure(name, theme.SMALL, bold=worn)
        middle = square.middle[0] - wide / 2, square.bottom + ui.px(NAME) / 2
        ui.text(middle, name, tone, theme.SMALL, bold=worn)
        liked = self._star(ui, mask, square, hit)
        if hit.clicked and not liked:
            self._choose(mask)

    def _picture(self, ui: Ui, mask: str, box: Box) -> None:
        number = self._thumbnails[mask]
        if number is None:
            ui.fill(box, theme.CARD, theme.ROUNDING)
            ui.icon("folder" if self._needs(mask) else "mood", box.middle, 30.0, theme.FAINT)
            return
        ui.lines.add_image_rounded(
            imgui.ImTextureRef(number), box[:2], box[2:], (0.0, 0.0), (1.0, 1.0),
            0xFFFFFFFF, ui.px(theme.ROUNDING),
        )  # fmt: skip
        if self._needs(mask):  # the picture shows what it may be: the file is the user's
            place = box.left + ui.px(14.5), box.bottom - ui.px(14.5)
            ui.lines.add_circle_filled(place, ui.px(11.5), theme.colour("#0b0d11", 0.7), 24)
            ui.icon("folder", place, 13.5, theme.INK)

    def _star(self, ui: Ui, mask: str, box: Box, tile: Hit) -> bool:
        """Draw the star of a favourite; return whether it was clicked rather than the tile."""
        liked = mask in self._controls.favourites
        if not (liked or tile.hovered or self._pointed == mask):
            return False
        size = ui.px(23.0)
        ui.move(box.right - size - ui.px(3.0), box.top + ui.px(3.0))
        hit = ui.hit(f"star {mask}", (size, size))
        pointed = tile.hovered or hit.hovered
        if pointed or self._pointed == mask:
            self._pointed = mask if pointed else ""
        if not (liked or pointed):
            return False
        ui.lines.add_circle_filled(hit.box.middle, 0.5 * size, theme.colour("#0b0d11", 0.6), 24)
        tone = theme.WARNING if liked or hit.hovered else theme.INK
        ui.icon("starred" if liked else "star", hit.box.middle, 13.5, tone)
        if hit.clicked:
            self._controls.like(mask)
        return hit.clicked

    def _needs(self, mask: str) -> bool:
        return mask not in self._ready

    def _choose(self, mask: str) -> None:
        """Put a mask on, or ask for the file that it needs."""
        self._options.choose(mask)
        if not self._needs(mask):
            self._controls.errands.do("mask", lambda: self._controls.wear(mask))
