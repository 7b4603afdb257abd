"""Raw frames: pixels without a header, one frame after another."""

import logging
from pathlib import Path

import av
import numpy as np

from livemask.errors import SourceError, UsageError
from livemask.records import Frame, UInt8
from livemask.sources import rate
from livemask.sources.colour import RgbConverter
from livemask.sources.pipe import NAME, Pipe
from livemask.sources.pixels import check_size, sealed

logger = logging.getLogger("livemask")

FORMATS = ("rgb24", "bgr24", "rgba", "bgra", "gray", "yuv420p", "nv12", "yuyv422")
"""What pixels may be called, in FFmpeg's words."""

_CHANNELS = {"rgb24": 3, "bgr24": 3, "rgba": 4, "bgra": 4, "yuyv422": 2}
_HALVED = {"yuv420p": (2, 2), "nv12": (2, 2), "yuyv422": (2, 1)}


class RawFrames:
    """Raw frames as a source. A last one that is not whole is left out, with a warning.

    Parameters
    ----------
    pipe : Pipe
    size : (int, int)
        Width and height, px.
    fps : float
        Frames per second.
    pix_fmt : str
        One of `FORMATS`. YUV is BT.601 up to 576 lines, BT.709 above, and of narrow range.
    """

    live = False
    count: int | None = None
    path: Path | None = None

    def __init__(self, pipe: Pipe, size: tuple[int, int], fps: float, pix_fmt: str) -> None:
        check_size(NAME, size)
        self._shape = shape_of(pix_fmt, size)
        self.size, self._pix_fmt = size, pix_fmt
        self._fps = rate.checked(fps)
        self.rate: float | None = self._fps
        self._pipe, self._given = pipe, 0
        self._converter = RgbConverter()

    def read(self) -> Frame | None:
        """Return the next frame, or None after the last whole one."""
        pixels = np.zeros(self._shape, np.uint8)
        there = self._pipe.fill(pixels.data.cast("B"))
        if there < pixels.size:
            self._tell_rest(there, pixels.size)
            return None
        self._given += 1
        return Frame(self._rgb(pixels), (self._given - 1) / self._fps, self._given - 1)

    def close(self) -> None:
        """Do nothing: standard input is not ours to close."""

    def _rgb(self, pixels: UInt8) -> UInt8:
        if self._pix_fmt == "rgb24":
            return sealed(pixels)
        picture = av.VideoFrame.from_ndarray(pixels, format=self._pix_fmt)
        return sealed(self._converter.convert(picture))

    def _tell_rest(self, there: int, whole: int) -> None:
        rest = f"{NAME} ended within frame {self._given}, after {there} of its {whole} bytes"
        if there and not self._given:
            raise SourceError(f"{rest}; are --size and pix_fmt right?")
        if there:
            logger.warning("%s; it was left out. Are --size and pix_fmt right?", rest)


def shape_of(pix_fmt: str, size: tuple[int, int]) -> tuple[int, ...]:
    """Return the shape of the bytes of a frame of `size` (w, h) px."""
    if pix_fmt not in FORMATS:
        raise UsageError(f"pix_fmt={pix_fmt!r} is not known; there are {', '.join(FORMATS)}.")
    width, height = size
    across, down = _HALVED.get(pix_fmt, (1, 1))
    if width < 1 or height < 1 or width % across or height % down:
        raise UsageError(f"a frame of {pix_fmt} cannot be {width}x{height}; give an even --size.")
    if pix_fmt in ("yuv420p", "nv12"):
        return height * 3 // 2, width
    channels = _CHANNELS.get(pix_fmt)
    return (height, width, channels) if channels else (height, width)
