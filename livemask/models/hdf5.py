"""Reads arrays from HDF5 files: only what lies in the file itself, and only so much.

A file of this kind can point to other files (external links, external and virtual data) and
can claim any size with a few bytes. Neither is followed.
"""

import math
from collections.abc import Collection
from pathlib import Path
from typing import Any

from livemask.errors import ModelError
from livemask.models.fields import Fields

LARGEST = 2**31
"""Bytes that the arrays of a file may take together; the largest Basel model takes 400 million."""

SIGNATURE = b"\x89HDF\r\n\x1a\n"

_BROKEN = (OSError, EOFError, ValueError, TypeError, KeyError, RuntimeError, MemoryError)
"""What h5py raises when a file is broken, according to where."""


def is_hdf5(file: Path) -> bool:
    """Tell whether a file begins as one of this kind."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(SIGNATURE)) == SIGNATURE
    except OSError:
        return False


def has(file: Path, name: str) -> bool:
    """Tell whether a file holds an array or group of this path."""
    if not is_hdf5(file):
        return False
    import h5py

    try:
        with h5py.File(file, "r") as content:
            return _node(content, name) is not None
    except _BROKEN:
        return False


def of_h5(file: Path, wanted: Collection[str]) -> Fields:
    """Read arrays by their paths in the file, such as `shape/model/mean`; those that are there.

    Raises
    ------
    ModelError
        If it is missing, is no such file, is cut short, or an array lies elsewhere or is too
        large.
    """
    import h5py

    if not file.is_file():
        raise ModelError(f"the model file {file} does not exist; give another one.")
    name = "the list of fields"
    arrays: dict[str, Any] = {}
    room = LARGEST
    try:
        with h5py.File(file, "r") as content:
            for name in wanted:  # its name is told if it is broken
                node = _node(content, name)
                if node is not None:
                    room -= _size(node)
                    if room < 0:
                        raise ValueError(f"its shape {node.shape} asks for {_size(node)} bytes")
                    arrays[name] = node[()]
    except _BROKEN as error:
        raise ModelError(
            f"{file} is no HDF5 file that can be read, {name!r} is broken: {error}. "
            "It may be cut short; get it again."
        ) from error
    return Fields(file, arrays, {})


def _node(content: Any, path: str) -> Any:
    """Return what lies at a path; None if nothing does. Only true members are followed."""
    import h5py

    node = content
    for name in path.split("/"):
        link = node.get(name, getlink=True) if isinstance(node, h5py.Group) else None
        if link is None:
            return None
        if not isinstance(link, h5py.HardLink):
            raise ValueError("it is a link to somewhere else")
        node = node[name]
    return node


def _size(node: Any) -> int:
    """Return the bytes that an array takes.

    Raises
    ------
    ValueError
        If it is none, or if its values lie in other files.
    """
    import h5py

    if not isinstance(node, h5py.Dataset) or node.shape is None:
        raise ValueError("it is not an array")
    if node.is_virtual or node.external:
        raise ValueError("its values lie in another file")
    return math.prod(node.shape) * int(node.dtype.itemsize)
