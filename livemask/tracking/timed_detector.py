"""TimedDetector: counts what a detector takes."""

from typing import Any

from livemask.records import Float64, Frame, UInt8
from livemask.statistics import Statistics


class TimedDetector:
    """A detector whose times are counted: `detect` is the search, `landmarks` the points."""

    def __init__(self, detector: Any, statistics: Statistics) -> None:
        self._detector, self._statistics = detector, statistics

    def find(
        self, image: UInt8, scale: float = 1.0, upsample: int = 0
    ) -> list[tuple[float, float, float, float, float]]:
        """Search a picture; see `Finder`."""
        with self._statistics.timed("detect"):
            found: list[tuple[float, float, float, float, float]] = self._detector.find(
                image, scale=scale, upsample=upsample
            )
            return found

    def detect(
        self,
        frame: Frame,
        region: Float64,
        roll: float = 0.0,
        start: Float64 | None = None,
    ) -> Float64 | None:
        """Find the points in a region; see `tracking.Detector`."""
        with self._statistics.timed("landmarks"):
            points: Float64 | None = (
                self._detector.detect(frame, region, roll)
                if start is None
                else self._detector.detect(frame, region, roll, start)
            )
            return points
