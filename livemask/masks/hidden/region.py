"""HeadRegion: what of the picture hides a head, calm, and larger while nobody sees it."""

import numpy as np

from livemask.errors import UsageError
from livemask.hiding import head_outline
from livemask.masks.face_mesh import one_of
from livemask.records import Fit, Float32, Float64, State

SLACK = 0.02
"""Share of its size by which a head moves before its region does: squares shall not shimmer."""

HELD, FASTER, FARTHEST = 1.25, 1.5, 2.2
"""Times as large at once when the head is not seen, more of that a second, and at most."""

LEAST, MOST = 1.0, 3.0
"""Bounds of the margin: less would let a chin or an ear out."""


class HeadRegion:
    """Follows one head.

    Parameters
    ----------
    margin : float
        Times as large as head and usual hair; 1 to 3.
    shape : str
        `head`, an outline that tilts with it, or `box`.

    Raises
    ------
    UsageError
        If `margin` or `shape` is none of these.
    """

    def __init__(self, margin: float, shape: str) -> None:
        if not LEAST <= margin <= MOST:
            raise UsageError(f"margin={margin:g} must be {LEAST:g} to {MOST:g}.")
        self._margin = margin
        self._boxed = one_of("shape", shape, ("head", "box")) == "box"
        self._seen: float | None = None
        self._box: Float64 | None = None

    def of(self, fit: Fit, time: float) -> Float32:
        """Return the polygon (n, 2) px that hides the head of `fit` at `time` s."""
        polygon = head_outline(fit, self._margin * self._grown(fit, time))
        low, high = polygon.min(0).astype(np.float64), polygon.max(0).astype(np.float64)
        calm = self._calm(np.stack([low, high]))
        if self._boxed:
            (left, top), (right, bottom) = calm
            return np.array(
                [[left, top], [right, top], [right, bottom], [left, bottom]], np.float32
            )
        # An outline that is moved within its slack needs some more of it, askew.
        scale = (1.0 + 2.0 * SLACK) * (calm[1] - calm[0]) / np.maximum(high - low, 1e-6)
        return np.asarray(calm.mean(0) + (polygon - 0.5 * (low + high)) * scale, np.float32)

    def _grown(self, fit: Fit, time: float) -> float:
        """Return how many times as large, for how long the head may have moved unseen."""
        if fit.state == State.TRACKED or self._seen is None or time < self._seen:
            self._seen = time
        if fit.state == State.TRACKED:
            return 1.0
        return min(HELD + FASTER * (time - self._seen), FARTHEST)

    def _calm(self, box: Float64) -> Float64:
        """Return `box` (2, 2), lowest and highest corner, dragged along by the head in it."""
        slack = SLACK * float(np.ptp(box, axis=0).max())
        wide = box + np.array([[-slack], [slack]])
        if self._box is None or not np.isfinite(self._box).all():
            self._box = wide
        self._box = np.clip(self._box, wide - slack, wide + slack)
        return self._box
