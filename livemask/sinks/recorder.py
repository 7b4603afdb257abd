"""Records what is seen to a film, or to pictures, at true times and with sound."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from livemask.errors import SinkError
from livemask.records import Float32, Output
from livemask.sinks.files import distinct
from livemask.sinks.film.plan import Plan, Written
from livemask.sinks.film.quality import level
from livemask.sinks.film.ticks import CLOCK, Ticks
from livemask.sinks.film.voice import SOURCE, Voice, voice_of

LOG = logging.getLogger("livemask")

_USUAL_RATE = 30.0


def create(  # noqa: PLR0913 - its options
    file: Path,
    source: Path | None = None,
    rate: float | None = None,
    overwrite: bool = False,
    live: bool = False,
    *,
    codec: str = "auto",
    quality: str = "high",
    hardware: bool = False,
    raw: Path | None = None,
    alpha: bool = False,
    sound: str = SOURCE,
    began: Callable[[], float] | None = None,
) -> "Recorder":
    """Return a recorder.

    Parameters
    ----------
    file : Path
        The film to write: .mp4, .mov, .mkv or .webm; or a folder, or a pattern of pictures
        such as `face_%06d.png`.
    source : Path, optional
        The film that is played, whose sound is kept.
    rate : float, optional
        About how many pictures come in a second.
    overwrite : bool
        Whether existing files may be replaced.
    live : bool
        Whether pictures must not wait for the recorder.
    codec : str
        One of `coding.CODECS`; `auto` for the usual one of the file's ending.
    quality : str
        One of `quality.WORDS`, or 0 to 100.
    hardware : bool
        Whether the graphics card encodes, if it can.
    raw : Path, optional
        A second film: the frames as they came from the source, at the same times.
    alpha : bool
        Whether the film is transparent where the picture is, if its ending allows that.
    sound : str
        `none`, `source`, or the name of a microphone.
    began : function, optional
        Returns when time 0 of the pictures was, by `perf_counter`, s: for a microphone.

    Raises
    ------
    UsageError, SinkError
        If a file may not or cannot be written, or something named is not there.
    """
    plan = Plan(codec, level(quality), hardware, rate or _USUAL_RATE, source, overwrite)
    distinct(file, *([raw] if raw else []))
    voice = voice_of(sound, began)
    try:
        channels = voice.channels if voice else 0
        plan = replace(plan, kept=sound == SOURCE, channels=channels)
        film = plan.written(file, alpha)
        bare = plan.written(raw, alpha=False) if raw else None
    except BaseException:
        if voice:
            voice.close()
        raise
    return Recorder(film, bare, voice, Ticks(plan.rate), live)


class Recorder:
    """Writes every picture that it is sent to a film, and its frame to another if asked to."""

    wants_pixels = True

    def __init__(
        self, film: Written, bare: Written | None, voice: Voice | None, ticks: Ticks, live: bool
    ) -> None:
        self.capacity = 60 if live else 4
        self.takes_alpha = film.alpha
        self._film, self._bare, self._voice, self._ticks = film, bare, voice, ticks
        self._lost: SinkError | None = None
        self._closed = False

    @property
    def place(self) -> str:
        """The file."""
        return str(self._film.file.absolute())

    @property
    def detail(self) -> str:
        """How long the film is and how large its file, as people read it."""
        seconds = max(self._ticks.last, 0) // CLOCK
        try:
            size = self._film.file.stat().st_size
        except OSError:  # there is none before the first picture
            size = 0
        return f"{seconds // 60}:{seconds % 60:02d}, {size / 1e6:.1f} MB"

    def send(self, output: Output) -> None:
        """Record a picture; one of another size than the first gets black bars.

        Raises
        ------
        SinkError
            If the file cannot be written. What was recorded before stays and plays.
        """
        if output.image is None or self._closed:
            raise ValueError("a recorder needs a picture, and before it is closed")
        ticks = self._ticks.of(output.time)
        self._film.write(output.image, ticks)
        self._beside(lambda bare: bare.write(output.frame.image, ticks))
        if self._voice is not None:
            self._speak(self._voice.heard(self._ticks.start or 0.0))

    def close(self) -> None:
        """Finish the films. Closing twice does nothing.

        Raises
        ------
        SinkError
            If one cannot be finished. What was recorded plays, but may lack its sound.
        """
        if self._closed:
            return
        self._closed = True
        ticks = self._ticks
        try:
            if self._voice is not None and ticks.start is not None:
                self._speak(self._voice.last(ticks.start, ticks.end))
            self._film.finish(ticks.end)
        finally:
            if self._voice is not None:
                self._voice.close()
            self._beside(lambda bare: bare.finish(ticks.end))
        if self._lost is not None:
            raise SinkError(f"what was not masked lacks its end: {self._lost}") from self._lost

    def _speak(self, heard: Iterable[Float32]) -> None:
        for samples in heard:
            self._film.speak(samples)
            self._beside(partial(_speak, samples))

    def _beside(self, act: Callable[[Written], None]) -> None:
        """Do something with the film of the frames; if it fails, the other one goes on."""
        if self._bare is None or self._lost is not None:
            return
        try:
            act(self._bare)
        except SinkError as error:
            self._lost = error
            LOG.error("the film of what was not masked has ended, the rest goes on: %s", error)


def _speak(samples: Float32, bare: Written) -> None:
    bare.speak(samples)
