"""Glasses on the nose, their arms over the ears."""

from livemask.masks.face_mesh import one_of
from livemask.masks.props.frames import COLOURS, STYLES
from livemask.masks.props.prop import Prop
from livemask.masks.props.spectacles import Spectacles


class Glasses(Prop):
    """Glasses of a design."""

    hides = False
    layers = Prop.layers


def create(style: str = "round", colour: str = "") -> Glasses:
    """Make the mask.

    Parameters
    ----------
    style : str
        `round`, `square`, `aviator` or `sun`.
    colour : str
        Of the frame: `black`, `brown`, `red`, `blue`, `white`, `gold` or `silver`; the style's
        own if left out.
    """
    kind = STYLES[one_of("style", style, STYLES)]
    return Glasses(Spectacles(kind, COLOURS[one_of("colour", colour or kind.colour, COLOURS)]))
