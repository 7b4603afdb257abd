"""Fragments: H.264 in a file that plays even if its writer is killed.

An mp4 normally has its table of contents at the end, so that half a file is none. Here it
is written in fragments of a quarter of a second, each with a table of its own (ISO/IEC
14496-12, 8.8: movie fragments); Matroska has clusters for that.
"""

import contextlib
import struct
from fractions import Fraction
from pathlib import Path

import av
from av.video.frame import PictureType

from livemask.errors import SinkError
from livemask.records import UInt8

CLOCK = 90_000  # ticks in a second, as in MPEG: whole for 24, 25, 30, 50 and 60 Hz

_MP4 = {"movflags": "frag_keyframe+empty_moov+default_base_moof", "frag_duration": "250000"}
CONTAINERS = {".mp4": _MP4, ".mov": _MP4, ".mkv": {"cluster_time_limit": "250"}}

# Measured on 720p of a talking head, two cores: 3.7 ms a picture, 2.1 Mbit/s, 50.6 dB;
# `ultrafast` takes 2.6 ms and 3.3 Mbit/s for that, `veryfast` 7.0 ms and 1.8 Mbit/s.
# Without latency no picture is held back: a kill loses none, and, as the pictures are
# stored in the order in which they are shown, their times survive every container.
CODEC = {"preset": "superfast", "tune": "zerolatency", "crf": "20", "forced-idr": "1"}

_FAILURES = (OSError, av.FFmpegError)
_LIMITED_RANGE, _BT601, _BT709 = 1, 6, 1  # ITU-T H.273


class Fragments:
    """Writes pictures to a fragmented file.

    Parameters
    ----------
    file : Path
        Ends in one of `CONTAINERS`.
    size : (int, int)
        Width and height, even, px.
    rate : float
        About how many pictures come in a second; their true times go with them.

    Raises
    ------
    OSError, av.FFmpegError
        From all methods but `abandon`, if the file cannot be written.
    """

    def __init__(self, file: Path, size: tuple[int, int], rate: float) -> None:
        self.file = file
        options = {"flush_packets": "1", **CONTAINERS[file.suffix.lower()]}
        self._container = av.open(f"file:{file}", "w", container_options=options)
        self._stream = self._container.add_stream(
            "libx264", rate=Fraction(rate).limit_denominator(1001), pix_fmt="yuv420p"
        )
        self._stream.width, self._stream.height = size
        codec = self._stream.codec_context
        codec.time_base = Fraction(1, CLOCK)
        codec.options = dict(CODEC)
        codec.thread_count = 2  # always: the bytes depend on it
        codec.gop_size = 1_000_000  # key frames come by time, not by number
        codec.color_range, codec.colorspace = _LIMITED_RANGE, _BT601
        codec.color_primaries = codec.color_trc = _BT709
        self._start()

    def write(self, planes: UInt8, ticks: int, duration: int, key: bool) -> None:
        """Write a picture that starts at `ticks` and lasts `duration`, in 1 / CLOCK s.

        `planes` (3 h / 2, w) uint8 are those of `yuv.i420`. A `key` picture needs none
        before it.
        """
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts, frame.time_base = ticks, Fraction(1, CLOCK)
        frame.pict_type = PictureType.I if key else PictureType.NONE
        for packet in self._stream.encode(frame):
            packet.duration = duration
            self._container.mux(packet)

    def close(self) -> None:
        """Finish and close the file."""
        self._container.mux(self._stream.encode(None))  # nothing, as nothing is held back
        self._container.close()

    def abandon(self) -> bool:
        """Close a file that cannot be written any more; return whether something plays."""
        self._close_whatever_comes()
        if self.file.suffix.lower() != ".mkv":  # Matroska may end anywhere
            _cut_to_whole_boxes(self.file)
        return plays(self.file)

    def _start(self) -> None:
        try:
            self._container.start_encoding()
        except _FAILURES:
            self._close_whatever_comes()
            if self.file.exists() and self.file.stat().st_size == 0:  # made just now
                self.file.unlink()
            raise

    def _close_whatever_comes(self) -> None:
        with contextlib.suppress(*_FAILURES):  # the one that brought us here comes again
            self._container.close()


def plays(file: Path) -> bool:
    """Return whether a film has at least one picture."""
    try:
        with av.open(f"file:{file}") as container:
            return any(True for _ in container.decode(video=0))
    except (av.FFmpegError, IndexError):  # not a film; a film without a picture
        return False


def check_codec() -> None:
    """Raise a `SinkError` if this build of FFmpeg has no H.264 encoder."""
    try:
        av.Codec("libx264", "w")
    except ValueError as error:
        raise SinkError(
            "this build of PyAV has no libx264, so no film can be recorded; "
            'install the official one: pip install --force-reinstall "av>=14".'
        ) from error


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
