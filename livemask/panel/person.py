"""The card of the person in front: calibration, straight ahead, lids, the shape of the head."""

from livemask.controls import Controls
from livemask.panel import widgets
from livemask.panel.ui import Ui

ACTIONS = (
    ("calibrate", "target"),
    ("recentre", "focus"),
    ("lock_identity", "lock"),
    ("reset_identity", "refresh"),
)

LEAST_BLINK, MOST_WINK = 0.3, 0.6
"""Between which the sliders go."""

HELP = {
    "calibrate": "Look into the camera and do nothing for two seconds: that is your face at rest.",
    "recentre": "How you hold your head now is straight ahead, for avatars and games.",
    "lock_identity": "Learn no more of the shape of your head, and take it for everybody's.",
    "reset_identity": "Forget face at rest, centre and shape.",
}


class PersonCard:
    """What livemask knows of the person in front."""

    def __init__(self, controls: Controls) -> None:
        self._controls, self._known = controls, controls.acquaintance

    def draw(self, ui: Ui) -> None:
        """Draw the card where the cursor is."""
        with widgets.card(ui, "person", "You"):
            for name, icon in ACTIONS:
                self._action(ui, name, icon)
            ui.paragraph(self._state())
            self._lids(ui)

    def _action(self, ui: Ui, name: str, icon: str) -> None:
        action = self._controls.actions[name]
        if action.do is None:
            widgets.refused(ui, name, action.label, icon, action.reason)
            return
        label, strong = self._label(name, action.label)
        if widgets.button(ui, name, label, icon, strong=strong):
            action.do()
        ui.tip(HELP[name])

    def _label(self, name: str, label: str) -> tuple[str, bool]:
        """Return what a button says now, and whether it stands out."""
        left = self._known.person.left
        if name == "calibrate" and left is not None:
            return f"Hold still: {left:.1f} s", True
        if name == "lock_identity" and self._known.locked:
            return "Learn the shape of my head again", False
        return label, False

    def _state(self) -> str:
        value = self._known.person.calibration
        rest = "Your face at rest is known." if value.neutral else "Not calibrated."
        return rest + ("" if value.centre is None else " Straight ahead is where you sat.")

    def _lids(self, ui: Ui) -> None:
        """Draw what counts as a blink and as a wink."""
        value = self._known.person.calibration
        limits = (LEAST_BLINK, 1.0)
        new = widgets.slider(
            ui, "blink", "Shut from", value.blink, limits, f"{value.blink:.0%} closed"
        )
        ui.tip("For eyes that are not seen to close quite, such as behind glasses.")
        if new is not None:
            self._known.change(blink=round(new, 2))
        shown = f"{value.wink:.0%} apart" if value.wink else "Each eye for itself"
        new = widgets.slider(ui, "wink", "A wink from", value.wink, (0.0, MOST_WINK), shown)
        ui.tip("Lids that differ by less do the same.")
        if new is not None:
            self._known.change(wink=round(new, 2))
        text = "Avatars blink now and then, whatever is seen of your eyes."
        if widgets.switch(ui, "auto blink", "Blink by itself", value.auto_blink, text):
            self._known.change(auto_blink=not value.auto_blink)
