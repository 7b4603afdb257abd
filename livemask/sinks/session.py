"""Keeps a session: the bare film without loss, and all numbers, to be replayed with any mask.

In its folder, for this user alone since the faces in it are bare:

    session.json    settings, version, model, and each face's identity in the end
    film.mkv        every picture of the source that came through, FFV1
    faces.jsonl     a line for each: what was known of the faces in it
    table.csv       the same for people, as `csv` writes it

docs/sessions.md tells what is in a line.
"""

import contextlib
import errno
import os
from collections.abc import Callable
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import Any

from livemask import __version__
from livemask.errors import SinkError
from livemask.records import Output
from livemask.session import folder as place
from livemask.session.film import FAILURES, SessionFilm
from livemask.session.folder import About
from livemask.session.numbers import Encoder
from livemask.sinks.csv import Csv
from livemask.sinks.files import reason


def create(
    folder: Path,
    settings: Callable[[], dict[str, Any]] | None = None,
    rate: float | None = None,
    overwrite: bool = False,
    live: bool = False,
) -> "Session":
    """Return a keeper of sessions.

    Parameters
    ----------
    folder : Path
        Where; new or empty.
    settings : function, optional
        Returns how the run is set by then, see `session.settings`.
    rate : float, optional
        About how many pictures come in a second.
    overwrite : bool
        Whether a session that is there may be replaced.
    live : bool
        Whether pictures must not wait for the disk.

    Raises
    ------
    UsageError, SinkError
        If the folder may not or cannot be written.
    """
    settings = settings or dict
    about = About(__version__, settings(), rate=rate)
    return Session(place.made_folder(folder, overwrite), about, settings, 30 if live else 4)


class Session:
    """Writes each frame's picture, then its line, so that a broken-off session replays so far."""

    wants_pixels = False  # the masked ones

    def __init__(
        self, folder: Path, about: About, settings: Callable[[], dict[str, Any]], capacity: int
    ) -> None:
        self.capacity = capacity
        self._folder, self._about, self._settings = folder, about, settings
        self._film: SessionFilm | None = None
        self._lines: FileIO | None = None
        self._whole = 0  # bytes of whole lines
        self._table = Csv(folder / place.TABLE, capacity)
        self._encoder, self._clock = Encoder(), _Clock()
        self._size = (0, 0)
        self._frames = 0
        self._people: dict[str, list[float]] = {}
        self._model = ""
        self._closed = False

    @property
    def detail(self) -> str:
        """How much is kept, as people read it."""
        return f"{self._frames} frames kept"

    def send(self, output: Output) -> None:
        """Keep a frame.

        Raises
        ------
        SinkError
            If the disk is full, say. What was kept before replays.
        """
        try:
            self._keep(output)
            self._table.send(output)
        except (*FAILURES, SinkError) as error:
            raise self._broken_off(error) from error
        self._frames += 1

    def close(self) -> None:
        """Finish the session. Closing twice does nothing.

        Raises
        ------
        SinkError
            If it cannot be finished. It replays nevertheless.
        """
        if self._closed:
            return
        try:
            if self._film is None:
                self._remove()
                return
            self._film.close()
            self._write_about(self._frames)
            self._let_go()
        except FAILURES as error:
            raise self._broken_off(error) from error

    def _keep(self, output: Output) -> None:
        film, lines = self._film, self._lines
        if film is None or lines is None:
            film, lines = self._open(output)
        if output.frame.size != self._size:
            raise OSError(0, "the pictures have changed their size")
        settings = self._settings()
        if (not self._model and output.model is not None) or settings != self._about.settings:
            self._model = self._model or (output.model and place.fingerprint(output.model)) or ""
            self._about = replace(self._about, settings=settings)
            self._write_about(None)
        at = self._clock.at(output.time)
        film.write(output.frame.image, at)
        line = self._encoder.line(output.frame, at, output.seen)
        if lines.write(line) < len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._whole += len(line)
        for fit in output.fits:
            self._people[str(fit.id)] = fit.identity.tolist()

    def _open(self, output: Output) -> tuple[SessionFilm, FileIO]:
        self._size = output.frame.size
        self._film = SessionFilm(self._folder / place.FILM, self._size)
        self._lines = (self._folder / place.NUMBERS).open("wb", buffering=0)
        self._write_about(None)
        return self._film, self._lines

    def _write_about(self, frames: int | None) -> None:
        known = self._about
        place.write_about(
            self._folder,
            About(known.livemask, known.settings, self._model, known.rate, frames, self._people),
        )

    def _let_go(self) -> None:
        self._closed = True
        self._table.close()
        if self._lines is not None:
            self._lines.close()

    def _broken_off(self, error: Exception) -> SinkError:
        """Keep what is whole, and return the error to raise."""
        if self._film is not None:
            self._film.abandon()
        if self._lines is not None and not self._lines.closed:
            with contextlib.suppress(OSError):  # half a line is passed over when it is read
                self._lines.truncate(self._whole)
        self._let_go()
        return SinkError(
            f"the session in {self._folder} ends after {self._frames} frames, which can be "
            f"replayed: {reason(error)}. Make room, or name another folder."
        )

    def _remove(self) -> None:
        """Leave no folder of a run without a frame."""
        self._let_go()
        with contextlib.suppress(OSError):  # somebody else has put something there
            self._folder.rmdir()


class _Clock:
    """Turns times into whole ms from the first, which always rise."""

    def __init__(self) -> None:
        self._start: float | None = None
        self._last = -1

    def at(self, time: float) -> int:
        """Return when a picture of `time` s comes in the film."""
        if self._start is None:
            self._start = time
        self._last = max(round((time - self._start) * 1000), self._last + 1)
        return self._last
