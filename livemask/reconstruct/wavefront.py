"""Writes a mesh as a Wavefront OBJ file with a colour at each vertex.

`v x y z r g b` is an extension that Meshlab, Blender, trimesh and others read.
"""

import os
from pathlib import Path
from typing import TextIO

import numpy as np

from livemask.errors import SinkError
from livemask.records import Array, Float32, Int32


def write(
    file: Path, vertices: Float32, colours: Float32, normals: Float32, triangles: Int32
) -> None:
    """Write a mesh: all of it or nothing.

    Parameters
    ----------
    file : Path
        Replaced if it exists.
    vertices : (n, 3) float32
        mm; y up, the face towards +z.
    colours : (n, 3) float32
        sRGB-coded, 0 to 1.
    normals : (n, 3) float32
        Unit length.
    triangles : (t, 3) int32
        Counted from 0; the file counts from 1.

    Raises
    ------
    SinkError
        If it cannot be written.
    """
    partial = file.with_name(f".{file.name}.partial")
    try:
        with partial.open("w", encoding="ascii", newline="\n") as out:
            out.write("# millimetres, y up; v x y z r g b\n")
            _lines(out, "v %.4f %.4f %.4f %.4f %.4f %.4f", np.hstack([vertices, colours]))
            _lines(out, "vn %.4f %.4f %.4f", normals)
            corners = triangles[:, [0, 0, 1, 1, 2, 2]] + 1
            _lines(out, "f %d//%d %d//%d %d//%d", corners)
        os.replace(partial, file)  # noqa: PTH105 - the same, spelt as what it does
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SinkError(
            f"{file} cannot be written: {error.strerror}. Name another folder."
        ) from error


def _lines(out: TextIO, form: str, rows: Array) -> None:
    out.write("".join(form % tuple(row) + "\n" for row in rows.tolist()))
