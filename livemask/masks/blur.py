"""A blurred head, hair and ears too, so that nobody can tell whose it is."""

from livemask.errors import UsageError
from livemask.masks.hidden.region import HeadRegion
from livemask.morphable_model import MorphableModel
from livemask.records import Effect, Fit, Frame, Layer, Light

WEAKEST, STRONGEST = 1.0, 3.0


class Blur:
    """A soft region that nothing can be seen in.

    Parameters
    ----------
    strength : float
        Times as far as it must be.
    region : HeadRegion
    """

    hides = True

    def __init__(self, strength: float, region: HeadRegion) -> None:
        if not WEAKEST <= strength <= STRONGEST:
            raise UsageError(
                f"strength={strength:g} must be {WEAKEST:g}, which hides anybody, to {STRONGEST:g}."
            )
        self._strength, self._region = strength, region

    def layers(
        self,
        model: MorphableModel,  # noqa: ARG002 - the contract's
        fit: Fit,
        frame: Frame,  # noqa: ARG002
        light: Light,  # noqa: ARG002
        time: float,
    ) -> tuple[Layer, ...]:
        """Return the effect."""
        return (Effect("blur", self._region.of(fit, time), self._strength),)


def create(strength: float = 1.0, margin: float = 1.1, shape: str = "head") -> Blur:
    """Make the mask.

    Parameters
    ----------
    strength : float
        1, which hides anybody, to 3.
    margin : float
        How much around the head is covered, 1 to 3: more for long or wide hair.
    shape : str
        `head`, or `box`.
    """
    return Blur(strength, HeadRegion(margin, shape))
