"""Window: what of the video eyes and mouth show; while a face is held, what they last showed."""

from dataclasses import replace

import numpy as np

from livemask.records import Fit, Float32, Frame, Material, State

LIVE = Material(look="live", texture="frame", lit=False)

MARGIN = 2
"""px kept around what is shown, for it is sampled between pixels."""


class Window:
    """Remembers the last frame that a face was seen in.

    A face that is held is drawn where it was, and there the frame may by now show anything:
    another part of the face, which the mask is to hide.
    """

    def __init__(self) -> None:
        self._frame: Frame | None = None
        self._still: tuple[Material, Float32] | None = None

    def of(self, frame: Frame, fit: Fit, uv: Float32) -> tuple[Material, Float32] | None:
        """Return material and texture coordinates (n, 2) for what lies at `uv` of the frame.

        None if the face has not been seen at all.
        """
        if fit.state is not State.HELD:
            self._frame, self._still = frame, None
            return LIVE, uv
        if self._still is None and self._frame is not None:
            self._still = _cut(self._frame, uv)
        return self._still


def _cut(frame: Frame, uv: Float32) -> tuple[Material, Float32]:
    """Return the part of `frame` that lies around `uv`, and where in it they are."""
    size = np.array(frame.size)
    pixels = uv * size
    low = np.clip(np.floor(pixels.min(0)) - MARGIN, 0, size - 1).astype(np.intp)
    high = np.clip(np.ceil(pixels.max(0)) + MARGIN, low + 1, size).astype(np.intp)
    part = np.ascontiguousarray(frame.image[low[1] : high[1], low[0] : high[0]])
    return replace(LIVE, texture=part), ((pixels - low) / (high - low)).astype(np.float32)
