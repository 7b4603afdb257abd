"""Horns that grow out of the head."""

from livemask.errors import UsageError
from livemask.masks.face_mesh import one_of
from livemask.masks.props.antlers import STYLES, Antlers
from livemask.masks.props.prop import Prop


class Horns(Prop):
    """Horns of a design."""

    hides = False
    layers = Prop.layers


def create(style: str = "devil", size: float = 1.0) -> Horns:
    """Make the mask.

    Parameters
    ----------
    style : str
        `devil`, `ram` or `unicorn`.
    size : float
        Times as large, 0.3 to 2.
    """
    if not 0.3 <= size <= 2.0:
        raise UsageError(f"size={size:g} must be 0.3 to 2.")
    return Horns(Antlers(STYLES[one_of("style", style, STYLES)], size))
