"""Reads a whole file of a model, if it is not too large for one."""

import os
from pathlib import Path

from livemask.errors import ModelError


def read_whole(file: Path, largest: int) -> bytes:
    """Return all bytes of a file of at most `largest`.

    Raises
    ------
    ModelError
        If it is missing, larger, or cannot be read.
    """
    if not file.is_file():  # a pipe would keep whoever opens it waiting
        what = "is no file" if file.exists() else "does not exist"
        raise ModelError(f"the model file {file} {what}.")
    try:
        with file.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(size) if size <= largest else None
    except OSError as error:
        raise ModelError(f"the model file {file} cannot be read: {error}.") from error
    if data is None:
        raise ModelError(f"{file} has {size} bytes; a model's has {largest} at most.")
    return data
