"""Writes a table like the takes of Epic's app Live Link Face, which Unreal and Blender import.

A line of names, then a line for each frame:

    Timecode            HH:MM:SS:FF.fff of the source's time, in frames of 1/60 s
    BlendShapeCount     61; 0, and no more cells, in a frame without a face
    EyeBlinkLeft ...    52 expressions, 0 to 1. Right comes before Left of the jaw and of the mouth
    HeadYaw, HeadPitch, HeadRoll, LeftEyeYaw ... RightEyeRoll    rad, with the signs of `livelink`

The app films one person; so does the table: the first face that is tracked.
"""

from pathlib import Path

from livemask import arkit  # its NAMES, here, would make this a family of plug-ins
from livemask.records import Output
from livemask.sinks.files import writable
from livemask.sinks.livelink import RATE, numbers
from livemask.sinks.network.gesture import Gestures, first_tracked
from livemask.sinks.tables.lines import Lines

_SWAPPED = {"jawLeft": "jawRight", "jawRight": "jawLeft"} | {
    "mouthLeft": "mouthRight",
    "mouthRight": "mouthLeft",
}
COLUMNS = tuple(_SWAPPED.get(name, name) for name in arkit.NAMES)
"""The expressions in the order of the app's table."""

TURNS = tuple(
    f"{of}{way}" for of in ("Head", "LeftEye", "RightEye") for way in ("Yaw", "Pitch", "Roll")
)
_ORDER = (
    *(arkit.NAMES.index(name) for name in COLUMNS),
    *range(len(arkit.NAMES), len(arkit.NAMES) + len(TURNS)),
)


def create(
    file: Path, source: Path | None = None, overwrite: bool = False, live: bool = False
) -> "LiveLinkCsv":
    """Return a writer of tables.

    Parameters
    ----------
    file : Path
        The table to write.
    source : Path, optional
        The input, which is never overwritten.
    overwrite : bool
        Whether an existing file may be replaced.
    live : bool
        Whether pictures must not wait for the table.

    Raises
    ------
    UsageError, SinkError
        If the file may not or cannot be written.
    """
    return LiveLinkCsv(writable(file, source, overwrite), 60 if live else 4)


class LiveLinkCsv:
    """Writes the row of each frame as it comes; the file is made with the first."""

    wants_pixels = False

    def __init__(self, file: Path, capacity: int) -> None:
        self.capacity = capacity
        self._lines = Lines(file)
        self._gestures = Gestures("--livelink-csv")

    def send(self, output: Output) -> None:
        """Write the row of a frame.

        Raises
        ------
        SinkError, ModelError
            If the file cannot be written, or the model has not ARKit's expressions.
        """
        row = self._row(output)
        if not self._lines.begun:
            self._lines.write(",".join(header()) + "\n")
        self._lines.write(f"{row}\n")

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        self._lines.close()

    def _row(self, output: Output) -> str:
        fit, time = first_tracked(output.fits), timecode(output.time)
        if fit is None or output.model is None:
            return f"{time},0"
        values = numbers(self._gestures.read(output.model, fit), fit.stance)
        return f"{time},{len(values)}," + ",".join(f"{values[i]:.8f}" for i in _ORDER)


def header() -> tuple[str, ...]:
    """Return the names of all columns."""
    named = (name[0].upper() + name[1:] for name in COLUMNS)
    return ("Timecode", "BlendShapeCount", *named, *TURNS)


def timecode(time: float) -> str:
    """Return a time in s as HH:MM:SS:FF.fff."""
    whole, thousandths = divmod(round(max(time, 0.0) * RATE * 1000), 1000)
    seconds, frame = divmod(whole, RATE)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}:{frame:02d}.{thousandths:03d}"
