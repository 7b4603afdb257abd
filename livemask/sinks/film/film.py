"""A film: one file of pictures and sound, whole whatever happens while it is written."""

import logging
from dataclasses import dataclass
from pathlib import Path

from livemask.errors import SinkError
from livemask.records import Float32, UInt8
from livemask.sinks.files import reason, unwritable
from livemask.sinks.film.coding import Coding
from livemask.sinks.film.fragments import FAILURES, Fragments
from livemask.sinks.film.planes import as_stored
from livemask.sinks.film.remux import remux
from livemask.sinks.film.ticks import CLOCK
from livemask.sinks.letterbox import letterbox

LOG = logging.getLogger("livemask")


@dataclass(frozen=True, slots=True)
class Making:
    """How a film is made.

    Attributes
    ----------
    coding : Coding
    spare : Coding
        Taken instead if `coding` does not take pictures of this size.
    rate : float
        About how many pictures come in a second.
    alpha : bool
        Whether opacity is kept.
    channels : int
        Of the sound that is written with the pictures; 0 if none is.
    source : Path or None
        The film whose sound is added in the end.
    """

    coding: Coding
    spare: Coding
    rate: float
    alpha: bool = False
    channels: int = 0
    source: Path | None = None


class Film:
    """Writes pictures to a film. Without a single one there is no file.

    While it is written, the file consists of fragments, so that it plays even if the process
    is killed. `finish` makes it a plain one and adds the sound of its source.

    Parameters
    ----------
    file : Path
        One that may be written: see `files.writable`.
    making : Making

    Raises
    ------
    SinkError
        From `write`, `speak` and `finish`, if the file cannot be written. What was recorded
        before stays and plays.
    """

    def __init__(self, file: Path, making: Making) -> None:
        self.file, self._making = file, making
        self.alpha = making.alpha
        self._fragments: Fragments | None = None
        self._size = (0, 0)
        self._waiting: tuple[UInt8, int] | None = None  # until it is known how long it lasts
        self._next_key = 0
        self._ended = False

    def write(self, image: UInt8, ticks: int) -> None:
        """Write a picture, shown at `ticks`; one of another size than the first gets bars."""
        if self._ended:
            return
        try:
            fragments = self._fragments or self._open(image)
            self._write_waiting(fragments, ticks)
        except FAILURES as error:
            raise self._broken_off(error) from error
        shown = image if self._making.alpha else image[..., :3]
        self._waiting = letterbox(shown, self._size), ticks

    def speak(self, samples: Float32) -> None:
        """Write the sound that comes next, (n, channels) float32."""
        if self._fragments is not None and not self._ended:
            try:
                self._fragments.speak(samples)
            except FAILURES as error:
                raise self._broken_off(error) from error

    def finish(self, end: int) -> None:
        """Let the last picture last until `end`, ticks, and finish. Twice does nothing."""
        fragments, ended, self._ended = self._fragments, self._ended, True
        if fragments is None or ended:
            return
        try:
            self._write_waiting(fragments, end)
            fragments.close()
        except FAILURES as error:
            raise self._broken_off(error) from error
        self._make_plain(end / CLOCK)

    def _open(self, image: UInt8) -> Fragments:
        height, width = image.shape[:2]
        self._size = width, height
        try:
            self._fragments = self._fragmented(self._making.coding)
        except (*FAILURES, ValueError) as error:
            coding, spare = self._making.coding, self._making.spare
            if coding is spare:
                raise
            text = "%s takes no pictures of %dx%d (%s); recording with %s."
            LOG.warning(text, coding.encoder, width, height, reason(error), spare.encoder)
            self._fragments = self._fragmented(spare)
        return self._fragments

    def _fragmented(self, coding: Coding) -> Fragments:
        width, height = self._size
        even = width + width % 2, height + height % 2
        return Fragments(self.file, even, self._making.rate, coding, self._making.channels)

    def _write_waiting(self, fragments: Fragments, end: int) -> None:
        if self._waiting is not None:
            (image, start), self._waiting = self._waiting, None
            key = start >= self._next_key
            if key:
                self._next_key = start + CLOCK
            frame = as_stored(image, fragments.coding.pixels)
            fragments.write(frame, start, end - start, key)

    def _broken_off(self, error: Exception) -> SinkError:
        """Keep what plays, remove what does not, and return the error to raise."""
        self._ended = True
        if self._fragments is not None and not self._fragments.abandon():
            self.file.unlink(missing_ok=True)
        return unwritable(self.file, error)

    def _make_plain(self, end: float) -> None:
        partial = self.file.with_name(f".{self.file.stem}.partial{self.file.suffix}")
        source = self._making.source
        try:
            remux(self.file, partial, end, source)
            partial.replace(self.file)
        except FAILURES as error:
            partial.unlink(missing_ok=True)
            lacks = f"without the sound of {source}" if source else "in fragments"
            raise SinkError(
                f"{self.file} is recorded and plays, but {lacks}: {reason(error)}"
            ) from error
