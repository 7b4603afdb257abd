"""In step: the sound of a microphone on the clock of the pictures.

A sound card counts its samples by a clock of its own, which is some hundredths of a percent
off: after an hour the voice would be a second late. When each piece came tells how fast that
clock runs; FFmpeg's resampler stretches the sound by as much.
"""

import math
from fractions import Fraction
from typing import Any

import av
import av.filter
import numpy as np

from livemask.records import Float32
from livemask.sinks.film.spoken import RATE

_GAP = 0.25
"""Sound that is so far off, s, has not drifted: some of it is missing."""

_STRETCH = 960
"""Samples by which a second may be stretched: 2 %, far more than any clock is off."""


class Arrivals:
    """When pieces of sound were heard, from when they came: the jitter of systems taken out.

    A delay-locked loop of second order, which follows a clock of any constant rate.

    References
    ----------
    F. Adriaensen, Using a DLL to filter time, Linux Audio Conference 2005.
    """

    def __init__(self, rate: int, bandwidth: float = 0.1) -> None:
        self._bandwidth = bandwidth  # Hz
        self._sample = 1.0 / rate
        self._end: float | None = None

    def start_of(self, samples: int, came: float) -> float:
        """Return when a piece began, s, of which the last sample came at `came` s."""
        length = samples * self._sample
        expected = came if self._end is None else self._end + length
        error = came - expected
        if abs(error) > _GAP:
            expected, error = came, 0.0
        omega = min(2.0 * math.pi * self._bandwidth * length, 0.5)
        self._end = expected + math.sqrt(2.0) * omega * error
        self._sample += omega * omega * error / samples
        return self._end - length


class InStep:
    """Turns pieces of sound into an unbroken track from time 0 on.

    What came before is cut off, what is missing is silence.

    Parameters
    ----------
    rate : int
        What the sound card calls its rate, samples in a second.
    form, layout : str
        FFmpeg's names of its samples and channels: `s16`, `mono`.
    channels : int
        How many are wanted, 1 or 2.
    """

    def __init__(self, rate: int, form: str, layout: str, channels: int) -> None:
        self.channels = channels
        self._arrivals = Arrivals(rate)
        wanted = "stereo" if channels == 2 else "mono"
        self._graph = av.filter.Graph()
        source = self._graph.add_abuffer(
            sample_rate=rate, format=form, layout=layout, time_base=Fraction(1, RATE)
        )
        stretch = self._graph.add(
            "aresample", f"{RATE}:async={_STRETCH}:min_hard_comp=0.1:first_pts=0"
        )
        shape = self._graph.add("aformat", f"sample_fmts=flt:channel_layouts={wanted}")
        sink = self._graph.add("abuffersink")
        self._graph.link_nodes(source, stretch, shape, sink).configure()

    def take(self, piece: Any, came: float) -> Float32:
        """Return what is to be written after a piece, (n, channels) float32.

        Parameters
        ----------
        piece : av.AudioFrame
            What was heard.
        came : float
            When its last sample came, s after the start of the track.
        """
        start = self._arrivals.start_of(piece.samples, came)
        if start < 0.0:
            return np.zeros((0, self.channels), np.float32)
        piece.pts, piece.time_base = round(start * RATE), Fraction(1, RATE)
        self._graph.push(piece)
        return self._pull()

    def _pull(self) -> Float32:
        taken = [np.zeros((0, self.channels), np.float32)]
        while True:
            try:
                frame: Any = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return np.concatenate(taken)
            taken.append(frame.to_ndarray().reshape(-1, self.channels))
