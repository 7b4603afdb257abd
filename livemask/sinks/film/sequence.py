"""A sequence: pictures as files of their own, with every shade of opacity."""

from pathlib import Path

import cv2

from livemask.errors import SinkError
from livemask.records import Float32, UInt8
from livemask.sinks.files import unwritable
from livemask.sinks.film.naming import list_of, numbered
from livemask.sinks.film.ticks import CLOCK
from livemask.sinks.letterbox import letterbox

_FAST = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE)


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
        self._list = list_of(pattern)
        self._count, self._size = 0, (0, 0)
        self._shown = ("", 0)
        self._ended = False

    def write(self, image: UInt8, ticks: int) -> None:
        """Write a picture, shown at `ticks`; one of another size than the first gets bars."""
        if self._ended:
            return
        if not self._count:
            self._size = image.shape[1], image.shape[0]
        file = numbered(self.file, self._count)
        try:
            self._keep(file, letterbox(image if self.alpha else image[..., :3], self._size))
            self._tell(ticks)
        except OSError as error:
            self._ended = True
            raise unwritable(file, error) from error
        self._count, self._shown = self._count + 1, (file.name, ticks)

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

    def _keep(self, file: Path, image: UInt8) -> None:
        turned = cv2.COLOR_RGBA2BGRA if image.shape[2] == 4 else cv2.COLOR_RGB2BGR
        whole, data = cv2.imencode(".png", cv2.cvtColor(image, turned), _FAST)
        if not whole:
            raise SinkError(f"{file} cannot be made a PNG of {image.shape[1]}x{image.shape[0]}.")
        partial = file.with_name(f".{file.name}.partial")
        try:
            partial.write_bytes(data.tobytes())
            partial.replace(file)
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
