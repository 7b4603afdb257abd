"""Front: which cells of a face laid flat have something before them, over space and time."""

import cv2
import numpy as np

from livemask import landmarks as ibug
from livemask.occlusion.familiar import Familiar
from livemask.occlusion.unwrapping import SIDE, Unwrapped, on_square
from livemask.records import Array, Float32

SURE, DOUBTFUL = 0.5, 0.2
"""Strangeness of some cells of what is in front, and of all of them."""

SEEDS, CORE, TOUCHING = 6, 6, 2
"""Cells at least: sure ones; such as are not at a border; such as lie at the face's outline."""

OUTLINE = 3
"""Cells from the outline of what is seen that are near it."""

STEEP = 0.45
"""Cosine with the line of sight below which nothing is said."""

OPEN, SHUT = 0.35, 0.1
"""How fast something comes to the front and goes, a thirtieth of a second; at half it is there."""

PATIENCE = 20.0
"""s after which what stays is part of the face: a new light, a fringe."""

MOST = 0.5
"""Share of the seen face beyond which nothing is believed: it would hardly be tracked then."""

AMAZED = 2.0
"""s of that after which all is learnt anew: it is another face, or another light."""

MOST_HIDDEN = 1.0 / 3.0
"""The same for masks that hide."""

_THREE, _FIVE = np.ones((3, 3), np.uint8), np.ones((5, 5), np.uint8)


class Front:
    """Watches one face.

    Parameters
    ----------
    face : (SIDE, SIDE) bool
        The cells that are looked at.
    """

    def __init__(self, face: Array) -> None:
        self._face = face
        self._familiar = Familiar()
        self._there = np.zeros((SIDE, SIDE), np.float32)
        self._since = np.full((SIDE, SIDE), np.inf)  # s
        self._share = 0.0
        self._time = self._believed = -np.inf
        self._eyes = _covered([ibug.RIGHT_EYE, ibug.LEFT_EYE], 3)
        self._brows = [_covered([brow], 1) for brow in (ibug.RIGHT_BROW, ibug.LEFT_BROW)]

    def look(self, flat: Unwrapped, time: float) -> None:
        """Compare a frame with what is known of the face, and learn from it."""
        steps = float(np.clip((time - self._time) * 30.0, 0.0, 4.0))
        self._time = time
        seen = self._face & (flat.facing > STEEP)
        there = self._there > 0.5
        strange = self._familiar.strangeness(flat, seen & ~there)
        strange[~seen] = 0.0
        found = self._found(strange, seen, there)
        self._share = float((found | there).sum() / max(seen.sum(), 1))
        if self._share <= MOST:
            self._believed = time
        elif time - self._believed > AMAZED:
            self._forget()
            found = np.zeros_like(seen)
        self._there += np.where(found, OPEN * steps, -SHUT * steps).astype(np.float32)
        np.clip(self._there, 0.0, 1.0, out=self._there)
        self._learn(seen, found, time, steps)

    def opacity(self, hides: bool) -> Float32 | None:
        """Return (SIDE, SIDE): where what is in front is to be shown over a mask; None: nowhere.

        Never more than `MOST` of the face; over a mask that `hides`, never more than
        `MOST_HIDDEN`, no eye, and not both brows.
        """
        if self._share > (MOST_HIDDEN if hides else MOST):
            return None
        there = self._there > 0.5
        if hides:
            there &= ~self._eyes
            if all((there & brow).any() for brow in self._brows):
                there &= ~(self._brows[0] | self._brows[1])
        if not there.any():
            return None
        soft = cv2.GaussianBlur(there.astype(np.float32), (0, 0), 1.0)
        return np.clip(2.0 * soft - 0.5, 0.0, 1.0) * self._face

    def _found(self, strange: Float32, seen: Array, there: Array) -> Array:
        """Return the regions that are strange and came in from the outline."""
        doubtful = (strange > DOUBTFUL) | (there & (strange > 0.6 * DOUBTFUL))
        closed = cv2.morphologyEx(doubtful.astype(np.uint8), cv2.MORPH_CLOSE, _FIVE) * seen
        count, regions = cv2.connectedComponents(closed)
        outline = seen & (cv2.erode(seen.astype(np.uint8), _square(OUTLINE)) == 0)
        core = cv2.erode(closed, _THREE) > 0

        def cells(of: Array) -> Array:
            return np.bincount(regions.ravel(), of.ravel(), count)

        entered = (cells(outline) >= TOUCHING) | (cells(there) > 8)
        good = (cells(strange > SURE) >= SEEDS) & (cells(core) >= CORE) & entered
        good[0] = False
        return np.asarray(good[regions])

    def _learn(self, seen: Array, found: Array, time: float, steps: float) -> None:
        """Learn the face where it is free, and after a while what stays before it."""
        taken = found | (self._there > 0.5)
        self._since[~taken] = time
        near = cv2.dilate(taken.astype(np.uint8), _FIVE) > 0
        self._familiar.learn(seen & (~near | (time - self._since > PATIENCE)), steps)

    def _forget(self) -> None:
        self._familiar = Familiar()
        self._there[:] = 0.0


def _square(reach: int) -> Array:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)


def _covered(parts: list[slice], margin: int) -> Array:
    """Return the (SIDE, SIDE) cells of some iBUG groups and `margin` cells around them."""
    cells = np.zeros((SIDE, SIDE), np.uint8)
    for points in parts:
        hull = cv2.convexHull(np.rint(on_square(points)).astype(np.int32))
        cv2.fillConvexPoly(cells, hull, 1)
    return np.asarray(cv2.dilate(cells, _square(margin)) > 0)
