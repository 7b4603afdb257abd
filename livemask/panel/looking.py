"""Who may look at the stream: this computer alone, or whoever has the address."""

from livemask.outputs import Condition, OutputState
from livemask.panel import widgets
from livemask.panel.address import Address
from livemask.panel.ui import Ui

WHO = {"127.0.0.1": "This computer", "0.0.0.0": "My network"}  # noqa: S104 - by the user's choice
TOLD = {
    "127.0.0.1": "Browsers and OBS on this computer.",
    "0.0.0.0": "Whoever is given the whole address can look.",  # noqa: S104
}


class Looking:
    """What is below the stream's name.

    Attributes
    ----------
    host : str
        What the user has chosen; empty until then.
    """

    def __init__(self, address: Address) -> None:
        self.host = ""
        self._address = address

    def draw(self, ui: Ui, state: OutputState | None) -> None:
        """Draw the choice while it is off, and the address while it is on."""
        if state is not None and state.condition is Condition.ON:
            self._address.draw(ui, "stream", state.place)
            return
        now = self.host or next(iter(WHO))
        picked = widgets.segments(ui, "who looks", WHO, now)
        self.host = picked or self.host
        ui.paragraph(TOLD[now])
