"""The film of a session as a source: each frame with what was known of its faces."""

import logging
import threading
from collections.abc import Generator
from pathlib import Path

from livemask.errors import SourceError
from livemask.records import Frame
from livemask.session.folder import FILM, NUMBERS, member, read_about
from livemask.session.numbers import LONGEST_LINE, Decoder, RecordedFrame, Row
from livemask.sources.video import VideoSource

LOG = logging.getLogger("livemask")


class RecordedSource:
    """Reads a session as far as it goes: frames whose picture or line is missing are left out.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    SourceError
        If there is no such session, or it holds no frame.
    """

    live = False

    def __init__(self, folder: Path) -> None:
        about = read_about(folder)
        self._numbers = member(folder, NUMBERS)
        self.path: Path | None = member(folder, FILM)
        self._film = VideoSource(self.path)
        self.size, self.rate, self.count = self._film.size, about.rate, about.frames
        self._finished = about.frames is not None
        self._rows = _rows(self._numbers)
        self._given = 0
        self._lock = threading.Lock()
        self._folder = folder

    def read(self) -> Frame | None:
        """Return the next frame; None after the last one.

        Raises
        ------
        SourceError
            If a line is not what `session.numbers` writes.
        """
        with self._lock:
            row, picture = next(self._rows, None), self._film.read()
            while row is not None and picture is not None:
                at = round(1000 * picture.time)
                if at == row.at:
                    self._given += 1
                    return RecordedFrame(picture.image, row.time, row.index, row.seen)
                if at < row.at:
                    picture = self._film.read()
                else:
                    row = next(self._rows, None)
            self._tell()
            return None

    def close(self) -> None:
        """Close the files. Closing twice does nothing."""
        self._film.close()
        with self._lock:
            self._rows.close()

    def _tell(self) -> None:
        """Say, once, that the session is not whole."""
        if not self._finished or (self.count is not None and self._given < self.count):
            self._finished, self.count = True, None
            LOG.warning("the session %s was broken off: %d frames.", self._folder, self._given)


def _rows(file: Path) -> Generator[Row, None, None]:
    decoder, number = Decoder(), 0
    with file.open("rb") as stream:
        while line := stream.readline(LONGEST_LINE):
            number += 1
            if not line.endswith(b"\n"):
                if len(line) < LONGEST_LINE:
                    return  # half a line, of a writer that was killed
                raise SourceError(f"line {number} of {file} is too long; the session is broken.")
            try:
                yield decoder.row(line)
            except ValueError as error:
                raise SourceError(
                    f"line {number} of {file} is broken ({str(error)[:80]}); replayed up to there."
                ) from error
