"""One picture, as the outputs get it: a PNG."""

from pathlib import Path

import cv2

from livemask.records import Output
from livemask.sinks.files import unwritable, writable


def create(file: Path, overwrite: bool = False) -> "Screenshot":
    """Return a sink for one picture.

    Parameters
    ----------
    file : Path
        The picture to write, .png.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    UsageError, SinkError
        If the file may not or cannot be written.
    """
    return Screenshot(writable(file, None, overwrite))


class Screenshot:
    """Writes the first picture that it is sent; then it is over.

    Attributes
    ----------
    once : bool
        That it wants no more than one.
    place : str
        The file.
    """

    wants_pixels = takes_alpha = once = True
    capacity = 1

    def __init__(self, file: Path) -> None:
        self._file: Path | None = file
        self.place = str(file.absolute())

    def send(self, output: Output) -> None:
        """Write a picture, if it is the first.

        Raises
        ------
        SinkError
            If the file cannot be written.
        """
        file, self._file = self._file, None
        if file is None or output.image is None:
            return
        how = cv2.COLOR_RGBA2BGRA if output.image.shape[2] == 4 else cv2.COLOR_RGB2BGR
        _, data = cv2.imencode(".png", cv2.cvtColor(output.image, how))
        try:
            file.write_bytes(data.tobytes())
        except OSError as error:
            raise unwritable(file, error) from error

    def close(self) -> None:
        """Let go of the file. Closing twice does nothing."""
        self._file = None
