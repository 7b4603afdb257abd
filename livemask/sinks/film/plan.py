"""Plans: what is asked of a recording -> how each of its files is made."""

import logging
from dataclasses import dataclass
from pathlib import Path

from livemask.errors import SinkError
from livemask.sinks.files import writable
from livemask.sinks.film.coding import ENDINGS, Coding, carries_alpha, coding
from livemask.sinks.film.film import Film, Making
from livemask.sinks.film.hardware import in_hardware
from livemask.sinks.film.naming import free_pattern, is_sequence
from livemask.sinks.film.sequence import Sequence

LOG = logging.getLogger("livemask")

Written = Film | Sequence


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a recording.

    Attributes
    ----------
    codec : str
        One of `coding.CODECS`; `auto` for the usual one of a file's ending.
    quality : float
        0 to 100.
    hardware : bool
        Whether the graphics card encodes, if it can.
    rate : float
        About how many pictures come in a second.
    source : Path or None
        The film that is played.
    overwrite : bool
        Whether existing files may be replaced.
    kept : bool
        Whether the sound of `source` is kept.
    channels : int
        Of a microphone; 0 without one.
    """

    codec: str
    quality: float
    hardware: bool
    rate: float
    source: Path | None = None
    overwrite: bool = False
    kept: bool = True
    channels: int = 0

    def written(self, file: Path, alpha: bool) -> Written:
        """Return what writes `file`, with opacity if its ending allows that.

        Raises
        ------
        UsageError, SinkError
            If it may not or cannot be written.
        """
        if is_sequence(file):
            pattern = free_pattern(file, self.overwrite)
            writable(pattern.with_name(".frames"), overwrite=True)
            return Sequence(pattern.resolve(), alpha)
        suffix = file.suffix.lower()
        if suffix not in ENDINGS:
            raise SinkError(
                f"{file} has an ending that no recording has; use one of {', '.join(ENDINGS)}, "
                "a folder that is there, or pictures such as face_%06d.png."
            )
        making = self._making(suffix, alpha and carries_alpha(suffix, self.codec))
        return Film(writable(file, self.source, self.overwrite), making)

    def _making(self, suffix: str, alpha: bool) -> Making:
        spare = coding(suffix, self.codec, self.quality, alpha)
        found = self._in_hardware(spare) if self.hardware and not alpha else spare
        source = self.source if self.kept else None
        return Making(found, spare, self.rate, alpha, self.channels, source)

    def _in_hardware(self, spare: Coding) -> Coding:
        found = in_hardware(spare.codec, self.quality)
        if found is None:
            text = "nothing in this machine's hardware encodes %s; recording with %s."
            LOG.warning(text, spare.codec, spare.encoder)
        return found or spare
