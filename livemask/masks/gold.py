"""The fitted face in gold."""

from livemask.masks.colours import linear_rgb
from livemask.masks.face_mesh import Look
from livemask.masks.looks.metal import metal
from livemask.masks.shaded import Shaded

CREASES = (0.50, 0.36, 0.22)
"""Patina: what is left of the colour in the deepest ones."""


def create(
    colour: str = "#ffcb72",
    extent: str = "face",
    eyes: str = "live",
    mouth: str = "live",
    gloss: float = 0.7,
) -> Shaded:
    """Make the mask.

    Parameters
    ----------
    colour : str
        Of what it mirrors, sRGB, `#rrggbb`.
    extent : str
        `face`, or `head` with ears, crown and neck.
    eyes, mouth : str
        `live`: the person's own show; `model`: the model's, of gold.
    gloss : float
        0 brushed, 1 polished.
    """
    return Shaded(Look(extent, eyes, mouth), metal(linear_rgb("colour", colour), gloss), CREASES)
