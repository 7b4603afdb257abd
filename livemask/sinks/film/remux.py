"""Turns a finished recording into a plain file, with the sound of its source.

Nothing is encoded again but sound that the new container cannot hold.
"""

import heapq
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from livemask.sinks.film.sound import Sound, Timed


def remux(recording: Path, target: Path, end: float, source: Path | None = None) -> None:
    """Copy the pictures of `recording` and the sound of `source` to a plain file.

    The first picture of the recording is taken for that of the source. Sound that starts
    before it keeps doing so.

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
    options = {} if suffix == ".mkv" else {"movflags": "faststart"}
    with ExitStack() as stack:
        film = stack.enter_context(av.open(f"file:{recording}"))
        out = stack.enter_context(av.open(f"file:{target}", "w", container_options=options))
        picture = out.add_stream_from_template(film.streams.video[0])
        sound = stack.enter_context(Sound(source, out, suffix)) if source else None
        delay = max(0.0, -sound.start) if sound else 0.0
        tracks = [_pictures(film, picture, delay)]
        if sound:
            tracks.append(sound.packets(delay, end))
        for _, packet in heapq.merge(*tracks, key=lambda timed: timed[0]):
            out.mux(packet)


def _pictures(film: InputContainer, copy: VideoStream, delay: float) -> Iterator[Timed]:
    """Yield the packets of the first picture, shown at `delay` s, and of all others."""
    shift = None
    for packet in film.demux(video=0):
        if packet.dts is None or packet.pts is None:
            continue  # the empty one at the end
        if shift is None:
            shift = round(delay / packet.time_base) - packet.pts
        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
        packet.stream = copy
        yield float(packet.dts * packet.time_base), packet
