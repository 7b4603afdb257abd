"""A detector that knows the points: what remains wrong is the fit's and the filters' share."""

from typing import Any

from benchmarks.tracking.take import true_points
from livemask.morphable_model import MorphableModel
from livemask.performer import Truth
from livemask.records import Float64, Frame


class TruePoints:
    """Finds faces as the detector does, and gives the true points of whoever is in the picture.

    Parameters
    ----------
    detector
        A detector plug-in.
    person : MorphableModel

    Attributes
    ----------
    truth : Truth or None
        Of the frame that comes next.
    """

    def __init__(self, detector: Any, person: MorphableModel) -> None:
        self.truth: Truth | None = None
        self._detector, self._person = detector, person

    def detect(self, _frame: Frame, _region: Float64, *_: Any, **__: Any) -> Float64 | None:
        """Return the true points (68, 2) px, or None if the face is not wholly in the picture."""
        if self.truth is None or not self.truth.visible:
            return None
        return true_points(self.truth, self._person)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._detector, name)
