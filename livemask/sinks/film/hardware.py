"""Encoders in hardware: those of the graphics card that truly encode, told by trying them."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.codec.codec import UnknownCodecError

from livemask.records import UInt8
from livemask.sinks.film.coding import Coding, configure
from livemask.sinks.film.planes import as_stored
from livemask.sinks.film.priority import ordinary_priority
from livemask.sinks.film.ticks import CLOCK

_MAKERS = ("nvenc", "qsv", "videotoolbox", "amf", "mf", "vaapi", "v4l2m2m")
_NAMES = {"h264": "h264", "h265": "hevc", "av1": "av1", "vp9": "vp9"}
_DECODERS = {"h265": "hevc", "av1": "libdav1d"}  # FFmpeg's own of AV1 needs a graphics card

_SIZE, _PICTURES, _RATE = (640, 360), 5, 30
_FAR = 12.0  # levels of 255 by which a picture may differ in the mean

Fault = Callable[[Coding], str]
"""Tells why a coding does not work; empty if it does."""


def in_hardware(codec: str, quality: float, fault: Fault | None = None) -> Coding | None:
    """Return how the graphics card encodes a codec; None if it does not.

    Parameters
    ----------
    codec : str
        One of `coding.CODECS`.
    quality : float
        0 to 100.
    fault : function, optional
        Tries each; the one of this module unless given.
    """
    tried = fault or fault_of
    return next((c for c in candidates(codec, quality) if not tried(c)), None)


def candidates(codec: str, quality: float) -> list[Coding]:
    """Return what might encode a codec in hardware on one machine or another, best first."""
    if codec not in _NAMES:
        return []
    tag = "hvc1" if codec == "h265" else ""
    made = []
    for maker in _MAKERS:
        name = f"{_NAMES[codec]}_{maker}"
        made.append(
            Coding(codec, name, _pixels(name), _options(maker, quality), tag=tag, hardware=True)
        )
    return made


def fault_of(coding: Coding) -> str:
    """Return why an encoder is of no use here; empty if it encodes a few pictures rightly.

    They are decoded again: some drivers open and then give green, or in another order.
    """
    pictures = [_drawn(number) for number in range(_PICTURES)]
    try:
        packets, extra = _encoded(coding, pictures)
        shown = _decoded(coding, packets, extra)
    except UnknownCodecError:
        return "not in this PyAV"
    except (av.FFmpegError, ValueError, OSError) as error:
        return f"does not open ({getattr(error, 'strerror', None) or error})"
    if len(shown) != len(pictures):
        return f"gives {len(shown)} of {len(pictures)} pictures"
    if [p.pts for p in packets] != sorted(p.dts for p in packets):
        return "gives pictures in another order than they are shown"
    apart = max(float(np.abs(a - b).mean()) for a, b in zip(shown, pictures, strict=True))
    return f"changes the picture by {apart:.0f} levels" if apart > _FAR else ""


def _encoded(coding: Coding, pictures: list[Any]) -> tuple[list[Any], Any]:
    context: Any = av.CodecContext.create(coding.encoder, "w")
    context.width, context.height = _SIZE
    context.pix_fmt = coding.pixels
    context.time_base, context.framerate = Fraction(1, CLOCK), Fraction(_RATE)
    configure(context, coding)
    packets = []
    for number, picture in enumerate(pictures):
        frame = as_stored(np.asarray(picture, np.uint8), coding.pixels)
        frame.pts, frame.time_base = number * CLOCK // _RATE, Fraction(1, CLOCK)
        with ordinary_priority():  # the first opens the encoder
            packets += context.encode(frame)
    return packets + context.encode(None), context.extradata


def _decoded(coding: Coding, packets: list[Any], extra: Any) -> list[Any]:
    decoder: Any = av.CodecContext.create(_DECODERS.get(coding.codec, coding.codec), "r")
    decoder.extradata = extra
    frames = [frame for packet in packets for frame in decoder.decode(packet)]
    frames += decoder.decode(None)
    return [frame.to_ndarray(format="rgb24").astype(float) for frame in frames]


def _drawn(number: int) -> Any:
    """Return a picture of soft colours that move, (h, w, 3)."""
    y, x = np.mgrid[0 : _SIZE[1], 0 : _SIZE[0]]
    waves = [np.sin((x + 8 * number) / 60), np.cos(y / 50), np.sin((x + y) / 90)]
    image: UInt8 = (128 + 90 * np.stack(waves, -1)).astype(np.uint8)
    return image.astype(float)


def _pixels(name: str) -> str:
    """Return the format that an encoder takes, of the two that can be made quickly."""
    try:
        taken = [form.name for form in av.Codec(name, "w").video_formats or ()]
    except ValueError:
        taken = []
    return "nv12" if "nv12" in taken and "yuv420p" not in taken else "yuv420p"


def _options(maker: str, quality: float) -> dict[str, str]:
    """Return what makes an encoder hold nothing back, and how good it is to be.

    Their scales are those of FFmpeg's manual; none was compared with libx264's.
    """
    parameter = str(round(40.0 - 0.3 * quality))  # a quantiser, as of H.264: 0 to 51
    share = str(round(max(1.0, quality)))
    return {
        "nvenc": {"preset": "p4", "tune": "ll", "rc": "vbr", "cq": parameter, "b": "0"}
        | {"zerolatency": "1", "delay": "0", "forced-idr": "1"},
        "qsv": {"preset": "veryfast", "global_quality": parameter, "async_depth": "1"}
        | {"forced_idr": "1"},
        "videotoolbox": {"realtime": "1", "global_quality": str(round(118 * max(1.0, quality)))}
        | {"flags": "+qscale"},
        "amf": {"usage": "lowlatency", "rc": "cqp", "qp_i": parameter, "qp_p": parameter}
        | {"forced_idr": "1"},
        "mf": {"rate_control": "quality", "quality": share, "hw_encoding": "1"},
        "vaapi": {"rc_mode": "CQP", "qp": parameter, "async_depth": "1"},
        "v4l2m2m": {"b": str(round(80_000 * max(10.0, quality)))},
    }[maker]
