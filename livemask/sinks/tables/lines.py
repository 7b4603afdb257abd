"""Lines of a text file, of which no half one stays."""

import errno
import os
from io import FileIO
from pathlib import Path

from livemask.sinks.files import unwritable


class Lines:
    """Writes whole lines at once, so that a broken-off run keeps them.

    The file is made with the first lines. If the disk is full, half a line is cut off again,
    and a file without a whole one is removed.

    Parameters
    ----------
    file : Path
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stream: FileIO | None = None
        self._size = 0  # of the whole lines, bytes

    @property
    def begun(self) -> bool:
        """Whether anything has been written."""
        return self._stream is not None

    def write(self, lines: str) -> None:
        """Write lines, each with its end.

        Raises
        ------
        SinkError
            If they cannot be written. The lines before stay.
        """
        try:
            stream = self._stream = self._stream or self._file.open("wb", buffering=0)
            data = lines.encode("utf-8")
            if stream.write(data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            self._size += len(data)
        except OSError as error:
            self._cut_off()
            raise unwritable(self._file, error) from error

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        if self._stream is not None:
            self._stream.close()

    def _cut_off(self) -> None:
        if self._stream is None or self._stream.closed:
            return
        self._stream.truncate(self._size)
        self._stream.close()
        if self._size == 0:
            self._file.unlink()
