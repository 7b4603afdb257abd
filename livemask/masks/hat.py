"""A hat in the size of the head, with room for hair."""

from livemask.errors import UsageError
from livemask.masks.face_mesh import one_of
from livemask.masks.props.headgear import COLOURS, STYLES, Headgear
from livemask.masks.props.prop import Prop


class Hat(Prop):
    """A hat of a design."""

    hides = False
    layers = Prop.layers


def create(style: str = "top", colour: str = "", room: float = 1.0) -> Hat:
    """Make the mask.

    Parameters
    ----------
    style : str
        `top`, `beanie`, `cap` or `cowboy`.
    colour : str
        `black`, `grey`, `white`, `red`, `blue`, `green`, `brown` or `yellow`; the style's own if
        left out.
    room : float
        For hair, 0 to 4; 1 suits short hair.
    """
    if not 0.0 <= room <= 4.0:
        raise UsageError(f"room={room:g} must be 0 to 4.")
    kind = STYLES[one_of("style", style, STYLES)]
    paint = COLOURS[one_of("colour", colour or kind.colour, COLOURS)]
    return Hat(Headgear(kind, paint, room))
