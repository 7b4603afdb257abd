"""A Venetian half mask with gold and feathers; mouth and jaw stay free."""

from livemask.masks.face_mesh import Look
from livemask.masks.paint import Painted, shipped


def create(
    extent: str = "head", eyes: str = "live", mouth: str = "live", gloss: float = 0.30
) -> Painted:
    """Make the mask.

    Parameters
    ----------
    extent : str
        `face`: nothing beyond the hair line; `head`: feathers over the hair, too.
    eyes, mouth : str
        `live`: the person's own show; `model`: eyes are painted over, teeth are the model's.
    gloss : float
        Strength of the highlight, 0 to 1.
    """
    return shipped("carnival.webp", Look(extent, eyes, mouth), gloss)
