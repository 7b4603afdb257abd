"""A Venetian half mask with gold and feathers; mouth and jaw stay free."""

import cv2
import numpy as np

from livemask.coarsening import lighter
from livemask.cropping import crop
from livemask.masks.face_mesh import Look
from livemask.masks.paint import Painted, shipped
from livemask.masks.painting.layout import painting_uv
from livemask.masks.painting.picture import picture_of
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Frame, Layer, Light, UInt8
from livemask.resources import resource

FILE = "carnival.webp"

AROUND = 0.02
"""How far beyond what is painted the head is drawn, as a share of the picture's side."""


class Carnival:
    """A painting that is worn on no more of the head than it covers.

    Parameters
    ----------
    painted : Painted
    image : (h, w, 4) uint8
        What is painted.
    """

    hides = True

    def __init__(self, painted: Painted, image: UInt8) -> None:
        self._painted, self._image = painted, image
        self._model: MorphableModel | None = None

    def layers(
        self, model: MorphableModel, fit: Fit, frame: Frame, light: Light, time: float
    ) -> tuple[Layer, ...]:
        """Return the painted part of the face of `fit`."""
        if self._model is not model:
            self._model, self._part = model, _covered(lighter(model), self._image)
        return self._painted.layers(self._part, fit, frame, light, time)


def _covered(model: MorphableModel, image: UInt8) -> MorphableModel:
    """Return the part of a model that an image lies on, with all landmarks and what is within."""
    height, width = image.shape[:2]
    reach = np.ones((2 * int(AROUND * width) + 1,) * 2, np.uint8)
    painted = cv2.dilate(image[..., 3], reach) > 0
    column, row = np.rint(painting_uv(model) * (width - 1, height - 1)).astype(int).T
    kept: Array = np.zeros(len(model.mean), np.bool_)
    kept[model.triangles[painted[row, column][model.triangles].any(1)]] = True
    kept[model.landmark_vertices] = True
    for part in set(model.parts) - {"skin"}:
        kept[model.parts[part]] = True
    return crop(model, kept)


def create(
    extent: str = "head", eyes: str = "live", mouth: str = "live", gloss: float = 0.30
) -> Carnival:
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
    image = picture_of(resource(f"assets/paint/{FILE}")).image()
    return Carnival(shipped(FILE, Look(extent, eyes, mouth), gloss), image)
