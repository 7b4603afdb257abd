"""A character in place of the head: fox, elf or dragon, moved by the person's own expressions."""

from functools import lru_cache
from importlib import import_module

from livemask.errors import UsageError
from livemask.masks.avatars.character import Character, build
from livemask.masks.avatars.worn import Worn
from livemask.masks.covered import Covered, is_blurred, sized
from livemask.masks.face_mesh import one_of

CHARACTERS = ("fox", "elf", "dragon")
SMALLEST, LARGEST = 0.5, 3.0


@lru_cache(maxsize=len(CHARACTERS))
def character_of(name: str) -> Character:
    """Return a character, built once."""
    return build(import_module(f"livemask.masks.avatars.{name}").DESIGN)


def create(
    character: str = "fox", exaggeration: float = 1.2, size: float = 1.0, cover: str = "blur"
) -> Covered:
    """Make the mask.

    Parameters
    ----------
    character : str
        `fox`, `elf` or `dragon`.
    exaggeration : float
        Times as much expression as the person shows, 0 to 3.
    size : float
        Times as large as the head asks for.
    cover : str
        `blur`: what it leaves free of the head is blurred; `none`: that shows.
    """
    one_of("character", character, CHARACTERS)
    if not 0.0 <= exaggeration <= 3.0:
        raise UsageError(f"exaggeration={exaggeration:g} must be 0 to 3.")
    size, blurred = sized(size, SMALLEST, LARGEST), is_blurred(cover)
    return Covered(Worn(character_of(character), exaggeration, size), blurred=blurred)
