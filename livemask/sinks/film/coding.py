"""Codings: which encoder makes a film, and what it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from livemask.errors import SinkError, UsageError

ENDINGS = {
    ".mp4": ("h264", "h265", "av1", "vp9"),
    ".mov": ("h264", "h265", "prores"),
    ".mkv": ("h264", "h265", "av1", "vp9", "prores"),
    ".webm": ("vp9", "av1"),
}
"""Containers by the ending of the file, and the codecs that are usual there, the first most so."""

CODECS = ("h264", "h265", "vp9", "av1", "prores")

_TRANSPARENT = {".webm": "vp9", ".mov": "prores"}


@dataclass(frozen=True, slots=True)
class Coding:
    """How pictures are encoded.

    Attributes
    ----------
    codec : str
        One of `CODECS`.
    encoder : str
        FFmpeg's name of what encodes.
    pixels : str
        FFmpeg's name of the format that it takes.
    options : dict
        FFmpeg's names and values.
    threads : int
        0: as many as it likes.
    tag : str
        What containers are told the codec is called, where FFmpeg's choice is another.
    hardware : bool
        Whether the graphics card encodes.
    """

    codec: str
    encoder: str
    pixels: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)
    threads: int = 2
    tag: str = ""
    hardware: bool = False


_OPACITY: dict[str, Any] = {
    "vp9": {"pixels": "yuva420p"},
    "prores": {"pixels": "yuva444p10le", "tag": "ap4h"},  # ProRes 4444
}


def h264(quality: float) -> Coding:
    """Return H.264 by libx264.

    Measured on 720p of a talking head, two cores: 3.7 ms a picture, 2.1 Mbit/s, 50.6 dB at
    `high`; `ultrafast` takes 2.6 ms and 3.3 Mbit/s for that, `veryfast` 7.0 ms and 1.8 Mbit/s.
    Without latency no picture is held back: a kill loses none, and, as the pictures are
    stored in the order in which they are shown, their times survive every container.
    """
    options = {"preset": "superfast", "tune": "zerolatency", "forced-idr": "1"}
    # Two threads, always: the bytes depend on it.
    return Coding("h264", "libx264", options={**options, "crf": _rate(quality, 40.0, 0.3)})


def h265(quality: float) -> Coding:
    """Return H.265 by libx265. Apple's programs know it by the name `hvc1` only."""
    quiet = {"x265-params": "log-level=none"}
    options = {"preset": "ultrafast", "tune": "zerolatency", "forced-idr": "1", **quiet}
    options["crf"] = _rate(quality, 38.0, 0.3)
    return Coding("h265", "libx265", options=options, tag="hvc1")


def vp9(quality: float) -> Coding:
    """Return VP9 by libvpx, as for calls: nothing is held back."""
    options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "row-mt": "1"}
    # Pictures that are never shown would not fit with their opacity, which is coded apart.
    options |= {"auto-alt-ref": "0", "b": "0", "crf": _rate(quality, 48.0, 0.42)}
    return Coding("vp9", "libvpx-vp9", options=options)


def av1(quality: float) -> Coding:
    """Return AV1 by SVT-AV1 with low delay."""
    options = {"preset": "12", "svtav1-params": "pred-struct=1:lookahead=0"}
    return Coding("av1", "libsvtav1", options={**options, "crf": _rate(quality, 50.0, 0.45)})


def prores(_: float) -> Coding:
    """Return ProRes 422, which has one quality: for cutting."""
    # A fifth of the time of `prores_ks`, 40 ms for a 720p picture on two busy cores.
    return Coding("prores", "prores_aw", "yuv422p10le", threads=0, tag="apcn")


_BY: dict[str, Callable[[float], Coding]] = {
    "h264": h264,
    "h265": h265,
    "vp9": vp9,
    "av1": av1,
    "prores": prores,
}


def coding(ending: str, codec: str = "auto", quality: float = 67.0, alpha: bool = False) -> Coding:
    """Return how a film of a file's ending is encoded by the processor.

    Parameters
    ----------
    ending : str
        One of `ENDINGS`.
    codec : str
        One of `CODECS`; `auto` for the usual one.
    quality : float
        0 to 100.
    alpha : bool
        Whether opacity is kept, where `carries_alpha`.

    Raises
    ------
    UsageError
        If such a file does not hold the codec.
    SinkError
        If this build of PyAV cannot encode it.
    """
    refuse(ending, codec)
    held = ENDINGS[ending]
    kept = alpha and carries_alpha(ending, codec)
    name = (_TRANSPARENT[ending] if kept else held[0]) if codec == "auto" else codec
    found = _BY[name](quality)
    if kept:
        found = replace(found, **_OPACITY[name])
    check(found)
    return found


def refuse(ending: str, codec: str) -> None:
    """Raise a `UsageError` if a film of this ending does not hold the codec."""
    held = ENDINGS.get(ending, CODECS)
    if codec not in ("auto", *held):
        raise UsageError(f"{ending} does not hold {codec}; it takes {', '.join(held)}.")


def carries_alpha(ending: str, codec: str = "auto") -> bool:
    """Return whether a film of this ending and codec can be transparent."""
    return ending in _TRANSPARENT and codec in ("auto", _TRANSPARENT[ending])


def check(found: Coding) -> None:
    """Raise a `SinkError` if this build of PyAV has not the encoder."""
    import av

    try:
        av.Codec(found.encoder, "w")
    except ValueError as error:
        raise SinkError(
            f"this build of PyAV has no {found.encoder}, so no {found.codec} can be recorded; "
            "install the newest official one: pip install --upgrade --force-reinstall av."
        ) from error


def configure(context: Any, found: Coding) -> None:
    """Tell an encoder that is not open yet what `found` says."""
    context.options = dict(found.options)
    context.thread_count = found.threads
    context.max_b_frames = 0
    if found.tag:
        context.codec_tag = found.tag


def _rate(quality: float, worst: float, step: float) -> str:
    """Return the constant rate factor, which falls as the quality grows."""
    return str(round(worst - step * quality))
