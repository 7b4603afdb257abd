"""Familiar: what each place of somebody's own face looks like, and how much that varies."""

import cv2
import numpy as np

from livemask.occlusion.unwrapping import SIDE, Unwrapped
from livemask.records import Array, Float32

HUE = 1.6
"""How much more a change of hue weighs than one of lightness (CIE L*a*b*)."""

FLOOR = 2.5
"""Least spread of a colour: that of the camera's noise."""

WITHIN = 2.0
"""Spreads within which a colour is the face's own."""

UNIT, EDGE = 10.0, 4.0
"""By how much a colour, and an edge, must lie beyond that to count as 1."""

FIRST = 15
"""Times that a cell must have been learnt before it can be strange."""

SPARSE = 4
"""Every so many cells tell how the light has changed."""

DIM = 12.0
"""A change of the light by so much lightness makes all half as strange: contrasts change, too."""

STRETCH = 3.0
"""mm by which an expression moves a place that make it half as strange: folds and teeth show."""

LEARN = 0.03
"""Share of a frame in what is remembered, at 30 frames/s."""

_AROUND = np.ones((3, 3), np.uint8)
_PRIOR = np.diag([0.04, 2.0, 2.0, 6.0, 6.0, 6.0]).astype(np.float32)


def _slopes() -> Float32:
    """Return (SIDE, SIDE, 6): polynomials of second degree over the square."""
    x, y = np.meshgrid(*[np.linspace(-1.0, 1.0, SIDE, dtype=np.float32)] * 2)
    return np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], -1)


_SLOPES = _slopes()
_SOME = np.ascontiguousarray(_SLOPES[::SPARSE, ::SPARSE].reshape(-1, 6))


class Familiar:
    """Remembers the colours and edges of a face laid flat, cell by cell.

    Light that changes slowly over a face (a polynomial of second degree) is taken off first,
    found by iteratively reweighted least squares (Holland & Welsch 1977, Cauchy weights), so
    that what is in front hardly takes part.

    """

    def __init__(self) -> None:
        self._times = np.zeros((SIDE, SIDE), np.float32)  # that each cell was learnt
        self._colours = np.zeros((SIDE, SIDE, 3), np.float32)
        self._spread = np.full((SIDE, SIDE, 3), 6.0, np.float32)
        self._edges = np.zeros((SIDE, SIDE), np.float32)
        self._edge_spread = np.full((SIDE, SIDE), 2.0, np.float32)
        self._moved = np.zeros((SIDE, SIDE, 3), np.float32)
        self._light = np.zeros((SIDE, SIDE, 3), np.float32)
        self._last = self._colours, self._edges, self._moved

    def strangeness(self, flat: Unwrapped, own: Array) -> Float32:
        """Return how far each cell is from what it ever looked like: over 0.5 it is strange.

        Parameters
        ----------
        flat : Unwrapped
            A frame.
        own : (SIDE, SIDE) bool
            Where the face itself is seen, as far as is known: the light is told from there.

        Returns
        -------
        (SIDE, SIDE) float32
        """
        lab = cv2.cvtColor(cv2.GaussianBlur(flat.colours, (0, 0), 0.8), cv2.COLOR_RGB2LAB)
        now = lab.astype(np.float32) * np.array([1.0, HUE, HUE], np.float32)
        known = self._times >= FIRST
        self._light = self._relit(now, own & known)
        now -= self._light
        self._last = now, _edges(now), flat.moved
        reach = WITHIN * np.maximum(self._spread, FLOOR)
        over = now - cv2.dilate(self._colours + reach, _AROUND)
        under = cv2.erode(self._colours - reach, _AROUND) - now
        beyond = np.maximum(np.maximum(over, under), 0.0) / UNIT
        usual = cv2.dilate(self._edges + WITHIN * np.maximum(self._edge_spread, 0.8), _AROUND)
        edges = np.maximum(self._last[1] - usual, 0.0) / EDGE
        away = flat.moved - self._moved
        doubt = 1.0 + np.sqrt(np.einsum("ijk,ijk->ij", away, away)) / STRETCH
        doubt += np.abs(self._light[..., 0]) / DIM
        strange = np.sqrt(np.einsum("ijk,ijk->ij", beyond, beyond) + edges * edges)
        return np.asarray(cv2.boxFilter(strange * known / doubt, -1, (3, 3)))

    def learn(self, where: Array, steps: float = 1.0) -> None:
        """Let the frame last asked about into the memory, at the cells `where` (SIDE, SIDE) bool.

        `steps` is its length in thirtieths of a second.
        """
        self._times += where
        share = where * np.maximum(min(LEARN * steps, 1.0), 1.0 / np.maximum(self._times, 1.0))
        spread = share * (self._times > 1.0)
        _drawn(self._colours, self._last[0], share[..., None], self._spread, spread[..., None])
        self._colours += np.float32(min(LEARN * steps, 1.0)) * self._light
        self._moved += share[..., None] * (self._last[2] - self._moved)
        _drawn(self._edges, self._last[1], share, self._edge_spread, spread)

    def _relit(self, now: Float32, own: Array) -> Float32:
        """Return (SIDE, SIDE, 3): what the light has added since."""
        some = (slice(None, None, SPARSE), slice(None, None, SPARSE))
        change = (now[some] - self._colours[some]).reshape(-1, 3)
        spread = np.maximum(self._spread[some].reshape(-1, 3), FLOOR)
        seen = own[some].ravel().astype(np.float32)
        weights = seen
        for _ in range(3):
            weighted = (_SOME * weights[:, None]).T
            slopes = np.linalg.solve(weighted @ _SOME + _PRIOR, weighted @ change)
            off = (((change - _SOME @ slopes) / spread) ** 2).sum(1)
            weights = seen / (1.0 + off / 2.25)
        return np.asarray(_SLOPES @ slopes.astype(np.float32))


def _edges(colours: Float32) -> Float32:
    """Return (SIDE, SIDE): how steep the lightness is."""
    light = np.ascontiguousarray(colours[..., 0])
    across = cv2.Sobel(light, -1, 1, 0, scale=0.125)
    return np.asarray(cv2.magnitude(across, cv2.Sobel(light, -1, 0, 1, scale=0.125)))


def _drawn(mean: Float32, now: Float32, share: Array, spread: Float32, wider: Array) -> None:
    """Draw a mean towards `now` and its spread towards the distance, 1.25 times the mean one."""
    off = now - mean
    mean += share * off
    spread += wider * (1.25 * np.abs(off) - spread)
