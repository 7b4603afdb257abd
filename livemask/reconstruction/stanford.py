"""Writes a mesh as a PLY file (Turk 1994, "The PLY polygon file format"), binary."""

from pathlib import Path

import numpy as np

from livemask.reconstruction.whole import whole
from livemask.records import Float32, Int32, UInt8

_VERTEX = np.dtype([("place", "<f4", 3), ("normal", "<f4", 3), ("colour", "u1", 3)])
_TRIANGLE = np.dtype([("count", "u1"), ("corners", "<i4", 3)])


def write(
    file: Path, vertices: Float32, normals: Float32, colours: UInt8, triangles: Int32
) -> None:
    """Write a mesh: all of it or nothing.

    Parameters
    ----------
    file : Path
        Replaced if it exists.
    vertices, normals : (n, 3) float32
        mm and unit length.
    colours : (n, 3) uint8
        sRGB-coded.
    triangles : (t, 3) int32
        Counted from 0.

    Raises
    ------
    SinkError
        If it cannot be written.
    """
    rows = np.zeros(len(vertices), _VERTEX)
    rows["place"], rows["normal"], rows["colour"] = vertices, normals, colours
    faces = np.zeros(len(triangles), _TRIANGLE)
    faces["count"], faces["corners"] = 3, triangles
    with whole(file) as out:
        out.write(_header(len(rows), len(faces)).encode("ascii"))
        out.write(rows.tobytes())
        out.write(faces.tobytes())


def _header(vertices: int, triangles: int) -> str:
    floats = "".join(f"property float {name}\n" for name in ("x", "y", "z", "nx", "ny", "nz"))
    codes = "".join(f"property uchar {name}\n" for name in ("red", "green", "blue"))
    return (
        "ply\nformat binary_little_endian 1.0\ncomment millimetres, y up\n"
        f"element vertex {vertices}\n{floats}{codes}"
        f"element face {triangles}\nproperty list uchar int vertex_indices\nend_header\n"
    )
