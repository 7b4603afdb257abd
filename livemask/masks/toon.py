"""The fitted face as a drawing: flat tones and ink."""

import numpy as np

from livemask.errors import UsageError
from livemask.masks.colours import linear_rgb
from livemask.masks.face_mesh import FaceMesh, Look
from livemask.masks.looks.drawing import drawn_tones
from livemask.masks.looks.tone import SkinTone
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float32, Frame, Layer, Light, Material

ROWS = 720
"""Of the picture for which the width of the ink is told."""


class Toon:
    """Cel shading with outlines.

    Parameters
    ----------
    look : Look
    colour : (float, float, float), optional
        Of the skin, linear RGB; that of the person if left out.
    ink : float
        Width of outlines, px in a picture of 720 rows.
    gloss : float
        Size of the highlight, 0 to 1.
    """

    hides = True

    def __init__(
        self, look: Look, colour: tuple[float, float, float] | None, ink: float, gloss: float
    ) -> None:
        self._look, self._colour, self._ink, self._gloss = look, colour, ink, gloss
        self._mesh: FaceMesh | None = None
        self._tone: SkinTone
        self._tones: Float32 = np.empty((0, 3), np.float32)

    def layers(
        self,
        model: MorphableModel,
        fit: Fit,
        frame: Frame,
        light: Light,
        time: float,  # noqa: ARG002 - the contract's
    ) -> tuple[Layer, ...]:
        """Return the face of `fit`."""
        if self._mesh is None or self._mesh.source is not model:
            self._mesh = FaceMesh(model, self._look)
            self._tones = drawn_tones(model)[self._mesh.kept]
            self._tone = SkinTone(model)
        colour = self._colour or self._tone.update(frame, fit, light)
        # Ink is as wide as the picture is large, and finer on a small face.
        depth = max(-float(fit.camera_from_head[2, 3]), 1.0)
        size = min(1.0, 1.1 * fit.camera.focal / depth)  # 1: the face is some 200 px wide
        material = Material(
            look="toon",
            colour=colour,
            specular=self._gloss,
            exponent=self._ink * size * frame.size[1] / ROWS,
        )
        return (self._mesh.mesh(fit, material, self._tones),)


def create(
    colour: str = "",
    extent: str = "face",
    eyes: str = "live",
    mouth: str = "live",
    ink: float = 2.2,
    gloss: float = 0.3,
) -> Toon:
    """Make the mask.

    Parameters
    ----------
    colour : str
        Of the skin, sRGB, `#rrggbb`; without it the person's own, as one draws it.
    extent : str
        `face`, or `head` with ears, crown and neck.
    eyes, mouth : str
        `live`: the person's own show; `model`: the model's.
    ink : float
        Width of the outlines, px in a picture of 720 rows.
    gloss : float
        Size of the highlight, 0 to 1; 0 is none.
    """
    if not 0.0 <= ink <= 20.0:
        raise UsageError(f"ink={ink} must be 0 to 20.")
    own = linear_rgb("colour", colour) if colour else None
    return Toon(Look(extent, eyes, mouth), own, ink, gloss)
