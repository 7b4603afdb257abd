"""Records a film: H.264 at the pictures' true times, with the sound of its source."""

import statistics
from collections import deque
from pathlib import Path

import av

from livemask.errors import SinkError
from livemask.records import Output, UInt8
from livemask.sinks.files import reason, unwritable, writable
from livemask.sinks.film import fragments
from livemask.sinks.film.fragments import CLOCK, Fragments
from livemask.sinks.film.remux import remux
from livemask.sinks.film.yuv import i420
from livemask.sinks.letterbox import letterbox

_USUAL_RATE = 30.0
_FAILURES = (OSError, av.FFmpegError)


def create(
    file: Path,
    source: Path | None = None,
    rate: float | None = None,
    overwrite: bool = False,
    live: bool = False,
) -> "Recorder":
    """Return a recorder.

    Parameters
    ----------
    file : Path
        The film to write: .mp4, .mov or .mkv.
    source : Path, optional
        The film that is played, whose sound is kept.
    rate : float, optional
        About how many pictures come in a second.
    overwrite : bool
        Whether an existing file may be replaced.
    live : bool
        Whether pictures must not wait for the recorder.

    Raises
    ------
    UsageError, SinkError
        If the file may not or cannot be written.
    """
    if file.suffix.lower() not in fragments.CONTAINERS:
        known = ", ".join(fragments.CONTAINERS)
        raise SinkError(f"{file} has an ending that no recording has; use one of {known}.")
    fragments.check_codec()
    return Recorder(writable(file, source, overwrite), source, rate, live)


class Recorder:
    """Writes every picture that it is sent to a film.

    While it records, the file consists of fragments, so that it plays even if the process
    is killed. `close` makes it a plain one and adds the sound. Without a single picture
    there is no file.
    """

    wants_pixels = True

    def __init__(self, file: Path, source: Path | None, rate: float | None, live: bool) -> None:
        self.capacity = 60 if live else 4
        self._file = file
        self._source = source
        self._clock = _Clock(rate or _USUAL_RATE)
        self._film: Fragments | None = None
        self._size = (0, 0)
        self._waiting: tuple[UInt8, int] | None = None  # until it is known how long it lasts
        self._next_key = 0
        self._closed = False

    def send(self, output: Output) -> None:
        """Record a picture; one of another size than the first gets black bars.

        Raises
        ------
        SinkError
            If the file cannot be written. What was recorded before stays and plays.
        """
        if output.image is None or self._closed:
            raise ValueError("a recorder needs a picture, and before it is closed")
        ticks = self._clock.ticks(output.time)
        try:
            film = self._film or self._open(output.image)
            self._write_waiting(film, ticks)
            self._waiting = i420(letterbox(output.image, self._size)), ticks
        except _FAILURES as error:
            raise self._broken_off(error) from error

    def close(self) -> None:
        """Finish the film. Closing twice does nothing.

        Raises
        ------
        SinkError
            If it cannot be finished. What was recorded plays, but may lack its sound.
        """
        film, closed, self._closed = self._film, self._closed, True
        if film is None or closed:
            return
        end = self._clock.last + self._clock.usual
        try:
            self._write_waiting(film, end)
            film.close()
        except _FAILURES as error:
            raise self._broken_off(error) from error
        self._make_plain(end / CLOCK)

    def _open(self, image: UInt8) -> Fragments:
        height, width = image.shape[:2]
        self._size = width, height
        even = width + width % 2, height + height % 2
        self._film = Fragments(self._file, even, self._clock.rate)
        return self._film

    def _write_waiting(self, film: Fragments, end: int) -> None:
        if self._waiting is not None:
            planes, start = self._waiting
            key = start >= self._next_key
            if key:
                self._next_key = start + CLOCK
            film.write(planes, start, end - start, key)

    def _broken_off(self, error: Exception) -> SinkError:
        """Keep what plays, remove what does not, and return the error to raise."""
        self._closed = True
        if self._film is not None and not self._film.abandon():
            self._file.unlink(missing_ok=True)
        return unwritable(self._file, error)

    def _make_plain(self, end: float) -> None:
        partial = self._file.with_name(f".{self._file.stem}.partial{self._file.suffix}")
        try:
            remux(self._file, partial, end, self._source)
            partial.replace(self._file)
        except _FAILURES as error:
            partial.unlink(missing_ok=True)
            lacks = f"without the sound of {self._source}" if self._source else "in fragments"
            raise SinkError(
                f"{self._file} is recorded and plays, but {lacks}: {reason(error)}"
            ) from error


class _Clock:
    """Turns the times of pictures into ticks of 1 / CLOCK s that always rise."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self.last = -1
        self._start: float | None = None
        self._intervals: deque[int] = deque(maxlen=31)

    def ticks(self, time: float) -> int:
        """Return when a picture of `time` s is shown, counted from the first."""
        if self._start is None:
            self._start = time
        ticks = max(round((time - self._start) * CLOCK), self.last + 1)
        if ticks > 0:
            self._intervals.append(ticks - self.last)
        self.last = ticks
        return ticks

    @property
    def usual(self) -> int:
        """How long a picture of late has usually been shown: the last one will, too."""
        return int(statistics.median(self._intervals or [round(CLOCK / self.rate)]))
