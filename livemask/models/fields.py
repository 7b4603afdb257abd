"""Reads the arrays of a model file, and checks each before anything uses it."""

import math
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from livemask.errors import ModelError
from livemask.records import Array

_BROKEN = (
    OSError, EOFError, ValueError, TypeError, AttributeError, KeyError, MemoryError,
    NotImplementedError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What numpy raises when a file is broken, according to where."""

_KINDS = {"f": "fractions", "i": "whole numbers", "u": "numbers from 0", "U": "texts"}

LARGEST = 2**28
"""Bytes that the arrays of a `.npz` file may take together; FLAME takes 53 million."""

Shape = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """The arrays of one file, by name.

    Attributes
    ----------
    file : Path
    arrays : mapping of str to array
    sizes : dict of str to int
        What the letters in shapes have been found to stand for.
    """

    file: Path
    arrays: Mapping[str, Any]
    sizes: dict[str, int]

    @classmethod
    def of_npz(cls, file: Path) -> "Fields":
        """Read a `.npz` file, without pickles.

        Raises
        ------
        ModelError
            If it is missing, is no such file or is cut short.
        """
        name = "the list of fields"
        arrays = {}
        try:
            with file.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
                left = LARGEST
                for name in archive.files:  # its name is told if it is broken
                    arrays[name] = _member(archive, name, left)
                    left -= arrays[name].nbytes
        except FileNotFoundError as error:
            raise ModelError(f"the model file {file} does not exist.") from error
        except _BROKEN as error:
            raise ModelError(
                f"{file} is not a readable model file, {name!r} is broken: {error}"
            ) from error
        return cls(file, arrays, {})

    def array(self, name: str, shape: Shape, kind: str = "f") -> Array:
        """Return a field, checked.

        `shape` holds sizes, or letters that stand for the same size wherever they occur.
        `kind` holds the numpy kinds allowed: f, i, u, U.

        Raises
        ------
        ModelError
            If the field is missing or has another shape or type, or holds nan.
        """
        if name not in self.arrays:
            raise self.error(name, "is missing")
        values = np.asarray(self.arrays[name])
        if values.dtype.kind not in kind:
            wanted = " or ".join(_KINDS[k] for k in kind)
            raise self.error(name, f"has type {values.dtype}, expected {wanted}")
        expected = tuple(self.sizes.get(s, s) if isinstance(s, str) else s for s in shape)
        if len(expected) != values.ndim or any(
            isinstance(e, int) and e != v for e, v in zip(expected, values.shape, strict=True)
        ):
            raise self.error(name, f"has shape {values.shape}, expected {_text(expected)}")
        self.sizes.update(
            {e: v for e, v in zip(expected, values.shape, strict=True) if isinstance(e, str)}
        )
        if values.dtype.kind == "f" and not np.isfinite(values).all():
            raise self.error(name, "holds numbers that are not finite")
        return values

    def indices(self, name: str, shape: Shape, below: int, least: int = 0) -> Array:
        """Return a field of whole numbers from `least` up to but without `below`, checked."""
        values = self.array(name, shape, "iu").astype(np.int64)
        if values.size and not (least <= values.min() and values.max() < below):
            raise self.error(
                name, f"points to {values.min()} to {values.max()}, allowed {least} to {below - 1}"
            )
        return values

    def error(self, name: str, what: str) -> ModelError:
        """Return the error that tells what is wrong with a field."""
        return ModelError(
            f"{self.file}: field {name!r} {what}; the file is broken or of another kind."
        )


def field_names(file: Path) -> frozenset[str]:
    """Return the names of the arrays in a `.npz` file; none if it is no such file."""
    if not file.is_file():
        return frozenset()
    try:
        with zipfile.ZipFile(file) as archive:
            return frozenset(name.removesuffix(".npy") for name in archive.namelist())
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return frozenset()


def _member(archive: Any, name: str, room: int) -> Array:
    """Return an array of a `.npz` file that asks for no more than it holds, and than `room`.

    A few bytes can claim any shape, and a few packed ones unpack to any length: the header
    is read before memory is taken.
    """
    packed = archive.zip
    known = packed.namelist()
    entry = packed.getinfo(name if name in known else f"{name}.npy")
    with packed.open(entry) as stream:
        version = np.lib.format.read_magic(stream)
        header = np.lib.format.read_array_header_1_0
        if version != (1, 0):
            header = np.lib.format.read_array_header_2_0
        shape, _, dtype = header(stream)
        held = min(room, entry.file_size - stream.tell())
    size = math.prod(shape) * dtype.itemsize
    if size > held:
        what = f"{held} are there or allowed"
        raise ValueError(f"its shape {shape} asks for {size} bytes, {what}")
    return np.asarray(archive[name])


def _text(shape: Shape) -> str:
    return "(" + ", ".join(map(str, shape)) + ")"
