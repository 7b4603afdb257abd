"""Films, wherever they come from: every frame in order, upright, in its own colours and time."""

import logging
import math
import threading
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.format import Flags

from livemask.errors import SourceError
from livemask.records import Array, Frame, UInt8
from livemask.sources.colour import RgbConverter
from livemask.sources.film_clock import FilmClock
from livemask.sources.orientation import SIDEWAYS, of_display_matrix, of_tags, upright
from livemask.sources.pixels import check_size, resized, sealed

logger = logging.getLogger("livemask")

CONTAINERS = (
    "mov,matroska,avi,gif,apng,mpegts,mpeg,mpegvideo,m4v,h264,hevc,av1,obu,ivf,flv,ogg,asf,"
    "mjpeg,mxf,dv,nut,rm,yuv4mpegpipe"
)
"""What FFmpeg may take for a film: play lists would read others, some from the network."""

_ATTACHED_PICTURE = 0x400  # a cover in a sound file, not a film
_USUAL_PERIOD = 1 / 25
_FASTEST = 500.0  # a higher nominal rate is a time base, not a rate


def reason(error: Exception) -> str:
    """Return in a few words why FFmpeg did not open something."""
    if isinstance(error, av.ArgumentError):
        return "another kind of file"  # not among the formats that were allowed
    return str(getattr(error, "strerror", None) or error).lower()


class Film:
    """A container as a source. What is damaged is left out, with a warning at the end.

    Parameters
    ----------
    container : av.container.InputContainer
        Opened. The film owns it, and closes it if it cannot be read.
    name : object
        What messages call it.
    live : bool
        Whether it comes as it happens: then damage is not worth a warning, and the decoder
        holds no pictures back.

    Raises
    ------
    SourceError
        If no picture in it can be decoded.
    """

    path: Path | None = None

    def __init__(self, container: Any, name: object, live: bool = False) -> None:
        self.live = live
        self._name = name
        self._lock = threading.Lock()
        self._container = container
        try:
            self._start(_picture_stream(container, name))
        except BaseException:
            container.close()
            raise

    def _start(self, stream: Any) -> None:
        check_size(self._name, (stream.codec_context.width, stream.codec_context.height))
        stream.thread_type = "SLICE" if self.live else "AUTO"
        self._stream = stream
        self._damaged = self._given = 0
        self._stamp = 0.0
        self._pictures = self._decoded()
        self._waiting = next(self._pictures, None)
        if self._waiting is None:
            raise SourceError(f"no picture of {self._name} can be decoded; is it whole?")
        self.rate = _rate(stream)
        self.count = _count(stream, self.rate)
        self._clock = FilmClock(
            1 / self.rate if self.rate else _USUAL_PERIOD,
            restarts=bool(self._container.format.flags & Flags.ts_discont.value),
        )
        self._converter = RgbConverter()
        self._orientation = _orientation(self._waiting, stream)
        self.size = self._upright_size(self._waiting)

    def _upright_size(self, first: av.VideoFrame) -> tuple[int, int]:
        """Return the size with square pixels, after turning, px."""
        aspect = float(self._stream.codec_context.sample_aspect_ratio or Fraction(1))
        width = max(1, round(first.width * aspect)) if 0.2 < aspect < 5 else first.width
        return (first.height, width) if self._orientation in SIDEWAYS else (width, first.height)

    def read(self) -> Frame | None:
        """Return the next frame, or None after the last one."""
        with self._lock:
            picture = self._waiting or next(self._pictures, None)
            if picture is None:
                return None
            self._waiting = None
            stamp = picture.time if math.isfinite(picture.time or 0.0) else None
            self._stamp = stamp or self._stamp
            frame = Frame(self._image(picture), self._clock.time(stamp), self._given)
            self._given += 1
            return frame

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        with self._lock:
            self._waiting, self._pictures = None, iter(())
            self._container.close()

    def _image(self, picture: av.VideoFrame) -> UInt8:
        check_size(self._name, (picture.width, picture.height))  # it may change on the way
        image: Array = upright(self._converter.convert(picture), self._orientation)
        return sealed(resized(image, self.size))

    def _decoded(self) -> Iterator[av.VideoFrame]:
        """Decode packet by packet, so that a damaged one costs no more than its pictures."""
        for packet in self._packets():
            try:
                pictures = self._stream.decode(packet)
            except av.FFmpegError:
                self._damaged += 1
                continue
            self._damaged += sum(bool(picture.is_corrupt) for picture in pictures)
            yield from pictures
        if not self.live:
            self._tell_damage()

    def _packets(self) -> Iterator[Any]:
        try:
            yield from self._container.demux(self._stream)
        except av.FFmpegError:
            self._damaged += 1
            yield self._farewell()

    def _farewell(self) -> Any:
        """Return the packet that lets the decoder give the pictures that it holds back."""
        packet: Any = av.Packet()
        packet.stream, packet.time_base = self._stream, self._stream.time_base
        return packet

    def _tell_damage(self) -> None:
        """Warn if pictures are missing."""
        if self._given and (self._damaged or self._is_cut_short()):
            length = (self._container.duration or 0) / av.time_base
            logger.warning(
                "%s is damaged or cut short: it ends after %d frames, at %.1f s%s.",
                self._name,
                self._given,
                self._stamp,
                f" of {length:.1f} s" if length else "",
            )

    def _is_cut_short(self) -> bool:
        """Tell by the count, else by the length. Edit lists hide a few, sound may last longer."""
        named = int(self._stream.frames)
        if named:
            return self._given < named - max(2, named // 100)
        return self._stamp < 0.9 * (self._container.duration or 0) / av.time_base - 1


def _picture_stream(container: Any, name: object) -> Any:
    streams = [
        stream
        for stream in container.streams.video
        if stream.codec_context is not None and not int(stream.disposition) & _ATTACHED_PICTURE
    ]
    if not streams:
        raise SourceError(f"{name} holds no pictures that can be decoded; give a film.")
    return max(streams, key=lambda s: (s.codec_context.width or 0) * (s.codec_context.height or 0))


def _rate(stream: Any) -> float | None:
    rate = float(stream.average_rate or stream.guessed_rate or 0)
    return rate if 0 < rate <= _FASTEST else None


def _count(stream: Any, rate: float | None) -> int | None:
    """Return the number of frames that the file names, or an estimate from its length."""
    if stream.frames:
        return int(stream.frames)
    length = stream.container.duration
    return max(1, round(length / av.time_base * rate)) if length and rate else None


def _orientation(first: av.VideoFrame, stream: Any) -> int:
    matrix: Any = first.side_data.get("DISPLAYMATRIX")
    return of_tags(stream.metadata) if matrix is None else of_display_matrix(bytes(matrix))
