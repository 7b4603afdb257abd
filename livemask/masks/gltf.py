"""A character of a glTF or VRM file in place of the head."""

from pathlib import Path

from livemask.gltf.character import load
from livemask.masks.character.figure import Figure
from livemask.masks.covered import Covered, is_blurred, sized

SMALLEST, LARGEST = 0.3, 5.0


def create(
    file: Path,
    size: float = 1.0,
    turn: float = 0.0,
    body: bool = True,
    cover: str = "blur",
) -> Covered:
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
    size, blurred = sized(size, SMALLEST, LARGEST), is_blurred(cover)
    return Covered(Figure(load(file), turn, size, body=body), blurred=blurred)
