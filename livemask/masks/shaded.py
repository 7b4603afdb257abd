"""The fitted face as if of plastic, in the light of the room."""

import numpy as np

from livemask.masks.colours import linear_rgb
from livemask.masks.face_mesh import FaceMesh, Look
from livemask.masks.looks.hollows import hollows
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float32, Frame, Layer, Light, Material


class Shaded:
    """A surface of one material over the face.

    Parameters
    ----------
    look : Look
    material : Material
    hollow : (float, float, float)
        What the material's colour is multiplied by in the deepest creases.
    """

    hides = True

    def __init__(
        self,
        look: Look,
        material: Material,
        hollow: tuple[float, float, float] = (1.0, 1.0, 1.0),
    ) -> None:
        self._look, self._material, self._hollow = look, material, hollow
        self._mesh: FaceMesh | None = None
        self._colours: Float32 | None = None

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,  # noqa: ARG002 - the contract's
        light: Light,  # noqa: ARG002
        time: float,  # noqa: ARG002
    ) -> tuple[Layer, ...]:
        """Return the face of `fit`."""
        if self._mesh is None or self._mesh.source is not model:
            self._mesh = FaceMesh(model, self._look)
            self._colours = self._tones(self._mesh)
        return (self._mesh.mesh(fit, self._material, self._colours),)

    def _tones(self, mesh: FaceMesh) -> Float32 | None:
        """Return (n, 3) factors of the material's colour, if creases are another one."""
        if self._hollow == (1.0, 1.0, 1.0):
            return None
        depth = hollows(mesh.source)[mesh.kept, None]
        return np.asarray(1.0 - depth * (1.0 - np.array(self._hollow)), np.float32)


def create(
    colour: str = "#c9b29c",
    extent: str = "face",
    eyes: str = "live",
    mouth: str = "live",
    gloss: float = 0.18,
) -> Shaded:
    """Make the mask.

    Parameters
    ----------
    colour : str
        Of the surface, sRGB, `#rrggbb`.
    extent : str
        `face`, or `head` with ears, crown and neck.
    eyes, mouth : str
        `live`: the person's own show; `model`: the model's.
    gloss : float
        Strength of the highlight, 0 to 1.
    """
    colours = linear_rgb("colour", colour)
    material = Material(look="face", colour=colours, specular=gloss, exponent=24.0)
    return Shaded(Look(extent, eyes, mouth), material)
