"""Reads Wavefront OBJ files: vertices, texture coordinates and the faces that join them.

`v x y z`, `vt u v` and `f v/vt...` with any number of corners, which count from 1, or from
the end if they are negative; everything else is left out (Wavefront, Appendix B1, 1995).
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np

from livemask.errors import ModelError
from livemask.models.reading import read_whole
from livemask.records import Array, Float64

T = TypeVar("T")

LARGEST = 2**24
"""Bytes of the largest file read: five times what the largest of a face model has."""


@dataclass(frozen=True, slots=True, eq=False)
class Obj:
    """One file.

    Attributes
    ----------
    vertices : (n, 3) float64
    uv : (r, 2) float64
        (0, 0) is the bottom left corner, as in the file.
    triangles : (t, 3) int64
        Faces of more corners are cut into fans around their first.
    uv_triangles : (t, 3) int64
        `triangles` in rows of `uv`; of no rows if a corner has no texture coordinate.
    """

    vertices: Float64
    uv: Float64
    triangles: Array
    uv_triangles: Array


def read_obj(file: Path) -> Obj:
    """Return a whole file.

    Raises
    ------
    ModelError
        If it is missing or too large, or a line is not what it must be.
    """
    lines = read_whole(file, LARGEST).splitlines()
    vertices, uv = _numbers(file, lines, b"v", 3), _numbers(file, lines, b"vt", 2)
    corners, uv_corners = [], []
    for line in lines:
        if line.startswith(b"f "):
            own, coordinates = _face(file, line, len(vertices), len(uv))
            corners.append(own)
            uv_corners.append(coordinates)
    triangles = [fan for own in corners for fan in _fans(own)]
    textured = all(None not in own for own in uv_corners)
    uv_triangles = [fan for own in uv_corners for fan in _fans(own)] if textured else []
    return Obj(
        vertices,
        uv,
        np.array(triangles, np.int64).reshape(-1, 3),
        np.array(uv_triangles, np.int64).reshape(-1, 3),
    )


def read_vertices(file: Path) -> Float64:
    """Return the (n, 3) vertices alone, which takes a quarter of the time.

    Raises
    ------
    ModelError
        If the file is missing or too large, or a line is not what it must be.
    """
    data = read_whole(file, LARGEST)
    last = data.rfind(b"\nv ") + 1  # the faces that follow need no splitting
    line, _, _ = data[last:].partition(b"\n")
    return _numbers(file, (data[:last] + line).splitlines(), b"v", 3)


def _numbers(file: Path, lines: list[bytes], keyword: bytes, columns: int) -> Float64:
    """Return the first numbers of each line that begins with a keyword."""
    start = keyword + b" "
    found = [line for line in lines if line.startswith(start)]
    if not found:
        return np.empty((0, columns))
    try:
        text = b"\n".join(found).decode("ascii").split("\n")
        values = np.loadtxt(text, usecols=range(1, columns + 1), comments=None, ndmin=2)
    except ValueError as error:
        what = str(error).partition(";")[0]
        raise _error(file, keyword, f"is not {columns} numbers: {what}") from error
    if not np.isfinite(values).all():
        raise _error(file, keyword, "holds numbers that are not finite")
    return values


def _face(file: Path, line: bytes, vertices: int, uvs: int) -> tuple[list[int], list[int | None]]:
    """Return the corners of a face and their texture coordinates, both from 0."""
    corners, coordinates = [], []
    for corner in line.split()[1:]:
        parts = corner.split(b"/")
        corners.append(_index(file, line, parts[0], vertices))
        given = len(parts) > 1 and parts[1]
        coordinates.append(_index(file, line, parts[1], uvs) if given else None)
    if len(corners) < 3:
        raise _error(file, b"f", f"has fewer than three corners in {_shown(line)}")
    return corners, coordinates


def _index(file: Path, line: bytes, text: bytes, count: int) -> int:
    try:
        number = int(text)
    except ValueError as error:
        raise _error(file, b"f", f"has a corner that is no number in {_shown(line)}") from error
    index = number - 1 if number > 0 else number + count
    if number == 0 or not 0 <= index < count:
        raise _error(file, b"f", f"points to {number} of {count} in {_shown(line)}")
    return index


def _fans(corners: list[T]) -> list[tuple[T, T, T]]:
    return [(corners[0], b, c) for b, c in pairwise(corners[1:])]


def _shown(line: bytes) -> str:
    return repr(line[:40].decode("ascii", "replace"))


def _error(file: Path, keyword: bytes, what: str) -> ModelError:
    return ModelError(
        f"{file}: field {keyword.decode()!r} {what}; the file is broken or of another kind."
    )
