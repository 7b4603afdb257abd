"""A photo of a person to one with another expression, pose or light."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from livemask.editing.change import Change, expression_of
from livemask.editing.retouch import retouched
from livemask.errors import UsageError
from livemask.records import UInt8
from livemask.sinks.files import writable
from livemask.stills.exchange import PHOTOS, write_photo
from livemask.stills.photos import faces_of
from livemask.stills.studio import Studio, Tools, frame_of, path_of


@dataclass(frozen=True, slots=True)
class Edit:
    """Which photo becomes which.

    Attributes
    ----------
    photo : Path
    out : Path
        What is written; its ending says as what.
    change : Change
        What is to be other.
    studio : Studio
        How the photo is looked at; its `face` is the one that changes, the largest if None.
    overwrite : bool
        Whether `out` may be replaced.
    """

    photo: Path
    out: Path
    change: Change
    studio: Studio = field(default_factory=Studio)
    overwrite: bool = False


def edit(
    image: UInt8 | Path | str,
    change: Change,
    *,
    model: str = "head",
    fov: float | None = None,
    face: int = 1,
) -> UInt8:
    """Return a photo of a person with another expression, pose or light.

    Parameters
    ----------
    image : (h, w, 3) uint8, or Path or str
        RGB, or the name of a file.
    change : Change
        What is to be other.
    model : str
        Head model: a name or file, as in `open_model`.
    fov : float, optional
        Horizontal field of view, degrees; found if left out.
    face : int
        Which of several, 1 for the largest.

    Returns
    -------
    (h, w, 3) uint8
        RGB; where nothing changes, the photo bit by bit.

    Raises
    ------
    LivemaskError
        If the photo cannot be read or shows no face, or an expression is unknown.
    """
    return _edited(image, change, Studio(model, fov, face=face))


def edit_file(asked: Edit) -> Path:
    """Change a photo as asked for, and write it; return its file.

    Raises
    ------
    LivemaskError
        If a file cannot be read or written, no face is found or an expression is unknown.
    """
    ending = asked.out.suffix.lower()
    if ending not in PHOTOS:
        *some, last = PHOTOS
        raise UsageError(
            f"{asked.out} is not called like a photo; let it end in {', '.join(some)} or {last}."
        )
    if asked.change.nothing:
        raise UsageError(
            "nothing is to be changed; add --set NAME=VALUE, --neutral, --turn or --relight."
        )
    out = writable(asked.out, asked.photo, asked.overwrite)
    write_photo(out, _edited(asked.photo, asked.change, asked.studio))
    return asked.out


def _edited(image: UInt8 | Path | str, change: Change, studio: Studio) -> UInt8:
    tools, face = Tools.of(studio), studio.face or 1
    rest = np.zeros(len(tools.model.expression_names))
    expression_of(change, tools.model, rest)  # unknown names are told before anything is sought
    _, found = next(faces_of((frame_of(image), path_of(image)), tools, face))
    return retouched(found.portrayal, change)
