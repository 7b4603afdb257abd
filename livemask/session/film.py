"""The film of a session: FFV1, every picture by itself, nothing of it lost (RFC 9043).

Beside H.264 without loss it is as quick to write and, of real cameras, half as large; and a
picture can be read whatever became of those before it.
"""

import contextlib
from fractions import Fraction
from pathlib import Path

import av

from livemask.records import UInt8

_OPTIONS = {"level": "3", "slicecrc": "1"}
_SLICES, _SMALL = "4", 32  # px: less cannot be cut up
_CONTAINER = {"flush_packets": "1", "cluster_time_limit": "250"}  # ms that a kill may cost
_THREADS = 2

FAILURES = (OSError, av.FFmpegError)


class SessionFilm:
    """Writes pictures to a Matroska file, which may end anywhere.

    Parameters
    ----------
    file : Path
    size : (int, int)
        Width and height, px.

    Raises
    ------
    OSError, av.FFmpegError
        From all methods but `abandon`, if the file cannot be written.
    """

    def __init__(self, file: Path, size: tuple[int, int]) -> None:
        self._container = av.open(f"file:{file}", "w", container_options=dict(_CONTAINER))
        stream = self._container.add_stream("ffv1", rate=30, pix_fmt="bgr0")
        stream.width, stream.height = size
        codec = stream.codec_context
        codec.options = {**_OPTIONS, "slices": _SLICES if min(size) >= _SMALL else "1"}
        codec.time_base = Fraction(1, 1000)  # Matroska's own
        codec.thread_type, codec.thread_count = "SLICE", _THREADS  # no picture is held back
        self._stream = stream

    def write(self, image: UInt8, at: int) -> None:
        """Write a picture (h, w, 3) that comes `at` ms."""
        picture = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format="bgr0")
        picture.pts, picture.time_base = at, Fraction(1, 1000)
        self._container.mux(self._stream.encode(picture))

    def close(self) -> None:
        """Finish and close the file."""
        self._container.mux(self._stream.encode(None))
        self._container.close()

    def abandon(self) -> None:
        """Close a file that cannot be written any more."""
        with contextlib.suppress(*FAILURES):  # the one that brought us here comes again
            self._container.close()
