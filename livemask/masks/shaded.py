"""The fitted face as if of clay, in the light of the room."""

from livemask.masks.colours import linear_rgb
from livemask.masks.face_mesh import FaceMesh, Look
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Frame, Layer, Light, Material


class Shaded:
    """A plain lit surface over the face."""

    hides = True

    def __init__(self, look: Look, material: Material) -> None:
        self._look, self._material = look, material
        self._mesh: FaceMesh | None = None

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
        return (self._mesh.mesh(fit, self._material),)


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
    material = Material(colour=linear_rgb("colour", colour), specular=gloss, exponent=24.0)
    return Shaded(Look(extent, eyes, mouth), material)
