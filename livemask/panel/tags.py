"""Tags: the number of each face and what it wears, over the picture; a click chooses the face."""

from imgui_bundle import imgui

from livemask.controls import Controls
from livemask.hiding import head_outline
from livemask.panel import theme
from livemask.panel.placing import Placing, everybody, face_at, is_chosen
from livemask.panel.ui import FLOATING, Box, Ui
from livemask.panel.view import View
from livemask.records import Fit
from livemask.render.renderer import Room
from livemask.wardrobe import worn_by

TALL, SIZE = 28.0, 13.0
"""Of a tag and its letters, px."""

BECOMES = {"real": "left alone", "blur": "blurred", "mask": ""}
"""What is said of those who are not chosen, unless they wear a mask too."""

FLAGS = FLOATING | imgui.WindowFlags_.no_move | imgui.WindowFlags_.no_bring_to_front_on_focus


class Tags:
    """Lies over the picture while people are chosen."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def draw(self, ui: Ui, view: View, room: Room) -> None:
        """Draw a tag for each face; `room` is where the picture may be."""
        mirrored = self._controls.picture.mirrored
        placing = Placing.within(room, view.size[1], view.scene.frame.size, mirrored=mirrored)
        whole = Box(placing.left, placing.top, placing.right, placing.bottom)
        fits = everybody(view.scene)
        imgui.set_next_window_pos(whole[:2])
        imgui.set_next_window_size((whole.width, whole.bottom - whole.top))
        imgui.begin("faces", None, FLAGS)
        ui.move(*whole[:2])
        hit = ui.hit("faces", (whole.width, whole.bottom - whole.top), hand=False)
        mouse = imgui.get_mouse_pos()
        under = face_at(fits, placing.seen((mouse.x, mouse.y))) if hit.hovered else None
        if under is not None:
            ui.cursor = "hand"
            self._ring(ui, under, placing)
            if hit.clicked:
                self._controls.company.choose(under.id)
        for fit in fits:
            self._tag(ui, fit, view, placing)
        imgui.end()

    def _ring(self, ui: Ui, fit: Fit, placing: Placing) -> None:
        """Draw what a click would choose."""
        points = [placing.shown((float(x), float(y))) for x, y in head_outline(fit)]
        line = [imgui.ImVec2(*point) for point in points]
        ui.lines.add_polyline(line, theme.ACCENT, ui.px(2.0), imgui.ImDrawFlags_.closed)
        ui.floating.append(_around(points, ui.px(3.0), placing))

    def _tag(self, ui: Ui, fit: Fit, view: View, placing: Placing) -> None:
        points = [placing.shown((float(x), float(y))) for x, y in head_outline(fit)]
        middle = sum(x for x, _ in points) / len(points)
        chosen = is_chosen(view.scene, fit)
        number, text = str(fit.id), what_it_wears(self._controls, fit, chosen=chosen)
        tall, wide = ui.px(TALL), ui.px(TALL + 16.0) + ui.measure(text, SIZE)
        left = min(max(middle - wide / 2, placing.left), placing.right - wide)
        top = max(min(y for _, y in points) - tall - ui.px(4.0), placing.top)
        box = Box(left, top, left + wide, top + tall)
        ui.fill(box, theme.CARD, TALL / 2)
        disc = box.left + tall / 2, box.top + tall / 2
        tone = theme.ACCENT if chosen else theme.HOVERED
        ui.lines.add_circle_filled(disc, tall / 2 - ui.px(3.0), tone, 32)
        ink = theme.ON_ACCENT if chosen else theme.INK
        at = disc[0] - ui.measure(number, SIZE, bold=True) / 2, disc[1]
        ui.text(at, number, ink, SIZE, bold=True)
        place = box.left + tall + ui.px(4.0), disc[1]
        ui.text(place, text, theme.INK if chosen else theme.MUTED, SIZE)
        ui.floating.append(Box(box.left - 1, box.top - 1, box.right + 1, box.bottom + 1))
        ui.places[f"face {fit.id}"] = _around(points, 0.0, placing)


def what_it_wears(controls: Controls, fit: Fit, *, chosen: bool) -> str:
    """Return what becomes of a face, in a few words."""
    becomes = "" if chosen else BECOMES[controls.company.people.others]
    names = [text.partition(",")[0].rpartition("/")[2] for text in worn_by(controls.worn, fit.id)]
    return becomes or " + ".join(names) or "no mask"


def _around(points: list[tuple[float, float]], by: float, placing: Placing) -> Box:
    """Return the box around points, as far as the picture goes."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return Box(
        max(min(across) - by, placing.left),
        max(min(down) - by, placing.top),
        min(max(across) + by, placing.right),
        min(max(down) + by, placing.bottom),
    )
