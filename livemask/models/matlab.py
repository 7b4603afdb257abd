"""Reads numbers from MATLAB's `.mat` files, versions 5 to 7, measured before they are taken.

After a header of 128 bytes come elements, each with a tag (type and length in bytes): a matrix,
or one that is packed by zlib. A matrix holds flags, dimensions, name and then its numbers, or
the matrices of a struct ("MAT-File Format", The MathWorks, 2019, chapter 1). Texts, cells,
sparse matrices and objects are passed over.
"""

import contextlib
import io
import math
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from livemask.errors import ModelError
from livemask.models.fields import Fields
from livemask.models.packed import PackedStream

LARGEST = 2**31
"""Bytes that all that is asked for may take; the Basel Face Model of 2009 takes 260 million."""

HEADER = 128
MATRIX, PACKED = 14, 15
STRUCT = 2
NUMBERS = dict(zip(range(6, 16), ("f8", "f4", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"),
                   strict=True))  # fmt: skip
"""Type of the numbers of a class of matrix."""
STORED = {1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8",
          13: "u8"}  # fmt: skip
"""Type of numbers as they are stored, which may be a smaller one."""
DEEPEST = 8


_BROKEN = (OSError, EOFError, ValueError, MemoryError, zlib.error)
"""What comes of a broken file, according to where."""


@dataclass(frozen=True, slots=True)
class _Tag:
    """Type and length of an element, and its content where both fit into eight bytes."""

    kind: int
    length: int
    content: bytes | None = None


def is_matlab(file: Path) -> bool:
    """Tell whether a file begins like one of MATLAB's, of whichever version."""
    try:
        with file.open("rb") as stream:
            return stream.read(7) == b"MATLAB "
    except OSError:
        return False


def names(file: Path) -> set[str]:
    """Return the names of the variables of a file; none if it is not one that can be read."""
    if not is_matlab(file):
        return set()
    found: dict[str, Any] = {}
    with contextlib.suppress(*_BROKEN):  # what comes before the break has names still
        _read(file, (), found)
    return set(found)


def of_mat(file: Path, wanted: Collection[str]) -> Fields:
    """Read variables of a `.mat` file: arrays by name, a struct as a dict of arrays.

    Raises
    ------
    ModelError
        If it is missing, is no such file, is cut short, or asks for more than `LARGEST` bytes.
    """
    try:
        return Fields(file, _read(file, wanted, {}), {})
    except FileNotFoundError as error:
        raise ModelError(f"the model file {file} does not exist; give another one.") from error
    except _BROKEN as error:
        what = str(error)
        if not what.startswith("field "):
            what = f"field {' or '.join(map(repr, sorted(wanted)))} is not reached: {error}"
        raise ModelError(
            f"{file} is no MATLAB file that can be read, {what}. "
            "It may be cut short; get it again, or save it in version 7 format."
        ) from error


def _read(file: Path, wanted: Collection[str], found: dict[str, Any]) -> dict[str, Any]:
    """Put the wanted variables into `found` by name, those not wanted as None; return it."""
    with file.open("rb") as stream:
        head = stream.read(HEADER)
        if head[:10] == b"MATLAB 7.3":
            raise ValueError("it is of version 7.3, which is HDF5; save it with '-v7'")
        if len(head) < HEADER or head[:7] != b"MATLAB " or head[126:] not in (b"IM", b"MI"):
            raise ValueError("it has no header of MATLAB 5 to 7")
        order, size = "<" if head[126:] == b"IM" else ">", file.stat().st_size
        reader = _Reader(order, wanted, found)
        while stream.tell() < size:
            reader.variable(stream, size - stream.tell())
    return found


def _tag(stream: PackedStream, order: str) -> _Tag:
    raw = stream.take(8)
    first, second = np.frombuffer(raw, f"{order}u4").tolist()
    if first >> 16:  # a small element
        if first >> 16 > 4:
            raise ValueError(f"a small element claims {first >> 16} bytes")
        return _Tag(first & 0xFFFF, first >> 16, raw[4:])
    return _Tag(first, second)


class _Reader:
    """Reads variables; of those that are not `wanted` no more than the name.

    Parameters
    ----------
    order : str
        Of bytes, `<` or `>`.
    wanted : collection of str
    found : dict of str to any
        Where they are put; None for what is not wanted, or is neither numbers nor a struct.
    """

    def __init__(self, order: str, wanted: Collection[str], found: dict[str, Any]) -> None:
        self._order, self._wanted, self._room = order, wanted, LARGEST
        self._stream = PackedStream(io.BytesIO(), 0, packed=False)
        self._found = found
        self._name: str | None = None

    def variable(self, file: BinaryIO, left: int) -> None:
        """Read the variable at which `file` stands, `left` bytes before its end.

        Raises
        ------
        ValueError
            If it is broken; the message begins with its name if that is known.
        """
        self._name = None
        try:
            self._variable(file, left)
        except _BROKEN as error:
            if self._name is None:
                raise
            raise ValueError(f"field {self._name!r} is broken: {error}") from error

    def _variable(self, file: BinaryIO, left: int) -> None:
        tag = _tag(PackedStream(file, left, packed=False), self._order)
        if tag.kind not in (MATRIX, PACKED):
            raise ValueError(f"there is an element of type {tag.kind} for a variable")
        end, there = file.tell() + tag.length, left - 8
        self._stream = PackedStream(file, min(tag.length, there), packed=tag.kind == PACKED)
        if tag.kind == PACKED:
            self._stream.left = 8
            self._stream.left = _tag(self._stream, self._order).length
        name, value = self._matrix(0)
        self._found[name] = value
        if tag.length > there:
            raise ValueError(f"it claims {tag.length} bytes, {there} are there")
        if name in self._wanted:
            self._stream.finish()
        file.seek(end)

    def _matrix(self, depth: int) -> tuple[str, Any]:
        """Return name and value of a matrix whose tag has been read."""
        if depth > DEEPEST:
            raise ValueError("structs lie too deep in one another")
        flags = np.frombuffer(self._element()[1], f"{self._order}u4")
        sizes = np.frombuffer(self._element()[1], f"{self._order}i4").tolist()
        name = self._element()[1].decode("latin-1")
        if depth == 0:
            self._name = name
            if name not in self._wanted:
                return name, None
        if len(flags) != 2 or any(size < 0 for size in sizes):
            raise ValueError("it has no proper shape")
        kind, is_complex = int(flags[0]) & 0xFF, bool(int(flags[0]) & 0x0800)
        if kind in NUMBERS and not is_complex:
            return name, self._numbers(NUMBERS[kind], sizes)
        if kind == STRUCT and math.prod(sizes) == 1:
            return name, self._struct(depth)
        return name, None

    def _element(self) -> tuple[int, bytes]:
        """Return type and content of a short element, filled up to eight bytes in the file."""
        tag = _tag(self._stream, self._order)
        if tag.content is not None:
            return tag.kind, tag.content[: tag.length]
        if tag.length > min(self._stream.left, LARGEST):
            raise ValueError(f"an element claims {tag.length} bytes of {self._stream.left}")
        content = self._stream.take(tag.length)
        self._stream.take(min(-tag.length % 8, self._stream.left))
        return tag.kind, content

    def _numbers(self, kind: str, sizes: list[int]) -> Any:
        wide = math.prod(sizes) * np.dtype(kind).itemsize
        self._room -= wide
        if self._room < 0:
            raise ValueError(f"shape {tuple(sizes)} asks for {wide} bytes, too much")
        stored, content = self._element()
        if stored not in STORED:
            raise ValueError(f"numbers are stored in an unknown type {stored}")
        width = np.dtype(STORED[stored]).itemsize
        if len(content) != math.prod(sizes) * width:
            held = len(content) // width
            raise ValueError(f"shape {tuple(sizes)} holds {held} numbers")
        values = np.frombuffer(content, self._order + STORED[stored])
        return values.astype(kind, copy=False).reshape(sizes, order="F")

    def _struct(self, depth: int) -> dict[str, Any]:
        """Return the matrices of a struct by name."""
        width = np.frombuffer(self._element()[1], f"{self._order}i4")
        listed = self._element()[1]
        if width.size != 1 or width[0] < 1 or len(listed) % int(width[0]):
            raise ValueError("a struct does not name its fields")
        step, found = int(width[0]), {}
        for at in range(0, len(listed), step):
            field = listed[at : at + step].split(b"\0")[0].decode("latin-1")
            found[field] = self._field(field, depth)
        return found

    def _field(self, name: str, depth: int) -> Any:
        tag = _tag(self._stream, self._order)
        if tag.kind != MATRIX or tag.length > self._stream.left:
            raise ValueError(f"field {name!r} claims {tag.length} bytes of {self._stream.left}")
        if not tag.length:
            return None
        after = self._stream.left - tag.length
        _, value = self._matrix(depth + 1)
        if self._stream.left < after:
            raise ValueError(f"field {name!r} is longer than it says")
        self._stream.skip(self._stream.left - after)
        return value
