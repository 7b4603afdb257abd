"""The face of a photo, lit like the room and in the tone of who wears it."""

from pathlib import Path

from livemask.masks.face_mesh import one_of
from livemask.masks.swapping.baking import baked
from livemask.masks.swapping.likeness import Likeness, Piece, Surroundings, eyes_of, mouth_of
from livemask.masks.swapping.photo import Photo
from livemask.morphable_model import MorphableModel
from livemask.records import Effect, Fit, Frame, Layer, Light
from livemask.wardrobe import Portrait, Portraits

OWN = ("photo", "live")


class Swap:
    """Somebody else's face.

    Parameters
    ----------
    photo : Photo
    eyes, mouth : str
    """

    hides = True

    def __init__(self, photo: Photo, eyes: str, mouth: str) -> None:
        self._photo = photo
        self._eyes, self._mouth = one_of("eyes", eyes, OWN), one_of("mouth", mouth, OWN)
        self._worn: _Worn | None = None

    def develop(self, portraits: Portraits) -> None:
        """Make the textures of the photo, which takes a moment."""
        self._photo.develop(portraits)
        if self._photo.portrait is not None:
            self._worn = _Worn(self._photo.portrait, self._eyes, self._mouth)

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,
        light: Light,
        time: float,  # noqa: ARG002 - the contract's
    ) -> tuple[Layer, ...]:
        """Return the face of the photo as `fit` moves it."""
        worn = self._worn
        if worn is None or worn.face.source is not model:
            return (Effect("blur"),)  # nobody has shown it the photo: it is worn to hide
        skin = worn.face.skin(fit, frame, light)
        return (skin, *worn.inner(fit))


class _Worn:
    """What the mask makes of a portrait."""

    def __init__(self, portrait: Portrait, eyes: str, mouth: str) -> None:
        textures = baked(portrait)
        self.face = Likeness(portrait.model, textures)
        self._eyes = eyes_of(portrait.model, textures) if eyes == "photo" else None
        self._mouth: Piece | None = mouth_of(portrait.model) if mouth == "photo" else None
        inner = slice(36 if self._eyes else 48, 68 if self._mouth else 48)
        self._skin = Surroundings(self.face, inner)

    def inner(self, fit: Fit) -> tuple[Layer, ...]:
        """Return what shows through the openings of the skin, if it is not the wearer's own."""
        eyes = () if self._eyes is None else self._eyes.layers(fit, self.face.tone)
        mouth = () if self._mouth is None else self._mouth.layers(fit, self.face.tone)
        return (*self._skin.layers(fit), *mouth, *eyes)


def create(photo: Path, person: int = 0, eyes: str = "photo", mouth: str = "photo") -> Swap:
    """Make the mask.

    Parameters
    ----------
    photo : Path
        A picture of somebody who looks towards the camera.
    person : int
        Which of the faces in it, 0 for the largest.
    eyes, mouth : str
        `photo`: eyes are the photo's, teeth the model's; `live`: the wearer's own show.
    """
    return Swap(Photo(photo, person), eyes, mouth)
