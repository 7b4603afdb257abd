"""`Exp_Pca.bin` and `std_exp.txt`: expressions for the Basel Face Model 2009 (Guo et al. 2018).

The first holds an int32, the number m of components, then float32 of n vertices in the order
x1 y1 z1 x2 ...: the mean (3n,) and m components (3n,) one after another, all of the model's
unit. The second holds m standard deviations as text. So `LoadExpBasis` of
Deep3DFaceReconstruction (Deng et al. 2019) reads them; like it, livemask leaves the mean out:
the mean face is the Basel one.
"""

from pathlib import Path

import numpy as np

from livemask.errors import ModelError
from livemask.records import Array

COMPONENTS, SIGMAS = "Exp_Pca.bin", "std_exp.txt"
LONGEST = 2**20
"""Bytes of a list of standard deviations, at most."""


def expressions(folder: Path, vertices: int, most: int) -> Array:
    """Return the (m, vertices, 3) displacements by one standard deviation, `most` at most.

    Raises
    ------
    ModelError
        If a file is missing, is not as long as it says, or holds something else.
    """
    file = folder / COMPONENTS
    try:
        with file.open("rb") as stream:
            count = int.from_bytes(stream.read(4), "little", signed=True)
            size, row = file.stat().st_size, 12 * vertices
            if count < 1 or size != 4 + (1 + count) * row:
                raise ModelError(
                    f"{file}: field 'exp_dim' is {count}, so that the file should have "
                    f"{4 + (1 + count) * row} bytes for {vertices} vertices; it has {size}. "
                    "It is cut short, or is not of this model."
                )
            used = min(most, count)
            stream.seek(row, 1)
            packed = stream.read(used * row)
    except OSError as error:
        raise ModelError(f"{file} cannot be read: {error.strerror}.") from error
    moves = np.frombuffer(packed, "<f4").astype(np.float64).reshape(used, vertices, 3)
    if not np.isfinite(moves).all():
        raise ModelError(f"{file}: field 'expPC' holds numbers that are not finite.")
    return np.asarray(moves * _sigmas(folder, count)[:used, None, None])


def _sigmas(folder: Path, count: int) -> Array:
    """Return the (count,) standard deviations."""
    file = folder / SIGMAS
    try:
        words = file.read_text("ascii").split() if file.stat().st_size < LONGEST else []
        values = np.array([float(word) for word in words])
    except OSError as error:
        raise ModelError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ModelError(f"{file}: field 'std_exp' is no list of numbers: {error}.") from error
    if len(values) != count:
        raise ModelError(
            f"{file}: field 'std_exp' has {len(values)} numbers, expected {count} as in "
            f"{COMPONENTS}."
        )
    if not (np.isfinite(values) & (values > 0.0)).all():
        raise ModelError(f"{file}: field 'std_exp' holds standard deviations that are no such.")
    return values
