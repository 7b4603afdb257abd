"""Photos and films to reconstructions: what Python programs ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from livemask.errors import SourceError
from livemask.reconstruction.reconstruction import Reconstruction
from livemask.records import UInt8
from livemask.stills.film import people_of
from livemask.stills.photos import faces_of, person_of
from livemask.stills.studio import FRAMES, Studio, Tools, frame_of, path_of, unwatched


def reconstruct(
    image: UInt8 | Path | str,
    *,
    model: str = "head",
    fov: float | None = None,
    detector: str = "dlib68",
    face: int = 1,
) -> Reconstruction:
    """Make a 3D model of a face in a photo.

    Parameters
    ----------
    image : (h, w, 3) uint8, or Path or str
        RGB, or the name of a file.
    model : str
        Head model: a name or file, as in `open_model`.
    fov : float, optional
        Horizontal field of view, degrees; found if left out.
    detector : str
        What finds faces and points: `NAME[,key=value...]`.
    face : int
        Which of several, 1 for the largest.

    Returns
    -------
    Reconstruction
        Its arrays, and `save`.

    Raises
    ------
    LivemaskError
        If the photo cannot be read, or shows no face.
    """
    tools = Tools.of(Studio(model, fov, detector, face=face))
    return next(faces_of((frame_of(image), path_of(image)), tools, face))[1]


def reconstruct_person(
    images: Sequence[UInt8 | Path | str],
    *,
    model: str = "head",
    fov: float | None = None,
    detector: str = "dlib68",
    face: int | None = None,
) -> list[Reconstruction | None]:
    """Make a 3D model of a person of whom there are several photos.

    Each photo has a pose, an expression, a light and a camera of its own; the identity, the form
    of the head at rest, is that which explains all of them.

    Parameters
    ----------
    images : sequence of (h, w, 3) uint8, Path or str
        RGB, or the names of files; all are in memory at once.
    model, fov, detector
        As in `reconstruct`.
    face : int, optional
        Which of several faces in each photo, 1 for the largest. If left out, the one that looks
        most like those of the other photos.

    Returns
    -------
    list of Reconstruction or None
        One for each photo, with one identity; None where no face was found.

    Raises
    ------
    LivemaskError
        If a photo cannot be read, or none shows a face.
    """
    tools = Tools.of(Studio(model, fov, detector, face=face))
    made = person_of([(frame_of(image), path_of(image)) for image in images], tools, face)
    if not any(made):
        raise SourceError(f"no face was found in any of the {len(made)} pictures.")
    return made


def reconstruct_film(
    film: Path | str,
    *,
    frames: int = FRAMES,
    model: str = "head",
    fov: float | None = None,
    detector: str = "dlib68",
) -> list[list[Reconstruction]]:
    """Make 3D models of the people in a film.

    Parameters
    ----------
    film : Path or str
        A file that FFmpeg reads as a film.
    frames : int
        How many pictures of each person, sharp and from different sides, say who it is.
    model, fov, detector
        As in `reconstruct`.

    Returns
    -------
    list of list of Reconstruction
        For each person, who is seen longest first, up to `frames` reconstructions with one
        identity, the best picture first; `portrayal.frame` says which it is, and when.

    Raises
    ------
    LivemaskError
        If the film cannot be read, or shows no face.
    """
    asked = Studio(model, fov, detector, frames=frames)
    return [made for _, made in people_of(Path(film), Tools.of(asked), asked, unwatched)]
