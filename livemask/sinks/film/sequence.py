"""A sequence: pictures as files of their own, with every shade of opacity."""

import re
from pathlib import Path

import cv2

from livemask.errors import SinkError, UsageError
from livemask.records import Float32, UInt8
from livemask.sinks.files import unwritable
from livemask.sinks.film.ticks import CLOCK
from livemask.sinks.letterbox import letterbox

_NUMBER = re.compile(r"%0?(\d*)d")
_FAST = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE)
IN_FOLDER = "frame_%06d.png"


def is_sequence(file: Path) -> bool:
    """Return whether `file` names many: a folder, or a pattern such as `face_%06d.png`."""
    return file.is_dir() or (file.suffix.lower() == ".png" and bool(_NUMBER.search(file.name)))


def free_pattern(file: Path, overwrite: bool = False) -> Path:
    """Return the pattern of the files that are written for `file`, if they may be.

    Raises
    ------
    UsageError
        If there are such files and they may not be replaced, or the name cannot be counted.
    """
    pattern = file / IN_FOLDER if file.is_dir() else file
    names = _NUMBER.split(pattern.name)
    if len(names) != 3 or "%" in names[0] + names[2]:
        raise UsageError(f"{file.name} is no pattern; write one number in it, such as %06d.")
    alike = re.compile(rf"{re.escape(names[0])}\d+{re.escape(names[2])}")
    there = [p.name for p in pattern.parent.glob("*") if alike.fullmatch(p.name)]
    if there and not overwrite:
        raise UsageError(
            f"{pattern.parent / min(there)} exists already; add --overwrite or name another folder."
        )
    return pattern


class Sequence:
    """Writes each picture to a PNG file, RGB or RGBA, colours not multiplied by opacity.

    Each file is whole or not there, even after a kill. Beside them a list tells how long each
    is shown, for FFmpeg: `ffmpeg -i frame_.ffconcat film.mkv`.

    Parameters
    ----------
    pattern : Path
        With a number in its name: `frame_%06d.png`. The first is 0.
    alpha : bool
        Whether opacity is kept.

    Raises
    ------
    SinkError
        From `write` and `finish`, if a file cannot be written. All before it stay.
    """

    def __init__(self, pattern: Path, alpha: bool = False) -> None:
        self.file, self.alpha = pattern, alpha
        self._list = pattern.with_name(_NUMBER.sub("", pattern.stem) + ".ffconcat")
        self._count, self._size = 0, (0, 0)
        self._shown = ("", 0)
        self._ended = False

    def write(self, image: UInt8, ticks: int) -> None:
        """Write a picture, shown at `ticks`; one of another size than the first gets bars."""
        if self._ended:
            return
        if not self._count:
            self._size = image.shape[1], image.shape[0]
        digits = _NUMBER.search(self.file.name)
        width = int(digits[1] or 0) if digits else 0
        name = _NUMBER.sub(f"{self._count:0{width}d}", self.file.name)
        try:
            self._keep(name, letterbox(image if self.alpha else image[..., :3], self._size))
            self._tell(ticks)
        except OSError as error:
            self._ended = True
            raise unwritable(self.file.with_name(name), error) from error
        self._count, self._shown = self._count + 1, (name, ticks)

    def speak(self, samples: Float32) -> None:
        """Let sound pass unheard: pictures have none."""

    def finish(self, end: int) -> None:
        """Let the last picture last until `end`, ticks. Twice does nothing."""
        ended, self._ended = self._ended, True
        if ended or not self._count:
            return
        try:
            self._tell(end)
        except OSError as error:
            raise unwritable(self._list, error) from error

    def _keep(self, name: str, image: UInt8) -> None:
        turned = cv2.COLOR_RGBA2BGRA if image.shape[2] == 4 else cv2.COLOR_RGB2BGR
        whole, data = cv2.imencode(".png", cv2.cvtColor(image, turned), _FAST)
        if not whole:
            raise SinkError(f"{name} cannot be made a PNG of {image.shape[1]}x{image.shape[0]}.")
        partial = self.file.with_name(f".{name}.partial")
        try:
            partial.write_bytes(data.tobytes())
            partial.replace(self.file.with_name(name))
        finally:
            partial.unlink(missing_ok=True)

    def _tell(self, end: int) -> None:
        """Write down how long the picture before lasts."""
        if not self._count:
            self._list.write_text("ffconcat version 1.0\n", "utf-8")
            return
        name, start = self._shown
        quoted = name.replace("'", "'\\''")
        with self._list.open("a", encoding="utf-8") as stream:
            stream.write(f"file '{quoted}'\nduration {(end - start) / CLOCK:.6f}\n")
