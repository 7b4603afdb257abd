"""A tiger, with fur and stripes that follow the face."""

from livemask.masks.face_mesh import Look
from livemask.masks.paint import Painted, shipped


def create(
    extent: str = "face", eyes: str = "live", mouth: str = "live", gloss: float = 0.06
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
    return shipped("tiger.webp", Look(extent, eyes, mouth), gloss)
