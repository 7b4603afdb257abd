"""Network: a TensorFlow Lite file, run by OpenCV on square pictures."""

from pathlib import Path
from typing import Any

import cv2

from livemask.errors import ModelError
from livemask.records import Float32, UInt8

LARGEST = 32 * 2**20
"""bytes: no network of a face is larger."""


class Network:
    """Runs a network.

    Parameters
    ----------
    file : Path
        TensorFlow Lite.
    sizes : tuple of int
        How many numbers each of its outputs has, in the order in which they are returned.

    Raises
    ------
    ModelError
        If the file cannot be read, is no such network, or has other outputs.
    """

    def __init__(self, file: Path, sizes: tuple[int, ...]) -> None:
        self._file, self._sizes = file, sizes
        self._net = _opened(file)
        self._names = list(self._net.getUnconnectedOutLayersNames())

    def __call__(self, picture: UInt8, low: float) -> list[Float32]:
        """Return the outputs, each flat, for a picture whose values are brought to `low`..1.

        Parameters
        ----------
        picture : (side, side, 3) uint8
            RGB, of the size that the network was made for.
        low : float
            0 or -1, as it was trained.
        """
        scale = (1.0 - low) / 255.0
        self._net.setInput(cv2.dnn.blobFromImage(picture, scale, mean=(-low / scale,) * 3))
        try:
            found = {out.size: out.ravel() for out in self._net.forward(self._names)}
        except cv2.error as error:
            raise self._is_another() from error
        if not set(self._sizes) <= found.keys():
            raise self._is_another()
        return [found[size] for size in self._sizes]

    def _is_another(self) -> ModelError:
        return ModelError(
            f"{self._file} is a network, but not the one that is expected (outputs of "
            f"{' and '.join(map(str, self._sizes))} numbers); name another file."
        )


def _opened(file: Path) -> Any:
    try:
        size = file.stat().st_size
    except OSError as error:
        raise ModelError(f"the network {file} cannot be read: {error.strerror}.") from error
    if size > LARGEST:
        raise ModelError(f"{file} has {size} bytes; no network of a face is so large.")
    # OpenCV 5's newer engine knows only one of several outputs; it is also taken, whatever is
    # asked for, where the bytes are given rather than the name.
    engine = [cv2.dnn.ENGINE_CLASSIC] if hasattr(cv2.dnn, "ENGINE_CLASSIC") else []
    try:
        return cv2.dnn.readNetFromTFLite(str(file), *engine)
    except cv2.error as error:
        raise ModelError(
            f"OpenCV cannot read {file} as a TensorFlow Lite network. If its name has letters "
            "beyond ASCII, copy its folder to a plain one, and name the copy: --landmarks FILE."
        ) from error
