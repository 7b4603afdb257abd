"""Writes arrays as a zip of `.npy` files that is the same each time."""

import io
import zipfile
from pathlib import Path

import numpy as np

from livemask.records import Array

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can name


def save(file: Path, arrays: dict[str, Array]) -> None:
    """Write `arrays` to `file` for `numpy.load`; no pickle, no clock."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, values in arrays.items():
            entry = zipfile.ZipInfo(name + ".npy", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            content = io.BytesIO()
            np.lib.format.write_array(content, np.asarray(values, order="C"), allow_pickle=False)
            archive.writestr(entry, content.getvalue(), compresslevel=9)
