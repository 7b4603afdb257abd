"""Eyes, nose or mouth of a photo in one's own face."""

from pathlib import Path

from livemask.errors import UsageError
from livemask.masks.swapping.baking import baked
from livemask.masks.swapping.likeness import Likeness, Piece, Surroundings, eyes_of
from livemask.masks.swapping.photo import Photo
from livemask.masks.swapping.regions import region
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Frame, Layer, Light
from livemask.wardrobe import Portrait, Portraits

NEEDS_ONE = True

EYES = slice(36, 48)
"""Landmarks."""


class Part:
    """Parts of other faces (texture editing: Feng et al. 2018, "Joint 3D face reconstruction and
    dense alignment with position map regression network").

    Parameters
    ----------
    photos : dict of str to Photo
        By `eyes`, `nose` and `mouth`.
    """

    hides = False

    def __init__(self, photos: dict[str, Photo]) -> None:
        self._photos = photos
        self._worn: tuple[_Worn, ...] = ()

    def develop(self, portraits: Portraits) -> None:
        """Make the textures of the photos, which takes a moment."""
        worn = []
        for part, photo in self._photos.items():
            photo.develop(portraits)
            if photo.portrait is not None:
                worn.append(_Worn(part, photo.portrait))
        self._worn = tuple(worn)

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,
        light: Light,
        time: float,  # noqa: ARG002 - the contract's
    ) -> tuple[Layer, ...]:
        """Return the parts as `fit` moves them."""
        layers: tuple[Layer, ...] = ()
        for worn in self._worn:
            if worn.skin.source is model:
                layers += worn.layers(fit, frame, light)
        return layers


class _Worn:
    """What the mask makes of one part of a portrait."""

    def __init__(self, part: str, portrait: Portrait) -> None:
        model, textures = portrait.model, baked(portrait)
        self.skin = Likeness(model, textures, region(model, part))
        self._eyes: Piece | None = eyes_of(model, textures) if part == "eyes" else None
        self._around = Surroundings(self.skin, EYES if part == "eyes" else slice(0))

    def layers(self, fit: Fit, frame: Frame, light: Light) -> tuple[Layer, ...]:
        skin = self.skin.skin(fit, frame, light)
        eyes = () if self._eyes is None else self._eyes.layers(fit, self.skin.tone)
        return (skin, *self._around.layers(fit), *eyes)


def create(
    eyes: Path | None = None,
    nose: Path | None = None,
    mouth: Path | None = None,
    person: int = 0,
) -> Part:
    """Make the mask.

    Parameters
    ----------
    eyes, nose, mouth : Path, optional
        Photos, one or several, whose part is put over the wearer's.
    person : int
        Which of the faces in them, 0 for the largest.
    """
    named = {"eyes": eyes, "nose": nose, "mouth": mouth}
    photos = {part: Photo(path, person) for part, path in named.items() if path is not None}
    if not photos:
        raise UsageError("part needs a photo: write part,eyes=FILE, nose=FILE or mouth=FILE.")
    return Part(photos)
