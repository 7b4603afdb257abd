"""Sound: the sound tracks of a film, on their way into another one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import av
from av.audio.resampler import AudioResampler
from av.container import InputContainer, OutputContainer

# What players play; that FFmpeg writes more into mp4 helps nobody.
_HELD = {
    ".mp4": {"aac", "mp3", "ac3", "eac3", "alac", "opus", "flac"},
    ".mov": {"aac", "mp3", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s16be", "pcm_s24le"},
    ".webm": {"opus", "vorbis"},
}
_AAC_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000)
_AAC_FRAME, _OPUS_FRAME = 1024, 960  # samples
_OPUS_RATE = 48_000

Packet = Any  # av.Packet, whose types do not know that `pts` may be set
Timed = tuple[float, Packet]  # its time, s


class Sound:
    """The sound tracks of a film, copied packet by packet.

    What the new container cannot hold is turned into AAC, for WebM into Opus.

    Parameters
    ----------
    source : Path
        The film.
    out : OutputContainer
        Where its tracks are added; must not have been written to yet.
    suffix : str
        The ending of `out`, which tells what it can hold.

    Attributes
    ----------
    start : float
        When the sound begins, s after the first picture of the film; 0 without sound.
    """

    def __init__(self, source: Path, out: OutputContainer, suffix: str) -> None:
        self._film: InputContainer = av.open(f"file:{source}")
        held = _HELD.get(suffix, out.supported_codecs)
        self._tracks: dict[int, _Copied | _Encoded] = {
            stream.index: _Copied(stream, out)
            if stream.codec.canonical_name in held
            else _Encoded(stream, out, opus=suffix == ".webm")
            for stream in self._film.streams.audio
        }
        self._first_picture = _first_picture(source) if self._tracks else 0.0
        starts = [_seconds(s.start_time, s.time_base) for s in self._film.streams.audio]
        self.start = min(starts) - self._first_picture if starts else 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._film.close()

    def packets(self, delay: float, end: float) -> Iterator[Timed]:
        """Yield the sound, `delay` s later than the first picture of the film.

        It ends with the pictures, `end` s after the first one, if the film has more of
        them; but if all have been shown, what sounds after the last is kept.
        """
        late: list[Packet] = []  # after the last picture
        more_to_see = False
        for time, packet in self._demux():
            if packet.stream.index not in self._tracks:
                more_to_see = more_to_see or time >= end
            elif time < end:
                yield from self._feed(packet, delay)
            else:
                late.append(packet)
            if more_to_see and {p.stream.index for p in late} == self._tracks.keys():
                break
        for packet in () if more_to_see else late:
            yield from self._feed(packet, delay)
        for track in self._tracks.values():
            yield from map(_timed, track.feed(None))

    def _feed(self, packet: Packet, delay: float) -> Iterator[Timed]:
        shift = round((delay - self._first_picture) / packet.time_base)
        packet.pts += shift
        packet.dts = packet.pts  # sound is played in the order in which it is stored
        yield from map(_timed, self._tracks[packet.stream.index].feed(packet))

    def _demux(self) -> Iterator[Timed]:
        """Yield all packets with their times after the first picture, s."""
        streams = [self._film.streams.video[0], *self._film.streams.audio]
        for packet in self._film.demux(streams):
            ticks = packet.pts if packet.pts is not None else packet.dts
            if ticks is not None:  # the last packet of each stream is an empty one
                packet.pts = ticks
                yield _seconds(ticks, packet.time_base) - self._first_picture, packet


class _Copied:
    """A track that goes over as it is."""

    def __init__(self, stream: av.AudioStream, out: OutputContainer) -> None:
        self._stream = out.add_stream_from_template(stream)

    def feed(self, packet: Packet | None) -> list[Packet]:
        if packet is None:
            return []
        packet.stream = self._stream
        return [packet]


class _Encoded:
    """A track that is turned into AAC or Opus."""

    def __init__(self, stream: av.AudioStream, out: OutputContainer, opus: bool) -> None:
        rate = min(_AAC_RATES, key=lambda r: (r < stream.rate, abs(r - stream.rate)))
        layout = _layout(stream)
        stream.codec_context.layout = layout
        if opus:
            self._stream = out.add_stream("libopus", rate=_OPUS_RATE, layout=layout)
            self._resampler = AudioResampler("flt", layout, _OPUS_RATE, _OPUS_FRAME)
        else:
            self._stream = out.add_stream("aac", rate=rate, layout=layout)
            self._resampler = AudioResampler("fltp", layout, rate, _AAC_FRAME)

    def feed(self, packet: Packet | None) -> list[Packet]:
        decoded = packet.decode() if packet is not None else [None]
        pieces = [piece for frame in decoded for piece in self._resampler.resample(frame)]
        packets = [out for piece in pieces for out in self._stream.encode(piece)]
        return packets + (self._stream.encode(None) if packet is None else [])


def _layout(stream: av.AudioStream) -> str:
    """Return what its channels are; plain PCM only says how many there are."""
    usual = {1: "mono", 2: "stereo", 3: "2.1", 4: "quad", 5: "5.0", 6: "5.1", 7: "6.1", 8: "7.1"}
    name = stream.layout.name
    return usual[stream.layout.nb_channels] if name.endswith("channels") else name


def _timed(packet: Packet) -> Timed:
    return float(packet.pts * packet.time_base), packet


def _seconds(ticks: int | None, base: Any) -> float:
    return float((ticks or 0) * base)


def _first_picture(film: Path) -> float:
    """Return when the first picture of a film is shown, s, on the clock of its packets."""
    with av.open(f"file:{film}") as container:
        return next((frame.time for frame in container.decode(video=0)), None) or 0.0
