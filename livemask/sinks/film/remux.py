"""Turns a finished recording into a plain file, with the sound of its source.

Nothing is encoded again but sound that the new container cannot hold.
"""

import heapq
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer

from livemask.sinks.film.fragments import MATROSKA
from livemask.sinks.film.sound import Sound, Timed


def remux(recording: Path, target: Path, end: float, source: Path | None = None) -> None:
    """Copy the pictures of `recording` and the sound of `source` to a plain file.

    Sound that `recording` has itself goes over as well. The first picture of the recording
    is taken for that of the source. Sound that starts before it keeps doing so.

    Parameters
    ----------
    recording, target : Path
        Films; the ending of `target` names its container.
    end : float
        When the last picture ends, s after the first.
    source : Path, optional
        The film whose sound is copied.

    Raises
    ------
    OSError
        If a file cannot be read or written.
    """
    suffix = target.suffix.lower()
    # The table of contents comes first, so that a film plays while it is being loaded.
    options = {} if suffix in MATROSKA else {"movflags": "faststart"}
    with ExitStack() as stack:
        film = stack.enter_context(av.open(f"file:{recording}"))
        out = stack.enter_context(av.open(f"file:{target}", "w", container_options=options))
        copies = {stream.index: _copy(stream, out, suffix) for stream in film.streams}
        sound = stack.enter_context(Sound(source, out, suffix)) if source else None
        delay = max(0.0, -sound.start) if sound else 0.0
        tracks = [_recorded(film, copies, delay)]
        if sound:
            tracks.append(sound.packets(delay, end))
        for _, packet in heapq.merge(*tracks, key=lambda timed: timed[0]):
            out.mux(packet)


def _copy(stream: Any, out: OutputContainer, suffix: str) -> Any:
    copy: Any = out.add_stream_from_template(stream, opaque=True)  # no encoder is opened
    if suffix not in MATROSKA:
        copy.codec_context.codec_tag = stream.codec_context.codec_tag
    if "alpha_mode" in stream.metadata:
        copy.metadata["alpha_mode"] = stream.metadata["alpha_mode"]  # WebM's word for opacity
    return copy


def _recorded(film: InputContainer, copies: dict[int, Any], delay: float) -> Iterator[Timed]:
    """Yield the packets of the first picture, shown at `delay` s, and of all else."""
    first = _first_picture(film)
    for packet in film.demux():
        if packet.dts is None or packet.pts is None:
            continue  # the empty one at the end
        shift = round((delay - first) / packet.time_base)
        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
        packet.stream = copies[packet.stream.index]
        yield float(packet.dts * packet.time_base), packet


def _first_picture(film: InputContainer) -> float:
    """Return when the first picture is shown, s, which sound may have put off a little."""
    first = next(film.demux(video=0))
    film.seek(0)
    return 0.0 if first.pts is None else float(first.pts * first.time_base)
