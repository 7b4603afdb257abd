"""A detector that is told where the face is."""

from typing import Any

import numpy as np

from benchmarks.metrics.points import box_size
from livemask.landmarks import JAW
from livemask.records import Float64, Frame, UInt8

SIDE = 1.06
"""Of the HOG detector's box, in roots of the area of the box around the 68 points; its middle
is that of the inner points. Measured on the stills in which it finds the face; both scatter
by a tenth."""


def hog_box(points: Float64) -> Float64:
    """Return the box (left, top, right, bottom) px that the detector would give to a face."""
    middle, half = points[JAW.stop :].mean(axis=0), 0.5 * SIDE * box_size(points)
    return np.concatenate([middle - half, middle + half])


class TrueBox:
    """A detector that finds one face in `image`, and in others what it would find itself.

    Parameters
    ----------
    detector
        A detector plug-in.
    image : (h, w, 3) uint8
    box : (4,) float64
    """

    def __init__(self, detector: Any, image: UInt8, box: Float64) -> None:
        self._detector, self._image, self._box = detector, image, box

    def find(
        self, image: UInt8, *rest: Any, **options: Any
    ) -> list[tuple[float, float, float, float, float]]:
        """Return the true box."""
        if image is self._image:
            left, top, right, bottom = self._box.tolist()
            return [(left, top, right, bottom, 1.0)]
        found: list[tuple[float, float, float, float, float]] = self._detector.find(
            image, *rest, **options
        )
        return found

    def detect(self, frame: Frame, region: Float64, *rest: Any, **options: Any) -> Float64 | None:
        """Return the detector's points."""
        points: Float64 | None = self._detector.detect(frame, region, *rest, **options)
        return points

    def __getattr__(self, name: str) -> Any:
        return getattr(self._detector, name)
