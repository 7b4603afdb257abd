"""Writes the files of a reconstruction: for each output the function that writes it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from livemask.errors import SinkError
from livemask.reconstruction import account, aligned, binary_gltf, posed, stanford, wavefront
from livemask.reconstruction.contact_sheet import contact_sheet
from livemask.reconstruction.form import Form, files_of
from livemask.reconstruction.lacking import cannot, lacking
from livemask.reconstruction.layout import layout_of
from livemask.reconstruction.views import rgba
from livemask.reconstruction.whole import png, whole, write_array, write_png
from livemask.records import Array, Float32, UInt8

if TYPE_CHECKING:
    from livemask.reconstruction.reconstruction import Reconstruction

Write = Callable[["Reconstruction", list[Path], Form], None]


def save(
    made: "Reconstruction", folder: Path, name: str, outputs: tuple[str, ...], form: Form
) -> list[Path]:
    """Write the `outputs` of a reconstruction, see `Reconstruction.save`."""
    wanted = [(output, files_of(folder, name, output, form)) for output in outputs]
    lacked = lacking(made.model, outputs)
    if lacked:
        raise cannot(made.model, lacked)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SinkError(f"the folder {folder} cannot be made: {error.strerror}.") from error
    for output, files in wanted:
        _WRITERS[output](made, files, form)
    return [file for _, files in wanted for file in files]


def _placed(made: "Reconstruction", form: Form) -> tuple[Float32, Float32]:
    """Return vertices and normals (n, 3) as in the photo, or looking ahead."""
    shape = made.shape
    if form.front:
        return shape.vertices, shape.normals
    return shape.seen.astype(np.float32), shape.seen_normals.astype(np.float32)


def _obj(made: "Reconstruction", files: list[Path], form: Form) -> None:
    vertices, normals = _placed(made, form)
    if form.colours:
        wavefront.write(files[0], vertices, made.colours, normals, made.triangles)
        return
    layout = layout_of(made.model)
    write_png(files[2], made.texture(form.texture_size, hidden=form.hidden == "fill"))
    wavefront.write_material(files[1], files[2].name)
    corners = layout.vertices[layout.triangles], layout.triangles
    surface = wavefront.Surface(vertices, normals, layout.uv, *corners)
    wavefront.write_textured(files[0], surface, files[1].name)


def _ply(made: "Reconstruction", files: list[Path], form: Form) -> None:
    vertices, normals = _placed(made, form)
    codes = np.rint(255.0 * made.colours).astype(np.uint8)
    stanford.write(files[0], vertices, normals, codes, made.triangles)


def _glb(made: "Reconstruction", files: list[Path], form: Form) -> None:
    picture = png(made.texture(form.texture_size, hidden=form.hidden == "fill"))
    binary_gltf.write(files[0], made, picture, front=form.front)


def _json(made: "Reconstruction", files: list[Path], form: Form) -> None:  # noqa: ARG001
    with whole(files[0]) as out:
        out.write(account.told(made).encode())


def _depth(made: "Reconstruction", files: list[Path], form: Form) -> None:  # noqa: ARG001
    unit = account.depth_unit(made.depth)
    left, top, right, bottom = made.box
    steps = np.zeros(made.depth.shape, np.uint16)
    steps[top:bottom, left:right] = np.rint(made.depth[top:bottom, left:right] / unit)
    write_png(files[0], steps)
    write_array(files[1], made.depth)


def _uv(made: "Reconstruction", files: list[Path], form: Form) -> None:
    write_png(files[0], made.texture(form.uv_size, hidden=form.hidden == "fill"))


def _position(made: "Reconstruction", files: list[Path], form: Form) -> None:
    write_array(files[0], made.position(form.uv_size))


def _kpt(made: "Reconstruction", files: list[Path], form: Form) -> None:  # noqa: ARG001
    with whole(files[0]) as out:
        np.savetxt(out, posed.points(made), fmt="%.4f")


def _pose(made: "Reconstruction", files: list[Path], form: Form) -> None:  # noqa: ARG001
    matrix = posed.matrix(made)
    angles = posed.angles(matrix)
    head = "pitch {:.4f} yaw {:.4f} roll {:.4f} degrees; px from the mean head, mm".format(*angles)
    with whole(files[0]) as out:
        np.savetxt(out, matrix, fmt="%.8g", header=head)


def _crop(made: "Reconstruction", files: list[Path], form: Form) -> None:
    write_png(files[0], aligned.cropped(made, form.crop))


def _mat(made: "Reconstruction", files: list[Path], form: Form) -> None:
    with whole(files[0]) as out:
        aligned.write_mat(out, made, form.crop)


def _picture(of: Callable[["Reconstruction"], Array]) -> Write:
    def write(made: "Reconstruction", files: list[Path], form: Form) -> None:  # noqa: ARG001
        write_png(files[0], of(made))

    return write


def _visibility(made: "Reconstruction", files: list[Path], form: Form) -> None:  # noqa: ARG001
    write_array(files[0], made.visible)


def _albedo(made: "Reconstruction") -> UInt8:
    return np.asarray(made._laid(rgba(made.look.albedo, made.look.alpha)))


def _light(made: "Reconstruction") -> UInt8:
    return np.asarray(made._laid(rgba(made.look.light / account.brightest(made), made.look.alpha)))


_WRITERS: dict[str, Write] = {
    "obj": _obj,
    "glb": _glb,
    "ply": _ply,
    "json": _json,
    "render": _picture(lambda made: made.render),
    "overlay": _picture(lambda made: made.overlay),
    "depth": _depth,
    "visibility": _visibility,
    "uv": _uv,
    "position": _position,
    "kpt": _kpt,
    "pose": _pose,
    "crop": _crop,
    "mask": _picture(lambda made: made.mask),
    "albedo": _picture(_albedo),
    "light": _picture(_light),
    "mat": _mat,
    "sheet": _picture(contact_sheet),
}
