"""Makes and reads the films of these tests: a flash in the picture, a click in the sound."""

import struct
from fractions import Fraction

import av
import numpy as np

from livemask.records import Frame, Output
from livemask.sinks.recorder import create

RATE = 25
FLASHES = (12, 37, 62)  # frames at 0.48 s, 1.48 s, 2.48 s


def output(image, time=0.0, index=0, fits=(), model=None):
    """Return what the renderer hands to a sink."""
    frame = Frame(np.zeros((2, 2, 3), np.uint8) if image is None else image, time, index)
    return Output(image, frame, fits, model, time)


def picture(colour, size=(64, 48)):
    """Return an image of one colour."""
    return np.full((size[1], size[0], 3), colour, np.uint8)


def make_film(path, codec="aac", seconds=3.0, picture_start=0.0, sound_start=0.0, sound=None):
    """Write a film that flashes and clicks every second, at 0.48 s after its first picture.

    `sound` is how long it sounds, s; as long as the pictures if left out.
    """
    with av.open(str(path), "w") as film:
        video = film.add_stream("libx264", rate=RATE, pix_fmt="yuv420p", width=64, height=48)
        video.codec_context.time_base = Fraction(1, 90000)
        if path.suffix == ".avi":  # it cannot say in which order pictures are shown
            video.codec_context.options = {"bf": "0"}
        audio = film.add_stream(codec, rate=48000, layout="mono") if codec else None
        for i in range(round(seconds * RATE)):
            frame = av.VideoFrame.from_ndarray(
                picture(235 if i in FLASHES else 40), format="rgb24"
            ).reformat(format="yuv420p")
            frame.pts = round((i / RATE + picture_start) * 90000)
            frame.time_base = Fraction(1, 90000)
            film.mux(video.encode(frame))
        film.mux(video.encode())
        if audio:
            clicks = _clicks(seconds if sound is None else sound, sound_start - picture_start)
            _encode(film, audio, clicks, sound_start)


def _clicks(seconds, start):
    """Return samples of which the first sounds `start` s after the first picture."""
    t = np.arange(round(seconds * 48000)) / 48000 + start
    on = (t % 1.0 >= 0.48) & (t % 1.0 < 0.52)
    return np.where(on, 0.8 * np.sin(2 * np.pi * 1000 * t), 0.0)


def _encode(film, stream, samples, start):
    form = stream.codec_context.format.name
    loudest, kind = {"s16": (2**15 - 1, np.int16), "s32p": (2**31 - 1, np.int32)}.get(
        form, (1.0, np.float32)
    )
    for at in range(0, samples.size, 960):
        piece = (samples[None, at : at + 960] * loudest).astype(kind)
        frame = av.AudioFrame.from_ndarray(piece, format=form, layout="mono")
        frame.sample_rate, frame.time_base = 48000, Fraction(1, 48000)
        frame.pts = at + round(start * 48000)
        film.mux(stream.encode(frame))
    film.mux(stream.encode())


def play(path, sink, frames=None):
    """Send the pictures of a film to a sink."""
    with av.open(str(path)) as film:
        for i, frame in enumerate(film.decode(video=0)):
            if i == frames:
                break
            sink.send(output(frame.to_ndarray(format="rgb24"), frame.time, i))


def read(path):
    """Return times (n,) s and pictures (n, h, w, 3) of a film."""
    with av.open(str(path)) as film:
        decoded = [(f.time, f.to_ndarray(format="rgb24")) for f in film.decode(video=0)]
    return np.array([time for time, _ in decoded]), np.array([image for _, image in decoded])


def flashes(path):
    """Return when a film flashes, s."""
    times, images = read(path)
    return times[images.mean((1, 2, 3)) > 150]


def clicks(path):
    """Return when a film begins to click, s."""
    loud = []
    with av.open(str(path)) as film:
        resampler = av.AudioResampler("flt", "mono")
        for frame in film.decode(audio=0):
            for piece in resampler.resample(frame):
                samples = np.abs(piece.to_ndarray()[0])
                loud.extend(frame.time + np.flatnonzero(samples > 0.2) / frame.sample_rate)
    times = np.array(loud)
    return times[np.r_[True, np.diff(times) > 0.2]]


def sound_length(path):
    """Return when the sound of a film ends, s."""
    with av.open(str(path)) as film:
        frames = list(film.decode(audio=0))
    return frames[-1].time + frames[-1].samples / frames[-1].sample_rate


def codec(path, kind):
    """Return the name of the codec of the first stream of a kind."""
    with av.open(str(path)) as film:
        return next(s.codec.canonical_name for s in film.streams if s.type == kind)


def length(path):
    """Return how long a film lasts, s."""
    with av.open(str(path)) as film:
        return film.duration / 1e6


def record(path, times, size=(64, 48), colour=90, **options):
    """Record pictures of one colour."""
    recorder = create(path, **options)
    for i, time in enumerate(times):
        recorder.send(output(picture(colour, size), time, i))
    recorder.close()


def boxes(path):
    """Return the kinds of the outermost boxes of an mp4."""
    data, at, kinds = path.read_bytes(), 0, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        kinds.append(kind.decode())
        at += length
    assert at == len(data)
    return kinds
