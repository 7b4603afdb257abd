"""Fragments: pictures and sound in a file that plays even if its writer is killed.

An mp4 normally has its table of contents at the end, so that half a file is none. Here it
is written in fragments of a quarter of a second, each with a table of its own (ISO/IEC
14496-12, 8.8: movie fragments); Matroska and WebM have clusters for that.
"""

import contextlib
import os
import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.video.frame import PictureType

from livemask.records import Float32
from livemask.sinks.film.coding import Coding, configure
from livemask.sinks.film.priority import ordinary_priority
from livemask.sinks.film.spoken import Spoken
from livemask.sinks.film.ticks import CLOCK

_BOXES = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "frag_duration": "250000"}
_CLUSTERS = {"cluster_time_limit": "250"}
MATROSKA = (".mkv", ".webm")

# Sound that stays away holds up the pictures on their way to the file for so long, us.
_PATIENCE = {"max_interleave_delta": "500000"}

FAILURES = (OSError, av.FFmpegError)
_LIMITED_RANGE, _BT601, _BT709 = 1, 6, 1  # ITU-T H.273


class Fragments:
    """Writes pictures to a fragmented file.

    Parameters
    ----------
    file : Path
        Ends in one of `coding.ENDINGS`.
    size : (int, int)
        Width and height, even, px.
    rate : float
        About how many pictures come in a second; their true times go with them.
    coding : Coding
    channels : int
        Of the sound that comes with them; 0 if none does.

    Raises
    ------
    OSError, av.FFmpegError
        From all methods but `abandon`, if the file cannot be written.
    """

    def __init__(
        self, file: Path, size: tuple[int, int], rate: float, coding: Coding, channels: int = 0
    ) -> None:
        self.file, self.coding = file, coding
        suffix = file.suffix.lower()
        kind = _CLUSTERS if suffix in MATROSKA else _BOXES
        options = {"flush_packets": "1", **_PATIENCE, **kind}
        self._container = av.open(f"file:{file}", "w", container_options=options)
        self._lasting: dict[int, int] = {}
        stream = self._container.add_stream(
            coding.encoder, rate=Fraction(rate).limit_denominator(1001), pix_fmt=coding.pixels
        )
        self._stream = _prepared(stream, coding, size, rate)
        self._spoken = Spoken(self._container, suffix, channels) if channels else None
        self._start()

    def write(self, frame: av.VideoFrame, ticks: int, duration: int, key: bool) -> None:
        """Write a picture that starts at `ticks` and lasts `duration`, in 1 / CLOCK s.

        `frame` is made by `planes.as_stored`. A `key` picture needs none before it.
        """
        frame.pts, frame.time_base = ticks, Fraction(1, CLOCK)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        self._lasting[ticks] = duration
        self._mux(self._stream.encode(frame))

    def speak(self, samples: Float32) -> None:
        """Write the sound that comes next, (n, channels) float32 at `spoken.RATE`, -1 to 1."""
        if self._spoken is not None:
            self._container.mux(self._spoken.packets(samples))

    def close(self) -> None:
        """Finish and close the file."""
        self._mux(self._stream.encode(None))  # nothing, if nothing is held back
        if self._spoken is not None:
            self._container.mux(self._spoken.packets(None))
        self._container.close()

    def abandon(self) -> bool:
        """Close a file that cannot be written any more; return whether something plays."""
        self._close_whatever_comes()
        if self.file.suffix.lower() not in MATROSKA:  # which may end anywhere
            _cut_to_whole_boxes(self.file)
        return plays(self.file)

    def _mux(self, packets: list[Any]) -> None:
        for packet in packets:
            packet.duration = self._lasting.pop(packet.pts or 0, 0)
            self._container.mux(packet)

    def _start(self) -> None:
        try:
            with ordinary_priority():
                self._container.start_encoding()
        except FAILURES:
            self._close_whatever_comes()
            if self.file.exists() and self.file.stat().st_size == 0:  # made just now
                self.file.unlink()
            raise

    def _close_whatever_comes(self) -> None:
        with contextlib.suppress(*FAILURES):  # the one that brought us here comes again
            self._container.close()


def _prepared(stream: Any, coding: Coding, size: tuple[int, int], rate: float) -> Any:
    stream.width, stream.height = size
    context = stream.codec_context
    context.time_base = Fraction(1, CLOCK)
    configure(context, coding)
    # Key pictures come by time, not by number, where an encoder makes them when told to.
    context.gop_size = round(rate) if coding.hardware else 1_000_000
    context.color_range, context.colorspace = _LIMITED_RANGE, _BT601
    context.color_primaries = context.color_trc = _BT709
    os.environ.setdefault("SVT_LOG", "1")  # else SVT-AV1 prints its settings
    return stream


def plays(file: Path) -> bool:
    """Return whether a film has at least one picture."""
    try:
        with av.open(f"file:{file}") as container:
            return any(True for _ in container.decode(video=0))
    except (av.FFmpegError, IndexError):  # not a film; a film without a picture
        return False


def _cut_to_whole_boxes(file: Path) -> None:
    """Cut off a last fragment that is not whole, at which decoders stumble."""
    with file.open("r+b") as stream:
        size, whole = file.stat().st_size, 0
        while header := stream.read(8):
            length, kind = struct.unpack(">I4s", header) if len(header) == 8 else (size, b"")
            following = stream.tell() - 8 + length
            if length < 8 or following > size:
                break
            if kind != b"moof":  # a moof is nothing without its mdat
                whole = following
            stream.seek(following)
        stream.truncate(whole)
