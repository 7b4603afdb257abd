"""Photos and models -> files: what needs no main loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from livemask import plugins
from livemask.errors import LivemaskError, SinkError, SourceError, UsageError
from livemask.library.opening import open_model
from livemask.morphable_model import MorphableModel
from livemask.reconstruction.finding import find_faces
from livemask.reconstruction.form import DEFAULT, Form, files_of
from livemask.reconstruction.portrait import portray
from livemask.reconstruction.reconstruction import Reconstruction
from livemask.reconstruction.whole import write_png
from livemask.records import Frame, UInt8
from livemask.sinks.files import writable
from livemask.sources.images import in_folder
from livemask.sources.photo import focal_of, load_photo

if TYPE_CHECKING:  # OpenGL is loaded when something is drawn
    from livemask.render.renderer import Renderer


@dataclass(frozen=True, slots=True)
class Studio:
    """How photos are looked at.

    Attributes
    ----------
    model : str
        As in `open_model`.
    fov : float, optional
        Horizontal field of view, degrees; found if left out.
    detector : str
        What finds faces and points: `NAME[,key=value...]`.
    landmarks : Path, optional
        Another file of the detector's points.
    face : int, optional
        Which face, 1 for the largest; all if left out.
    """

    model: str = "head"
    fov: float | None = None
    detector: str = "dlib68"
    landmarks: Path | None = None
    face: int | None = None


@dataclass(frozen=True, slots=True)
class Print:
    """What is written of each face.

    Attributes
    ----------
    outputs : tuple of str
        Of `livemask.reconstruction.form.OUTPUTS`.
    form : Form
        Sizes and kinds.
    overwrite : bool
        Whether existing files may be replaced.
    """

    outputs: tuple[str, ...] = DEFAULT
    form: Form = field(default_factory=Form)
    overwrite: bool = False


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
    asked = Studio(model, fov, detector, face=face)
    path = None if isinstance(image, np.ndarray) else Path(image)
    made = _faces(_frame(image), path, _Tools.of(asked), face)
    return next(made)[1]


def reconstruct_files(
    photos: Sequence[Path],
    out: Path,
    studio: Studio | None = None,
    prints: Print | None = None,
) -> Iterator[Path]:
    """Make 3D models of the faces in photos; yield the files as they are written.

    Parameters
    ----------
    photos : sequence of Path
        Each by a name of its own; folders stand for the photos in them.
    out : Path
        Folder for `NAME.obj`, `NAME_overlay.png`...; made if it does not exist. Of a second face
        NAME is `NAME_face2`.
    studio : Studio, optional
        How they are looked at.
    prints : Print, optional
        What is written.

    Raises
    ------
    LivemaskError
        For the first photo of which nothing could be made; the others are made before.
    """
    asked, wanted = studio or Studio(), prints or Print()
    files = _named(photos)
    _check(files, out, asked, wanted)
    tools, failures = _Tools.of(asked), list[LivemaskError]()
    for photo in files:
        try:
            for number, made in _faces(_frame(photo), photo, tools, asked.face):
                name = _name(photo, number)
                _free(photo, out, name, wanted)
                yield from made.save(out, name, wanted.outputs, wanted.form)
        except LivemaskError as error:
            failures.append(error)
    if failures:
        for other in failures[1:]:
            failures[0].add_note(str(other))
        raise failures[0]


@dataclass(frozen=True, slots=True)
class _Tools:
    """Model and detector, opened once for all photos."""

    model: MorphableModel
    detector: Any
    fov: float | None

    @classmethod
    def of(cls, asked: Studio) -> _Tools:
        if asked.face is not None and asked.face < 1:
            raise UsageError(f"face {asked.face} must be 1 or more; 1 is the largest.")
        finder = plugins.create("detectors", asked.detector, landmarks=asked.landmarks)
        return cls(open_model(asked.model), finder, asked.fov)


def _frame(image: UInt8 | Path | str) -> Frame:
    if not isinstance(image, np.ndarray):
        return Frame(load_photo(Path(image)), 0.0, 0)
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or not image.size:
        raise UsageError(
            f"a picture of {image.dtype} {image.shape} is none that can be looked at; give "
            "(h, w, 3) uint8, RGB."
        )
    return Frame(image, 0.0, 0)


def _faces(
    frame: Frame, path: Path | None, tools: _Tools, face: int | None
) -> Iterator[tuple[int, Reconstruction]]:
    """Yield the faces of a photo with their numbers, from 1; all, or that which is asked for."""
    boxes, count, name = find_faces(frame, tools.detector), 0, path or "the picture"
    asked = tools.fov is not None  # what the user says goes before
    look = {"fov": tools.fov, "focal": focal_of(path, frame.size) if path and not asked else None}
    if face is not None and boxes and face > len(boxes):
        raise UsageError(f"face {face} is asked for, but {name} shows only {len(boxes)}.")
    for number, box in enumerate(boxes, 1):
        if face in (None, number):
            found = portray(frame, tools.model, tools.detector, box=box, **look)
            if found is not None:
                count += 1
                yield number, Reconstruction(found)
    if not count:
        raise SourceError(
            f"no face was found in {name}; take a photo in which it looks towards the camera, "
            "upright, and is at least 80 pixels wide."
        )


def show_model(model: str, output: Path, overwrite: bool = False) -> None:
    """Draw the contact sheet of a model into a picture file."""
    from livemask.reconstruction.model_sheet import sheet

    head, file = open_model(model, thorough=True), writable(output, None, overwrite)
    with _renderer() as renderer:
        write_png(file, sheet(head, renderer))


def write_template(model: str, output: Path, size: int, overwrite: bool = False) -> None:
    """Write the guide to paint a mask on, (size, size) px with alpha, into a PNG file."""
    from livemask.masks.painting.template import template

    head, file = open_model(model), writable(output, None, overwrite)
    write_png(file, template(head, size))


@contextmanager
def _renderer() -> Iterator[Renderer]:
    from livemask.render.context import offscreen
    from livemask.render.renderer import Renderer

    with offscreen() as context:
        renderer = Renderer(context)
        try:
            yield renderer
        finally:
            renderer.close()


def _named(photos: Sequence[Path]) -> list[Path]:
    """Return the photos, those of folders in natural order."""
    return [file for photo in photos for file in (in_folder(photo) if photo.is_dir() else [photo])]


def _check(photos: list[Path], out: Path, asked: Studio, wanted: Print) -> None:
    """Make the folder, and refuse what is in the way before anything is looked at."""
    stems = [photo.stem for photo in photos]
    for photo in photos:
        if stems.count(photo.stem) > 1:
            raise UsageError(f"two photos are called {photo.stem}; give each an --out of its own.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SinkError(f"the folder {out} cannot be made: {error.strerror}.") from error
    for photo in photos:
        _free(photo, out, _name(photo, asked.face or 1), wanted)


def _name(photo: Path, number: int) -> str:
    return photo.stem if number == 1 else f"{photo.stem}_face{number}"


def _free(photo: Path, out: Path, name: str, wanted: Print) -> None:
    """Refuse files that may not be written."""
    for output in wanted.outputs:
        for file in files_of(out, name, output, wanted.form):
            writable(file, photo if photo.exists() else None, wanted.overwrite)
