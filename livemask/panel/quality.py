"""The card of the quality: how much is done for each picture."""

from livemask.controls import Controls
from livemask.panel import widgets
from livemask.panel.ui import Ui

CHOICES = {"auto": "Auto", "high": "High", "medium": "Medium", "low": "Low"}

TOLD = {
    "high": "Everything: smooth outlines, steady points, lids and glances.",
    "medium": "Without smooth outlines, where the graphics card draws them.",
    "low": "Without smooth outlines, and with a fast fit.",
}


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
            now = f"Now {quality.level.name}. " if quality.choice == "auto" else ""
            ui.paragraph(now + TOLD[quality.level.name])
