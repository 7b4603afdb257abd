"""The card of the quality: how much is done for each picture."""

from livemask.controls import Controls
from livemask.panel import widgets
from livemask.panel.ui import Ui
from livemask.quality import DRAWINGS, Level

CHOICES = {"auto": "Auto", "high": "High", "medium": "Medium", "low": "Low"}

DRAWN = {
    "smooth outlines": "smooth outlines",
    "plain outlines": "without smooth outlines",
    "3/4 size": "masks a little coarser, 3/4 as large and then enlarged",
    "1/2 size": "masks coarser, half as large and then enlarged",
}
"""What is said of `quality.DRAWINGS`."""

FOLLOWED = {True: "steady points, lids and glances", False: "a fast fit"}


class QualityCard:
    """As chosen, or as much as the camera's rate allows."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    def draw(self, ui: Ui) -> None:
        """Draw the card where the cursor is."""
        quality = self._controls.quality
        with widgets.card(ui, "quality", "Quality"):
            if quality.fixed:
                ui.paragraph("Of a film, everything is done for each picture.")
                return
            picked = widgets.segments(ui, "quality", CHOICES, quality.choice)
            if picked is not None:
                quality.change(picked)  # type: ignore[arg-type]  # one of those names
            ui.paragraph(f"Now {told(quality.level)}.")


def told(level: Level) -> str:
    """Return what is done for each picture, in words."""
    drawn = next(DRAWN[name] for name, drawing in DRAWINGS.items() if drawing == level.drawing)
    return f"{drawn}; {FOLLOWED[level.thorough]}"
