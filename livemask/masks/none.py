"""No mask: the bare video, tracked all the same."""

from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Frame, Layer, Light


class Bare:
    """Draws nothing."""

    hides = False

    def layers(
        self, model: MorphableModel, fit: Fit, frame: Frame, light: Light, time: float
    ) -> tuple[Layer, ...]:
        """Return no layers."""
        del model, fit, frame, light, time
        return ()


def create() -> Bare:
    """Make the mask."""
    return Bare()
