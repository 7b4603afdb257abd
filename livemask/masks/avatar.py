"""A character in place of the head: fox, elf or dragon, moved by the person's own expressions."""

from functools import lru_cache
from importlib import import_module

from livemask.errors import UsageError
from livemask.hiding import head_outline
from livemask.masks.avatars.character import Character, build
from livemask.masks.avatars.worn import Worn
from livemask.masks.face_mesh import one_of
from livemask.morphable_model import MorphableModel
from livemask.records import Effect, Fit, Frame, Layer, Light

CHARACTERS = ("fox", "elf", "dragon")
SMALLEST, LARGEST = 0.5, 3.0

COVERED = 0.8
"""Share of a head with its usual hair that is blurred: the head without."""


class Avatar:
    """A character, and a blur behind it that covers what it may leave free of the head.

    Parameters
    ----------
    worn : Worn
    blurred : bool
    """

    hides = True

    def __init__(self, worn: Worn, *, blurred: bool) -> None:
        self._worn, self._blurred = worn, blurred

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,  # noqa: ARG002 - the contract's
        light: Light,  # noqa: ARG002
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return the blurred head and the character."""
        cover = (Effect("blur", head_outline(fit, COVERED)),) if self._blurred else ()
        return (*cover, *self._worn.meshes(model, fit))


@lru_cache(maxsize=len(CHARACTERS))
def character_of(name: str) -> Character:
    """Return a character, built once."""
    return build(import_module(f"livemask.masks.avatars.{name}").DESIGN)


def create(
    character: str = "fox", exaggeration: float = 1.2, size: float = 1.0, cover: str = "blur"
) -> Avatar:
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
    if not SMALLEST <= size <= LARGEST:
        raise UsageError(f"size={size:g} must be {SMALLEST:g} to {LARGEST:g}.")
    blurred = one_of("cover", cover, ("blur", "none")) == "blur"
    return Avatar(Worn(character_of(character), exaggeration, size), blurred=blurred)
