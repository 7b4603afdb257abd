"""Photos and models -> files: what needs no main loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from livemask import plugins
from livemask.errors import LivemaskError, SinkError, SourceError, UsageError
from livemask.library.opening import open_model
from livemask.morphable_model import MorphableModel
from livemask.reconstruct import wavefront
from livemask.reconstruct.still import fit_still
from livemask.records import Fit, Frame, Light, Material, Mesh, Scene, UInt8
from livemask.sinks.files import writable
from livemask.sources.photo import load_photo
from livemask.texture import vertex_colours

if TYPE_CHECKING:  # OpenGL is loaded when something is drawn
    from livemask.render.renderer import Renderer


def reconstruct(
    photos: Sequence[Path],
    out: Path,
    *,
    model: str = "head",
    fov: float | None = None,
    detector: str = "dlib68",
    landmarks: Path | None = None,
    overwrite: bool = False,
) -> Iterator[Path]:
    """Make a 3D model of the largest face in each photo; yield the files as they are written.

    Parameters
    ----------
    photos : sequence of Path
        Each by a name of its own.
    out : Path
        Folder for `NAME.obj` and `NAME_overlay.png`; made if it does not exist.
    model : str
        As in `open_model`.
    fov : float, optional
        Horizontal field of view, degrees; 60 if left out.
    detector : str
        What finds faces and points: `NAME[,key=value...]`.
    landmarks : Path, optional
        Another file of the detector's points.
    overwrite : bool
        Whether existing files may be replaced.

    Raises
    ------
    LivemaskError
        For the first photo of which nothing could be made; the others are made before.
    """
    files = _free(photos, out, overwrite)
    head = open_model(model)
    finder = plugins.create("detectors", detector, landmarks=landmarks)
    failures: list[LivemaskError] = []
    with _renderer() as renderer:
        for photo, (mesh_file, overlay_file) in zip(photos, files, strict=True):
            try:
                frame = Frame(load_photo(photo), 0.0, 0)
                fit = fit_still(frame, head, finder, fov)
                if fit is None:
                    raise _no_face(photo)
                mesh = _write_mesh(mesh_file, frame, head, fit)
                yield mesh_file
                scene = Scene(frame, (fit,), (mesh,), Light.default())
                _write_picture(overlay_file, renderer.render(scene))
                yield overlay_file
            except LivemaskError as error:
                failures.append(error)
    if failures:
        for other in failures[1:]:
            failures[0].add_note(str(other))
        raise failures[0]


def show_model(model: str, output: Path, overwrite: bool = False) -> None:
    """Draw the contact sheet of a model into a picture file."""
    from livemask.reconstruct.model_sheet import sheet

    head, file = open_model(model, thorough=True), writable(output, None, overwrite)
    with _renderer() as renderer:
        _write_picture(file, sheet(head, renderer))


def write_template(model: str, output: Path, size: int, overwrite: bool = False) -> None:
    """Write the guide to paint a mask on, (size, size) px with alpha, into a PNG file."""
    from livemask.masks.painting.template import template

    head, file = open_model(model), writable(output, None, overwrite)
    _write_picture(file, template(head, size))


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


def _free(photos: Sequence[Path], out: Path, overwrite: bool) -> list[tuple[Path, Path]]:
    """Return the two files of each photo, if they may be written."""
    stems = [photo.stem for photo in photos]
    for photo in photos:
        if stems.count(photo.stem) > 1:
            raise UsageError(f"two photos are called {photo.stem}; give each an --out of its own.")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SinkError(f"the folder {out} cannot be made: {error.strerror}.") from error
    pairs = [(out / f"{stem}.obj", out / f"{stem}_overlay.png") for stem in stems]
    for photo, pair in zip(photos, pairs, strict=True):
        for file in pair:
            writable(file, photo if photo.exists() else None, overwrite)
    return pairs


def _no_face(photo: Path) -> SourceError:
    return SourceError(
        f"no face was found in {photo}; take a photo in which it looks towards the camera, "
        "upright, and is at least 80 pixels wide."
    )


def _write_mesh(file: Path, frame: Frame, model: MorphableModel, fit: Fit) -> Mesh:
    """Write the head, and return it as it lies over the photo."""
    vertices = model.vertices(fit.identity, fit.expression)
    normals = model.normals(vertices)
    colours, _ = vertex_colours(frame, model, fit)
    wavefront.write(file, vertices, colours, normals, model.triangles)
    return Mesh(
        vertices,
        model.triangles,
        normals,
        fit.camera,
        fit.camera_from_head,
        Material(specular=0.15),
        alpha=model.face_weight,
        colours=np.full_like(vertices, 0.55),
    )


def _write_picture(file: Path, image: UInt8) -> None:
    code = cv2.COLOR_RGB2BGR if image.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
    done, data = cv2.imencode(".png", cv2.cvtColor(image, code))
    try:
        if not done:
            raise OSError(0, "it could not be encoded")
        file.write_bytes(data.tobytes())
    except OSError as error:
        raise SinkError(f"{file} cannot be written: {error.strerror}.") from error
