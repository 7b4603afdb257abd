"""A character of a glTF or VRM file in place of the head."""

from pathlib import Path

from livemask.errors import UsageError
from livemask.gltf.character import load
from livemask.hiding import head_outline
from livemask.masks.character.figure import Figure
from livemask.masks.face_mesh import one_of
from livemask.morphable_model import MorphableModel
from livemask.records import Effect, Fit, Frame, Layer, Light

SMALLEST, LARGEST = 0.3, 5.0

COVERED = 0.8
"""Share of a head with its usual hair that is blurred: the head without."""


class Worn:
    """A character, and a blur behind it that covers what it may leave free of the head.

    Parameters
    ----------
    figure : Figure
    blurred : bool
    """

    hides = True

    def __init__(self, figure: Figure, *, blurred: bool) -> None:
        self._figure, self._blurred = figure, blurred

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
        return (*cover, *self._figure.meshes(model, fit))


def create(
    file: Path,
    size: float = 1.0,
    turn: float = 0.0,
    body: bool = True,
    cover: str = "blur",
) -> Worn:
    """Make the mask.

    Parameters
    ----------
    file : Path
        A .glb, .gltf or .vrm file.
    size : float
        Times as large as it must be to cover the head.
    turn : float
        Degrees by which it must be turned to look ahead, if its file has it otherwise.
    body : bool
        Whether what is below its neck is drawn.
    cover : str
        `blur`: what it leaves free of the head is blurred; `none`: that shows.
    """
    if not SMALLEST <= size <= LARGEST:
        raise UsageError(f"size={size:g} must be {SMALLEST:g} to {LARGEST:g}.")
    blurred = one_of("cover", cover, ("blur", "none")) == "blur"
    return Worn(Figure(load(file), turn, size, body=body), blurred=blurred)
