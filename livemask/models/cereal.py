"""Reads what the C++ library cereal writes as a binary archive.

Values follow one another without padding or names, little-endian here. A vector, a text and
a map begin with their length as uint64, an optional with one byte (1: nothing follows), a
variant with the int32 number of its type (cereal 1.3, `types/*.hpp`). An Eigen matrix is its
rows and columns as int32, then its float32 values column by column (Huber, eos,
`eigen_cerealisation.hpp`). Each size is checked against what the file still holds before
memory is taken.
"""

from pathlib import Path

import numpy as np

from livemask.errors import ModelError
from livemask.models.reading import read_whole
from livemask.records import Array, Float32

LARGEST = 2**30
"""Bytes of the largest file read: twice what the largest model in this format takes."""

LONGEST = 256
"""Bytes of the longest name."""


class Archive:
    """A file read from front to back; each value is asked for by the name of its field.

    Parameters
    ----------
    file : Path

    Raises
    ------
    ModelError
        If it is missing or too large; each method, if a value is not what it must be.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._place = 0
        self._data = read_whole(file, LARGEST)

    @property
    def left(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._place

    def number(self, field: str, kind: str = "<i4") -> int:
        """Return one whole number of a numpy type."""
        return int(self._values(field, kind, 1)[0])

    def flag(self, field: str) -> bool:
        """Return one byte that is 0 or 1."""
        value = self.number(field, "u1")
        if value > 1:
            raise self.error(field, f"has {value} where 0 or 1 must be")
        return bool(value)

    def length(self, field: str, size: int) -> int:
        """Return how many entries of at least `size` bytes follow."""
        count = self.number(field, "<u8")
        if count > self.left // size:
            raise self.error(field, f"claims {count} entries, {self.left} bytes are left")
        return count

    def rows(self, field: str, kind: str, columns: int) -> Array:
        """Return the (n, columns) array of a vector of rows."""
        count = self.length(field, columns * np.dtype(kind).itemsize)
        return self._finite(field, self._values(field, kind, count * columns)).reshape(-1, columns)

    def matrix(self, field: str) -> Float32:
        """Return a matrix as (rows, columns) float32."""
        rows, columns = self.number(field), self.number(field)
        if min(rows, columns) < 0 or 4 * rows * columns > self.left:
            raise self.error(
                field, f"claims {rows} rows and {columns} columns, {self.left} bytes are left"
            )
        values = self._finite(field, self._values(field, "<f4", rows * columns))
        return values.reshape(columns, rows).T.astype(np.float32)

    def text(self, field: str) -> str:
        """Return a name."""
        length = self.length(field, 1)
        if length > LONGEST:
            raise self.error(field, f"holds a name of {length} bytes, allowed are {LONGEST}")
        try:
            name = self._values(field, "u1", length).tobytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise self.error(field, "holds a name that is no UTF-8 text") from error
        if not name.isprintable():
            raise self.error(field, f"holds a name that cannot be printed: {name!r}")
        return name

    def end(self) -> None:
        """Make sure that nothing follows."""
        if self.left:
            raise self.error("the end", f"is {self.left} bytes too early")

    def error(self, field: str, what: str) -> ModelError:
        """Return the error that tells what is wrong with a field."""
        return ModelError(
            f"{self.file}: field {field!r} {what}; the file is broken or of another kind."
        )

    def _values(self, field: str, kind: str, count: int) -> Array:
        size = count * np.dtype(kind).itemsize
        if size > self.left:
            raise self.error(field, f"is cut short: {size} bytes expected, {self.left} are left")
        values = np.frombuffer(self._data, kind, count, self._place)
        self._place += size
        return values

    def _finite(self, field: str, values: Array) -> Array:
        if values.dtype.kind == "f" and not np.isfinite(values).all():
            raise self.error(field, "holds numbers that are not finite")
        return values
