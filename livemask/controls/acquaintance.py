"""Acquaintance: what livemask knows of the person in front, changed while it runs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from livemask.calibration.calibration import Calibration
from livemask.calibration.person import Person


class Acquaintance:
    """Calibration, straight ahead, and the shape of the head.

    Parameters
    ----------
    person : Person, optional
    lock : function, optional
        Learns of nobody any more what their head is like, or learns again.
    forget : function, optional
        Lets the shape of every head be learnt anew.

    Attributes
    ----------
    person : Person
    locked : bool
        Whether the shape of the head stays as it is.
    """

    def __init__(
        self,
        person: Person | None = None,
        lock: Callable[[bool], object] = lambda _: None,
        forget: Callable[[], object] = lambda: None,
    ) -> None:
        self.person = person or Person()
        self.locked = False
        self._lock, self._forget = lock, forget

    def change(self, **values: Any) -> None:
        """Have it calibrated otherwise; names and values are those of `Calibration`."""
        self.person.calibration = replace(self.person.calibration, **values)

    def calibrate(self) -> None:
        """Look at the face at rest for two seconds; it then also looks straight ahead."""
        self.person.wants_rest = True

    def recentre(self) -> None:
        """Take how the head is held now for straight ahead."""
        self.person.wants_centre = True

    def lock(self) -> None:
        """Keep the shape of the head, or learn it again."""
        self.locked = not self.locked
        self._lock(self.locked)

    def reset(self) -> None:
        """Forget everything: calibration, centre and shape; thresholds stay."""
        if self.locked:
            self.lock()
        none = Calibration()
        self.change(neutral=none.neutral, centre=none.centre)
        self._forget()
