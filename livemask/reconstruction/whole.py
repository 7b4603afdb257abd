"""Files that are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import cv2
import numpy as np

from livemask.errors import SinkError
from livemask.records import Array


@contextmanager
def whole(file: Path) -> Iterator[IO[bytes]]:
    """Open a file to write; it replaces what is there when all is written, and not before.

    Raises
    ------
    SinkError
        If it cannot be written.
    """
    partial = file.with_name(f".{file.name}.partial")
    try:
        with partial.open("wb") as out:
            yield out
        os.replace(partial, file)  # noqa: PTH105 - the same, spelt as what it does
    except OSError as error:
        raise SinkError(
            f"{file} cannot be written: {error.strerror}. Make room, or name another folder."
        ) from error
    finally:
        partial.unlink(missing_ok=True)


def png(image: Array) -> bytes:
    """Return a picture as a PNG file: (h, w), (h, w, 3) RGB or (h, w, 4) RGBA, uint8 or uint16.

    Raises
    ------
    SinkError
        If there is no room for it.
    """
    stored = image
    if image.ndim == 3:
        code = cv2.COLOR_RGB2BGR if image.shape[2] == 3 else cv2.COLOR_RGBA2BGRA
        stored = cv2.cvtColor(image, code)
    done, data = cv2.imencode(".png", stored)
    if not done:
        raise SinkError(f"a picture of {image.shape[1]}x{image.shape[0]} cannot be encoded.")
    return bytes(data.tobytes())


def write_png(file: Path, image: Array) -> None:
    """Write a picture, see `png`."""
    with whole(file) as out:
        out.write(png(image))


def write_array(file: Path, array: Array) -> None:
    """Write an array as a .npy file."""
    with whole(file) as out:
        np.save(out, array, allow_pickle=False)
