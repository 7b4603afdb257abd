"""Files of pictures: where each lies, and how it is written so that half of one is never left."""

import io
import os
import zipfile
from pathlib import Path

import cv2
import numpy as np

from livemask.records import Array
from livemask.sinks.files import unwritable
from livemask.synthesis.order import Order
from livemask.synthesis.studio import Picture

PER_FOLDER = 1000

LEVEL = 1
"""Of deflate: the fastest."""

SMALL = 4096
"""Bytes below which it is not worth while to compress."""

PLAIN = ("position",)
"""Labels that are not compressed: it would take longest for them, and spare a fifth."""

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The time that entries bear: equal labels are equal files."""

_QUALITY = {
    "jpg": [cv2.IMWRITE_JPEG_QUALITY, 95],
    "png": [cv2.IMWRITE_PNG_COMPRESSION, 1],
    "webp": [cv2.IMWRITE_WEBP_QUALITY, 95],
}


def files_of(out: Path, order: Order, index: int) -> tuple[Path, Path]:
    """Return picture and labels of a number; a thousand share a folder."""
    folder = out / f"{index // PER_FOLDER:05d}"
    return folder / f"{index:08d}.{order.format}", folder / f"{index:08d}.npz"


def is_done(out: Path, order: Order, index: int) -> bool:
    """Tell whether a picture is there: it is written after its labels."""
    return files_of(out, order, index)[0].is_file()


def store(out: Path, order: Order, index: int, picture: Picture) -> None:
    """Write a picture and its labels.

    Raises
    ------
    SinkError
        If that cannot be.
    """
    image, labels = files_of(out, order, index)
    try:
        image.parent.mkdir(parents=True, exist_ok=True)
        if picture.labels:
            _replace(labels, packed(picture.labels))
        _replace(image, encoded(picture.image, order.format))
    except OSError as error:
        raise unwritable(image, error) from error


def encoded(image: Array, form: str) -> bytes:
    """Return an RGB picture (h, w, 3) as a file of a format."""
    _, data = cv2.imencode(f".{form}", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), _QUALITY[form])
    return data.tobytes()


def packed(labels: dict[str, Array]) -> bytes:
    """Return arrays as an .npz file, which `numpy.load` reads without pickle."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, array in labels.items():
            entry = io.BytesIO()
            np.lib.format.write_array(entry, np.asanyarray(array), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", BEGINNING)
            plain = name in PLAIN or array.nbytes < SMALL
            info.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(info, entry.getvalue())
    return whole.getvalue()


def _replace(file: Path, data: bytes) -> None:
    """Put a whole file in place at once."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.write_bytes(data)
    part.replace(file)
