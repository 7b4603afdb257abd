"""Parts: what all faces that wear a character share."""

import logging
from functools import lru_cache

from livemask.gltf.character import Character
from livemask.masks.character import dress
from livemask.masks.character.moods import lacks, moods
from livemask.masks.character.posture import posture
from livemask.masks.character.shape import shape

LOG = logging.getLogger(__name__)


class Parts:
    """What all faces that wear a character share.

    Parameters
    ----------
    character : Character

    Attributes
    ----------
    posture : Posture
    moods : Moods
    shapes : list of Shape
        In drawing order.
    clothes : list of Material
    uv, colours, alphas : list of arrays or None
        Of each shape.

    Raises
    ------
    AssetError
        If its skin cannot be right.
    """

    def __init__(self, character: Character) -> None:
        self.posture, self.moods = posture(character), moods(character)
        surfaces = [dress.surface_of(piece, character.surfaces) for piece in character.pieces]
        drawn = sorted(range(len(surfaces)), key=lambda i: dress.order(surfaces[i]))
        surfaces = [surfaces[i] for i in drawn]
        pieces = [character.pieces[i] for i in drawn]
        self.shapes = [shape(character, p, self.posture, self.moods.slots) for p in pieces]
        made = {id(surface): dress.material(surface) for surface in surfaces}
        self.clothes = [made[id(surface)] for surface in surfaces]
        self.uv = [dress.uv(p, s) for p, s in zip(pieces, surfaces, strict=True)]
        tints = [dress.colours(p, s) for p, s in zip(pieces, surfaces, strict=True)]
        self.colours, self.alphas = [c for c, _ in tints], [a for _, a in tints]
        missing = lacks(character, self.moods)
        if missing:
            LOG.warning("the character %s has %s.", character.name, ", ".join(missing))


@lru_cache(maxsize=4)
def parts(character: Character) -> Parts:
    """Return the parts of a character, made once."""
    return Parts(character)
