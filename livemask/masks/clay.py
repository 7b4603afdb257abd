"""The fitted face in matt clay, darker in its creases."""

from livemask.masks.colours import linear_rgb
from livemask.masks.face_mesh import Look
from livemask.masks.shaded import Shaded
from livemask.records import Material

CREASES = (0.42, 0.34, 0.30)
"""What is left of the colour in the deepest ones."""


def create(
    colour: str = "#dcae92", extent: str = "face", eyes: str = "live", mouth: str = "live"
) -> Shaded:
    """Make the mask.

    Parameters
    ----------
    colour : str
        Of the clay, sRGB, `#rrggbb`.
    extent : str
        `face`, or `head` with ears, crown and neck.
    eyes, mouth : str
        `live`: the person's own show; `model`: the model's, of clay.
    """
    material = Material(look="clay", colour=linear_rgb("colour", colour))
    return Shaded(Look(extent, eyes, mouth), material, CREASES)
