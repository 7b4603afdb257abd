"""Spoken: the sound that is recorded with the pictures, encoded as it comes."""

from fractions import Fraction
from typing import Any

import av
import numpy as np

from livemask.records import Float32

RATE = 48_000
"""Samples in a second."""

_CODECS = {".webm": "libopus", ".mkv": "libopus"}


class Spoken:
    """A sound track that is written while it is heard: AAC, in Matroska and WebM Opus.

    Parameters
    ----------
    out : av.container.OutputContainer
        Where the track is added; must not have been written to yet.
    suffix : str
        The ending of `out`.
    channels : int
        1 or 2.
    """

    def __init__(self, out: Any, suffix: str, channels: int) -> None:
        self._layout = "stereo" if channels == 2 else "mono"
        codec = _CODECS.get(suffix, "aac")
        self._stream = out.add_stream(codec, rate=RATE, layout=self._layout)
        form = self._stream.codec_context.format
        self._resampler = av.AudioResampler(form, self._layout, RATE)
        # AAC puts a packet of nothing before the first sample, which would put off the pictures.
        self._keeps_lead = codec != "aac"
        self._written = 0

    def packets(self, samples: Float32 | None) -> list[Any]:
        """Return what is to be written of `samples` (n, channels) float32; None is the end."""
        if samples is None:
            rest = [p for f in self._resampler.resample(None) for p in self._stream.encode(f)]
            return rest + self._stream.encode(None)
        return [p for p in self._encoded(samples) if p.pts >= 0 or self._keeps_lead]

    def _encoded(self, samples: Float32) -> list[Any]:
        flat = np.ascontiguousarray(samples, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(flat, format="flt", layout=self._layout)
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        frame.pts, self._written = self._written, self._written + samples.shape[0]
        made = self._resampler.resample(frame)
        return [packet for piece in made for packet in self._stream.encode(piece)]
