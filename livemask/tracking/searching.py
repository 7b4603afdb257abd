"""Finding a face that nobody follows yet: cheap looks often, thorough ones now and then."""

import threading

import cv2
import numpy as np

from livemask.records import Float64, Frame, UInt8
from livemask.tracking.tilting import Finder, find_tilted

REDUCED = 640
"""px: the long side of the picture at the first, cheap look."""

FULL = 1280
"""px: no look is at more than this, before doubling."""

FULL_EVERY, DOUBLED_EVERY, TILTED_EVERY = 3, 15, 3
"""Of the looks in a row that found nothing; the last if tilted heads are looked for at all."""

LOOK = 110
"""px: size of a face for a look at it alone; the detector needs 80."""

MINIMUM = 40
"""px: a smaller picture is not looked at."""

NEAR = 0.35
"""Sides of the region by which a box may be off and still be of the same face."""

TILTED = np.radians(15.0)
"""A head that is tilted by more is turned upright before it is looked at."""

STALE = 0.5
"""s: a box that was found in an older frame says nothing any more."""

SURE = 0.0
"""Least score of a face that is taken."""


def look(detector: Finder, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
    """Return the box that the detector gives to the face in `region`, px, or None.

    Sees only the surroundings of the region, reduced to a face of `LOOK` px, and upright if
    the head is tilted by `roll` rad, anticlockwise as seen: the detector knows no tilted faces.
    """
    centre, side = 0.5 * (region[:2] + region[2:]), float(region[2] - region[0])
    part, corner = _surroundings(frame, centre, side, roll)
    if min(part.shape[:2]) < MINIMUM:
        return None
    found = detector.find(part, scale=min(1.0, LOOK / side))
    boxes = [np.array(box[:4]) + np.tile(corner, 2) for box in found]
    near = [b for b in boxes if np.abs(0.5 * (b[:2] + b[2:]) - centre).max() < NEAR * side]
    return min(near, key=lambda b: abs(b[2] - b[0] - side)) if near else None


def _surroundings(frame: Frame, centre: Float64, side: float, roll: float) -> tuple[UInt8, Float64]:
    """Return the picture around a face, turned upright about it, and where its corner lies."""
    image, reach = frame.image, 0.9 * side
    if abs(roll) > TILTED and side < max(frame.size):
        turn = np.array(cv2.getRotationMatrix2D(centre.tolist(), -np.degrees(roll), 1.0), float)
        turn[:, 2] += reach - centre
        size = round(2.0 * reach)
        upright = cv2.warpAffine(image, turn, (size, size), borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(upright), centre - reach
    corner = np.maximum(np.floor(centre - reach), 0).astype(int)
    end = np.maximum(np.ceil(centre + reach).astype(int), 0)
    return image[corner[1] : end[1], corner[0] : end[0]], corner.astype(np.float64)


def fresh(answer: tuple[list[Float64], float] | None, time: float) -> list[Float64] | None:
    """Return the boxes of an answer, px, with the time of its frame; None if that is too old."""
    return answer[0] if answer is not None and 0.0 <= time - answer[1] <= STALE else None


class Search:
    """Looks for faces: first on the reduced picture, then full, then doubled.

    What is tried depends only on how many looks in a row found nothing new.

    Attributes
    ----------
    careful : bool
        Whether tilted heads are looked for as well, now and then.
    """

    def __init__(self, detector: Finder) -> None:
        self.detector, self.careful = detector, False
        self._looks = 0

    def find(self, frame: Frame, known: int = 0) -> list[Float64]:
        """Return the boxes (left, top, right, bottom) px of faces, the largest first.

        Looks no closer as soon as there are more than the `known` ones. Boxes of tilted heads
        come last, and of each the roll as a fifth number, rad.
        """
        tilted = self.careful and self._looks % TILTED_EVERY == 0
        boxes = self._upright(frame, known)
        reduced = min(1.0, REDUCED / max(frame.size))
        return boxes + (find_tilted(self.detector, frame.image, reduced, boxes) if tilted else [])

    def _upright(self, frame: Frame, known: int) -> list[Float64]:
        best: list[Float64] = []
        for scale, upsample in self._plan(max(frame.size)):
            found = self.detector.find(frame.image, scale=scale, upsample=upsample)
            boxes = [np.array(box[:4]) for box in found if box[4] >= SURE]
            best = max(best, boxes, key=len)
            if len(best) > known:
                break
        self._looks = 0 if len(best) > known else self._looks + 1
        return sorted(best, key=lambda box: box[0] - box[2])

    def look(self, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
        """Return the box of the face in `region`, px, if it is seen there; much cheaper."""
        return look(self.detector, frame, region, roll)

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
        self.careful = False
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._asked: tuple[Frame, int] | None = None
        self._found: tuple[list[Float64], float] | None = None  # boxes, the time of their frame
        self._failure: BaseException | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="search", daemon=True)
        self._thread.start()

    def find(self, frame: Frame, known: int = 0) -> list[Float64] | None:
        """Return the boxes that were found since the last call, px; None if no look ended.

        Boxes of an old frame say nothing any more: they are left out. What went wrong in the
        thread is raised once, and it looks again.
        """
        with self._lock:
            failure, self._failure = self._failure, None
            if failure is not None:
                raise failure
            self._asked = frame, known
            found, self._found = self._found, None
        self._search.careful = self.careful
        self._wake.set()
        return fresh(found, frame.time)

    def look(self, frame: Frame, region: Float64, roll: float = 0.0) -> Float64 | None:
        """Return the box of the face in `region`, px, at once: it takes a few milliseconds."""
        return look(self._search.detector, frame, region, roll)

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
                asked, self._asked = self._asked, None
            if asked is not None:
                self._look(*asked)

    def _look(self, frame: Frame, known: int) -> None:
        try:
            boxes = self._search.find(frame, known)
        except BaseException as error:  # raised again where it is seen
            with self._lock:
                self._failure = error
            return
        with self._lock:
            self._found = boxes, frame.time
