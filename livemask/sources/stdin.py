"""Standard input: raw frames, or a film that needs no seeking (y4m, Matroska, MPEG-TS...)."""

import sys
import threading
from typing import Any

import av

from livemask.errors import SourceError, UsageError
from livemask.sources import rate
from livemask.sources.ahead import ReadAhead
from livemask.sources.contract import Source
from livemask.sources.film import CONTAINERS, Film, reason
from livemask.sources.pipe import NAME, Pipe
from livemask.sources.pixels import check_size
from livemask.sources.raw import RawFrames, shape_of

_Y4M = b"YUV4MPEG2 "
_RAW = "rgb24"


def create(
    pix_fmt: str | None = None, size: tuple[int, int] | None = None, fps: float | None = None
) -> Source:
    """Read standard input, in order; what writes into it waits.

    Parameters
    ----------
    pix_fmt : str, optional
        Of raw frames: rgb24 (if left out), bgr24, rgba, bgra, gray, yuv420p, nv12, yuyv422.
    size : (int, int), optional
        Of raw frames, px. Without it, what comes must tell itself what it is.
    fps : float, optional
        Of raw frames, per second.
    """
    if sys.stdin is None:  # its number may by now belong to another file
        raise SourceError(f"{NAME} is closed; pipe something into livemask.")
    return opened(Pipe(), pix_fmt, size, fps)


def opened(
    pipe: Pipe, pix_fmt: str | None, size: tuple[int, int] | None, fps: float | None
) -> Source:
    """Return the frames of a pipe; see `create`."""
    if size is None and fps is None and pix_fmt is None:
        return ReadAhead(lambda _: _film(pipe), NAME)
    if size is None or fps is None:
        missing = " and ".join(["--size WxH"] * (size is None) + ["--fps N"] * (fps is None))
        raise UsageError(
            f"raw frames on {NAME} do not tell how they are: add {missing}. "
            "A film that tells it, such as y4m or Matroska, needs neither these nor pix_fmt."
        )
    check_size(NAME, size)
    shape_of(pix_fmt or _RAW, size)
    rate.checked(fps)

    def make(_: threading.Event) -> Source:
        head = pipe.peek(len(_Y4M))
        raw = head and head != _Y4M
        return RawFrames(pipe, size, fps, pix_fmt or _RAW) if raw else _film(pipe)

    return ReadAhead(make, NAME)


def _film(pipe: Pipe) -> Film:
    if not pipe.peek(1):
        raise SourceError(f"{NAME} is empty; did the program that writes into it fail?")
    options = {"format_whitelist": CONTAINERS, "protocol_whitelist": ""}
    try:
        container: Any = av.open(pipe, options=options, metadata_errors="replace")
    except (av.FFmpegError, OSError) as error:
        raise SourceError(
            f"{NAME} cannot be read as a film ({reason(error)}). Send y4m, Matroska or MPEG-TS "
            "(an mp4 must be read from its file), or raw frames with --size WxH and --fps N."
        ) from error
    return Film(container, NAME)
