"""The face of a photo into another photo, or into a film: which file becomes which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np

from livemask.errors import SinkError, SourceError, UsageError
from livemask.people import WhenLost
from livemask.plugins.text import written
from livemask.reconstruction.portrait import Portrayal
from livemask.reconstruction.swapping.swapped import Wish, swapped
from livemask.reconstruction.whole import whole
from livemask.records import UInt8
from livemask.sinks.files import writable
from livemask.stills.film import is_film
from livemask.stills.photos import faces_of
from livemask.stills.studio import Studio, Tools, frame_of

PHOTOS: dict[str, tuple[int, ...]] = {
    ".png": (),
    ".jpg": (cv2.IMWRITE_JPEG_QUALITY, 96),
    ".jpeg": (cv2.IMWRITE_JPEG_QUALITY, 96),
    ".webp": (cv2.IMWRITE_WEBP_QUALITY, 101),
    ".tif": (),
    ".tiff": (),
}
"""Endings of photos that are written, and how; of WebP more than 100 loses nothing."""

FILMS = (".mp4", ".mov", ".mkv", ".webm")

MOST_FACES = 4
"""That wear the face in a film, unless one is asked for."""

FIELD_OF_VIEW = 60.0
"""Degrees, of a film of which it is not told."""

Watch = Callable[[int, int | None, str], None]
"""As in `app`."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Whose face goes where.

    Attributes
    ----------
    source : Path
        The photo of the face.
    target : Path
        A photo, or a film.
    out : Path
        What is written; its ending says as what.
    wish : Wish
        What is taken over.
    studio : Studio
        How all are looked at; its `face` is the one of the target that changes, all if None.
    source_face : int
        Which face of the source, 1 for the largest.
    overwrite : bool
        Whether `out` may be replaced.
    when_lost : str
        What a film shows where no face is found; see `People.when_lost`.
    """

    source: Path
    target: Path
    out: Path
    wish: Wish = field(default_factory=Wish)
    studio: Studio = field(default_factory=Studio)
    source_face: int = 1
    overwrite: bool = False
    when_lost: WhenLost = "auto"


def swap(asked: Exchange, watch: Watch | None = None) -> Path:
    """Put the face of a photo into a photo or a film, and write that.

    Parameters
    ----------
    asked : Exchange
        Whose face goes where.
    watch : callable, optional
        Told how far a film is.

    Returns
    -------
    Path
        `asked.out`.

    Raises
    ------
    LivemaskError
        If a file cannot be read or written, a face is missing, or a photo is to become a film.
    """
    film = _is_film(asked)
    for file in (asked.source, asked.target):
        writable(asked.out, file, asked.overwrite)
    if film:
        _film(asked, watch)
    else:
        write_photo(asked.out, _photo(asked))
    return asked.out


def _is_film(asked: Exchange) -> bool:
    """Return whether the target is a film; refuse what does not fit together."""
    for file in (asked.source, asked.target):
        if file.is_dir():
            raise UsageError(f"{file} is a folder; name a photo in it, or a film.")
        if not file.exists():
            raise SourceError(f"there is no file {file}; check the name.")
    if is_film(asked.source):
        raise UsageError(f"{asked.source} is no photo; the face is taken from a photo.")
    film, ending = is_film(asked.target), asked.out.suffix.lower()
    fitting = FILMS if film else tuple(PHOTOS)
    if ending not in fitting:
        kind, called = ("film", "a film") if film else ("photo", "a photo")
        raise UsageError(
            f"{asked.target} is a {kind}, and {asked.out} is not called like {called}; "
            f"let it end in {', '.join(fitting[:-1])} or {fitting[-1]}."
        )
    return film


def _photo(asked: Exchange) -> UInt8:
    """Return the target with the face of the source."""
    tools = Tools.of(asked.studio)
    if asked.source_face < 1:
        raise UsageError(f"face {asked.source_face} must be 1 or more; 1 is the largest.")
    ours, theirs = frame_of(asked.source), frame_of(asked.target)
    own = replace(tools, fov=None)  # another camera took it
    (_, source), *_ = faces_of((ours, asked.source), own, asked.source_face)
    faces = [
        made.portrayal for _, made in faces_of((theirs, asked.target), tools, asked.studio.face)
    ]
    image = theirs.image
    for face in sorted(faces, key=_depth):
        image = swapped(image, source.portrayal, face, asked.wish)
    return image


def _depth(face: Portrayal) -> float:
    """Return where a head is along the line of sight, mm: the farthest is least."""
    return float(face.fit.camera_from_head[2, 3])


def write_photo(out: Path, image: UInt8) -> None:
    """Write a picture (h, w, 3) as the kind of photo that its ending, one of `PHOTOS`, says."""
    ending = out.suffix.lower()
    done, data = cv2.imencode(ending, cv2.cvtColor(image, cv2.COLOR_RGB2BGR), PHOTOS[ending])
    if not done:
        height, width = image.shape[:2]
        raise SinkError(f"{out}: a picture of {width}x{height} cannot be encoded as {ending}.")
    with whole(out) as file:
        file.write(np.asarray(data).tobytes())


def _film(asked: Exchange, watch: Watch | None) -> None:
    """Play the target with a mask that wears the source, and record it with its sound."""
    from livemask.app import run
    from livemask.config import Config

    studio = asked.studio
    config = Config(
        source=str(asked.target.resolve()),
        masks=(mask_of(asked),),
        model=studio.model,
        fov=FIELD_OF_VIEW if studio.fov is None else studio.fov,
        detector=studio.detector,
        landmarks=studio.landmarks,
        max_faces=MOST_FACES if studio.face is None else studio.face,
        when_lost=asked.when_lost,
        record=asked.out,
        headless=True,
        overwrite=asked.overwrite,
    )
    done = run(config, watch)
    if not done.tracked:
        raise SourceError(f"no face was found in {asked.target}; {asked.out} shows it as it was.")


def mask_of(asked: Exchange) -> str:
    """Return the mask, `NAME,key=value...`, that a film wears."""
    photo, person = asked.source.resolve(), {"person": asked.source_face - 1}
    only = {} if asked.studio.face is None else {"face": asked.studio.face - 1}
    if asked.wish.parts:
        return written("part", {**dict.fromkeys(asked.wish.parts, photo), **person, **only})
    whose = {"source": "photo", "target": "live"}
    inner = {"eyes": whose[asked.wish.eyes], "mouth": whose[asked.wish.mouth]}
    return written("swap", {"photo": photo, **person, **inner, **only})
