"""The page of the people: who is in the picture, who is masked, what becomes of the others."""

from livemask.controls import Controls
from livemask.panel import theme, widgets
from livemask.panel.placing import everybody, is_chosen
from livemask.panel.tags import what_it_wears
from livemask.panel.ui import Ui
from livemask.panel.view import View
from livemask.people import FOLLOWED
from livemask.records import Fit
from livemask.wardrobe import face_of

WHO = {"largest": "Largest", "central": "Central", "locked": "Locked"}
OTHERS = {"real": "Leave alone", "blur": "Blur", "mask": "Mask"}
TOLD = {
    "largest": "The largest faces, as long as they are seen.",
    "central": "Those nearest to the middle, as long as they are seen.",
    "locked": "Those that are chosen now, and nobody else in their stead.",
}
SAME = "as all"
"""What stands in the list of a face that has no mask of its own."""


class PeoplePage:
    """What may be changed about whose faces it is."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def draw(self, ui: Ui, view: View) -> None:
        """Draw the page where the cursor is."""
        fits = everybody(view.scene)
        widgets.title(ui, "People", f"{len(fits)} in the picture" if fits else "")
        with widgets.card(ui, "faces", "In the picture"):
            if fits:
                ui.paragraph("Click a face in the picture to choose it.")
            else:
                ui.paragraph("Nobody is seen. Look towards the camera, in enough light.")
            for fit in fits:
                self._face(ui, fit, chosen=is_chosen(view.scene, fit))
        with widgets.card(ui, "chosen", "Who is masked"):
            self._chosen(ui)
        with widgets.card(ui, "others", "The others"):
            self._others(ui)

    def _chosen(self, ui: Ui) -> None:
        company = self._controls.company
        who = widgets.segments(ui, "whom", WHO, company.people.choice)
        if who is not None:
            company.change(choice=who)
        ui.paragraph(TOLD[company.people.choice])
        most = company.people.most
        new = widgets.slider(ui, "max faces", "Faces at most", most, (1, FOLLOWED), str(most))
        if new is not None and round(new) != most:
            company.change(most=round(new))

    def _others(self, ui: Ui) -> None:
        company = self._controls.company
        others = widgets.segments(ui, "others", OTHERS, company.people.others)
        if others is not None:
            company.change(others=others)
        ui.paragraph("Seen as they are only where they are left alone.")

    def _face(self, ui: Ui, fit: Fit, *, chosen: bool) -> None:
        """Draw the row of a face: its number, and the list of what it may wear alone."""
        text = f"{fit.id}  {what_it_wears(self._controls, fit, chosen=chosen)}"
        left, top = ui.at()
        ui.lines.add_circle_filled(
            (left + ui.px(4.0), top + ui.px(17.0)),
            ui.px(4.0),
            theme.ACCENT if chosen else theme.FAINT,
            16,
        )
        ui.move(left + ui.px(16.0), top)
        widgets.beside(ui, text, "Its number, and what becomes of it.", 0.5)
        own = next((m for m in self._controls.worn if face_of(m) == fit.id), SAME)
        name = own.partition(",")[0]
        offered = (SAME, *self._controls.offered)
        picked = widgets.choice(ui, f"mask of {fit.id}", offered, name)
        if picked is not None and picked != name:
            self._give(fit.id, "" if picked == SAME else picked, chosen=chosen)

    def _give(self, face: int, mask: str, *, chosen: bool) -> None:
        """Put a mask on one face; who was not chosen is from now on."""
        controls = self._controls
        if mask and not chosen:
            controls.company.add(face)
        controls.errands.do(f"mask of {face}", lambda: controls.wear_alone(face, mask))
