"""Finding a face that nobody follows yet: cheap looks often, thorough ones now and then."""

import threading
from typing import Protocol

import numpy as np

from livemask.records import Float64, Frame, UInt8

REDUCED = 640
"""px: the long side of the picture at the first, cheap look."""

FULL = 1280
"""px: no look is at more than this, before doubling."""

FULL_EVERY, DOUBLED_EVERY = 3, 15
"""Of the looks in a row that found nothing."""

LOOK = 110
"""px: size of a face for a look at it alone; the detector needs 80."""

MINIMUM = 40
"""px: a smaller picture is not looked at."""

NEAR = 0.35
"""Sides of the region by which a box may be off and still be of the same face."""

STALE = 0.5
"""s: a box that was found in an older frame says nothing any more."""

SURE = 0.0
"""Least score of a face that is taken."""


class Finder(Protocol):
    """The part of a detector that searches."""

    def find(
        self, image: UInt8, scale: float = 1.0, upsample: int = 0
    ) -> list[tuple[float, float, float, float, float]]:
        """Return boxes (left, top, right, bottom, score), px of `image`."""


def look(detector: Finder, frame: Frame, region: Float64) -> Float64 | None:
    """Return the box that the detector gives to the face in `region`, px, or None.

    Sees only the surroundings of the region, reduced to a face of `LOOK` px.
    """
    centre, side = 0.5 * (region[:2] + region[2:]), float(region[2] - region[0])
    corner = np.maximum(np.floor(centre - 0.9 * side), 0).astype(int)
    end = np.ceil(centre + 0.9 * side).astype(int)
    part = frame.image[corner[1] : max(end[1], 0), corner[0] : max(end[0], 0)]
    if min(part.shape[:2]) < MINIMUM:
        return None
    found = detector.find(part, scale=min(1.0, LOOK / side))
    boxes = [np.array(box[:4]) + np.tile(corner, 2) for box in found]
    near = [b for b in boxes if np.abs(0.5 * (b[:2] + b[2:]) - centre).max() < NEAR * side]
    return min(near, key=lambda b: abs(b[2] - b[0] - side)) if near else None


class Search:
    """Looks for the largest face: first on the reduced picture, then full, then doubled.

    What is tried depends only on how many looks in a row found nothing.
    """

    def __init__(self, detector: Finder) -> None:
        self.detector = detector
        self._looks = 0

    def find(self, frame: Frame) -> Float64 | None:
        """Return the box (left, top, right, bottom) px of the largest face, or None."""
        for scale, upsample in self._plan(max(frame.size)):
            found = self.detector.find(frame.image, scale=scale, upsample=upsample)
            boxes = [box for box in found if box[4] >= SURE]
            if boxes:
                self._looks = 0
                return np.array(max(boxes, key=lambda box: box[2] - box[0])[:4])
        self._looks += 1
        return None

    def look(self, frame: Frame, region: Float64) -> Float64 | None:
        """Return the box of the face in `region`, px, if it is seen there; much cheaper."""
        return look(self.detector, frame, region)

    def _plan(self, side: int) -> list[tuple[float, int]]:
        reduced, full = min(1.0, REDUCED / side), min(1.0, FULL / side)
        plan = [(reduced, 0)]
        if full > reduced and self._looks % FULL_EVERY == 0:
            plan.append((full, 0))
        if self._looks % DOUBLED_EVERY == 0:
            plan.append((full, 1))
        return plan


class ThreadedSearch:
    """The same search in a thread, for live sources: a look takes longer than a frame.

    `find` hands over the newest frame and returns what an earlier one gave.
    """

    def __init__(self, detector: Finder) -> None:
        self._search = Search(detector)
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._frame: Frame | None = None
        self._found: tuple[Float64, float] | None = None  # the box, the time of its frame
        self._failure: BaseException | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="search", daemon=True)
        self._thread.start()

    def find(self, frame: Frame) -> Float64 | None:
        """Return the newest box that was found since the last call, px, or None."""
        with self._lock:
            if self._failure is not None:
                raise self._failure
            self._frame = frame
            found, self._found = self._found, None
        self._wake.set()
        fresh = found is not None and frame.time - found[1] <= STALE
        return found[0] if found is not None and fresh else None

    def look(self, frame: Frame, region: Float64) -> Float64 | None:
        """Return the box of the face in `region`, px, at once: it takes a few milliseconds."""
        return look(self._search.detector, frame, region)

    def close(self) -> None:
        """End the thread. Closing twice does nothing."""
        self._ended = True
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            if self._ended:
                return
            with self._lock:
                frame, self._frame = self._frame, None
            if frame is not None:
                self._look(frame)

    def _look(self, frame: Frame) -> None:
        try:
            box = self._search.find(frame)
        except BaseException as error:  # raised again where it is seen
            with self._lock:
                self._failure = error
            return
        with self._lock:
            self._found = None if box is None else (box, frame.time)
