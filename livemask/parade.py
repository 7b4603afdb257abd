"""Parade: one mask after the other, to show what there is."""

from collections.abc import Sequence

from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Frame, Layer, Light
from livemask.wardrobe import Mask

SHOWN = ("textured", "watermelon", "wireframe", "shaded", "landmarks")
SECONDS = 2.0
"""What the demo shows, and for how long each."""


class Parade:
    """A mask that is each of several masks for some time, by the time of the frames.

    Parameters
    ----------
    masks : sequence of Mask
    seconds : float
        How long each is worn; after the last comes the first again.
    """

    def __init__(self, masks: Sequence[Mask], seconds: float = SECONDS) -> None:
        self._masks, self._seconds = masks, seconds
        # Also while no face is there it must be known whether to hide: hence the safe answer.
        self.hides = any(mask.hides for mask in masks)

    def layers(
        self, model: MorphableModel, fit: Fit, frame: Frame, light: Light, time: float
    ) -> tuple[Layer, ...]:
        """Return the layers of the mask whose turn it is."""
        turn = int(time / self._seconds) % len(self._masks)
        return self._masks[turn].layers(model, fit, frame, light, time)
