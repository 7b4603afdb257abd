"""The cards of the person in front: calibration, straight ahead, shape of the head; eyes."""

from livemask.controls import Controls
from livemask.controls.keys import shown_key
from livemask.panel import widgets
from livemask.panel.ui import Ui

ASKED = {"calibrate": "target", "recentre": "focus"}
"""Actions and their icons, side by side."""

LEAST_BLINK, MOST_WINK = 0.3, 0.6
"""Between which the sliders go."""

HELP = {
    "calibrate": "Look into the camera and do nothing for two seconds: that is your face at rest.",
    "recentre": "How you hold your head now is straight ahead, for avatars and games.",
    "lock_identity": "Nothing more is learnt of the shape of your head, and it is everybody's.",
    "reset_identity": "Forget face at rest, centre and shape.",
}


class PersonCard:
    """What livemask knows of the person in front."""

    def __init__(self, controls: Controls) -> None:
        self._controls, self._known = controls, controls.acquaintance

    def draw(self, ui: Ui) -> None:
        """Draw the cards where the cursor is."""
        with widgets.card(ui, "person", "You"):
            self._asked(ui)
            ui.paragraph(self._state())
            self._shape(ui)
        with widgets.card(ui, "eyes", "Your eyes"):
            self._lids(ui)

    def _asked(self, ui: Ui) -> None:
        """Draw the buttons that look at the person, side by side."""
        (left, top), gap = ui.at(), ui.px(8.0)
        each = (ui.width() - gap) / len(ASKED)
        for at, (name, icon) in enumerate(ASKED.items()):
            ui.move(left + at * (each + gap), top)
            self._action(ui, name, icon, each)

    def _action(self, ui: Ui, name: str, icon: str, width: float = 0.0) -> None:
        action = self._controls.actions[name]
        label, strong = action.label, False
        if name == "calibrate" and self._known.person.left is not None:
            label, strong = f"Hold still: {self._known.person.left:.1f} s", True
        clicked = widgets.button(ui, name, label, icon, strong=strong, width=width)
        keys = " or ".join(map(shown_key, action.keys))
        ui.tip(f"{HELP[name]} Key: {keys}." if keys else HELP[name])
        if clicked and action.do is not None:
            action.do()

    def _shape(self, ui: Ui) -> None:
        """Draw what becomes of the shape of the head."""
        name = "lock_identity"
        label = self._controls.actions[name].label
        if widgets.switch(ui, name, label, self._known.locked, HELP[name]):
            self._known.lock()
        self._action(ui, "reset_identity", "refresh")

    def _state(self) -> str:
        value = self._known.person.calibration
        if value.neutral:
            rest = "Your face at rest is known."
        else:
            rest = "Not calibrated: your face at rest is learnt on the way."
        return rest + ("" if value.centre is None else " You have said where straight ahead is.")

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
