"""A skull, its sockets around the person's own eyes."""

from livemask.masks.face_mesh import Look
from livemask.masks.paint import Painted, shipped


def create(
    extent: str = "face", eyes: str = "live", mouth: str = "live", gloss: float = 0.12
) -> Painted:
    """Make the mask.

    Parameters
    ----------
    extent : str
        `face`, or `head` with ears, crown and neck.
    eyes, mouth : str
        `live`: the person's own show; `model`: eyes are painted over, teeth are the model's.
    gloss : float
        Strength of the highlight, 0 to 1.
    """
    return shipped("skull.webp", Look(extent, eyes, mouth), gloss)
