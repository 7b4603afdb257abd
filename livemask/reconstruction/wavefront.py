"""Writes meshes as Wavefront OBJ files: with a colour at each vertex, or with a texture.

`v x y z r g b` is an extension that Meshlab, Blender, trimesh and others read.
"""

from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from livemask.reconstruction.whole import whole
from livemask.records import Array, Float32, Int32


class Surface(NamedTuple):
    """A mesh with texture coordinates. n vertices, r corners.

    Attributes
    ----------
    vertices, normals : (n, 3) float32
        mm and unit length; y up.
    uv : (r, 2) float32
        As in `Mesh.uv`: from the top left.
    triangles, corners : (t, 3) int32
        Of vertices and of corners, counted from 0; the file counts from 1.
    """

    vertices: Float32
    normals: Float32
    uv: Float32
    triangles: Int32
    corners: Int32


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
    with whole(file) as out:
        out.write(b"# millimetres, y up; v x y z r g b\n")
        _lines(out, "v %.4f %.4f %.4f %.4f %.4f %.4f", np.hstack([vertices, colours]))
        _lines(out, "vn %.4f %.4f %.4f", normals)
        _lines(out, "f %d//%d %d//%d %d//%d", triangles[:, [0, 0, 1, 1, 2, 2]] + 1)


def write_textured(file: Path, surface: Surface, material: str) -> None:
    """Write a mesh whose texture the file called `material` names, see `write_material`."""
    faces = np.stack([surface.triangles, surface.corners, surface.triangles], axis=2)
    with whole(file) as out:
        out.write(f"# millimetres, y up\nmtllib {material}\n".encode())
        _lines(out, "v %.4f %.4f %.4f", surface.vertices)
        _lines(out, "vt %.6f %.6f", surface.uv * (1.0, -1.0) + (0.0, 1.0))
        _lines(out, "vn %.4f %.4f %.4f", surface.normals)
        out.write(b"usemtl face\n")
        _lines(out, "f %d/%d/%d %d/%d/%d %d/%d/%d", faces.reshape(-1, 9) + 1)


def write_material(file: Path, picture: str) -> None:
    """Write the material of a face whose texture is `picture`, a file beside it."""
    with whole(file) as out:
        lines = ("newmtl face", "Ka 0 0 0", "Kd 1 1 1", "Ks 0 0 0", "illum 1", f"map_Kd {picture}")
        out.write(("\n".join(lines) + "\n").encode())


def _lines(out: IO[bytes], form: str, rows: Array) -> None:
    out.write("".join(form % tuple(row) + "\n" for row in rows.tolist()).encode())
