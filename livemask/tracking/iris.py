"""The middle of an iris in the picture of an eye.

The eye is brought upright and enlarged to a size at which every iris is equally large, for all
people's are (11.7 mm; Caroline & André 2002). Each edge then votes for the place that lies an
iris's radius away on its dark side (Hough 1962 by gradients: Kimme, Ballard & Sklansky 1975),
level ones hardly: those are lids. Where the votes meet, and where most is dark, is the middle.
"""

import math

import cv2
import numpy as np
from numba import njit

from livemask.landmarks import LEFT_EYE, RIGHT_EYE
from livemask.records import Array, Float64, UInt8

WIDTH, HEIGHT, PER_MM = 58, 38, 1.25
"""px of the patch around an eye, and px of it per mm."""

RADIUS = 5.8 * PER_MM
"""px of the patch: of an iris."""

RADII = RADIUS * np.array([0.84, 0.92, 1.0, 1.08, 1.16, 0.3, 0.4, 0.5])
"""px that each edge votes for: irises differ, measured by the distance of the eyes, and in a light
one the edge of the pupil is the stronger."""

FAINT, STRONG = 2.0, 30.0
"""Grey levels per px: a weaker edge does not vote, a stronger one has no more votes."""

DARKNESS = 3.0
"""What darkness counts, beside the votes."""

LEAST_OPENING = 60
"""px of the patch between the lids: of a narrower eye nothing is said."""

_WIDER, _NEAR = np.ones((5, 5), np.uint8), np.ones((5, 3), np.uint8)


def find_iris(image: UInt8, points: Float64, left: bool, scale: float) -> Float64 | None:
    """Return the middle of an iris, (2,) px, or None if the lids hide it.

    Parameters
    ----------
    image : (h, w, 3) uint8
        RGB.
    points : (68, 2) float64
        px.
    left : bool
        Which eye, the subject's.
    scale : float
        px per mm at the eye.
    """
    eye = points[LEFT_EYE if left else RIGHT_EYE]
    turn, middle = _upright(points, scale), 0.5 * (eye[0] + eye[3])
    shift = (0.5 * WIDTH, 0.5 * HEIGHT) - turn @ middle
    to_patch = np.array([[*turn[0], shift[0]], [*turn[1], shift[1]]])
    size = (WIDTH, HEIGHT)
    patch = cv2.warpAffine(image, to_patch, size, borderMode=cv2.BORDER_REPLICATE)
    grey = cv2.GaussianBlur(cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY), (5, 5), 1.0)
    opening = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.fillPoly(opening, [(eye @ turn.T + (shift + 0.5)).astype(np.int32)], 1)
    if cv2.countNonZero(opening) < LEAST_OPENING:
        return None
    found = _peak(*_scores(np.asarray(grey), opening)) - shift
    return np.asarray((scale / PER_MM) ** 2 * (found @ turn), np.float64)


def warm_up() -> None:
    """Let numba compile or load what `find_iris` needs."""
    grey = np.zeros((HEIGHT, WIDTH), np.uint8)
    _peak(*_scores(grey, grey))


def _upright(points: Float64, scale: float) -> Float64:
    """Return the (2, 2) turn and enlargement that brings eyes upright, px of the patch per px."""
    x, y = (points[LEFT_EYE].sum(axis=0) - points[RIGHT_EYE].sum(axis=0)).tolist()
    length = max(math.hypot(x, y), 1e-6)
    cosine, sine = PER_MM / scale * x / length, PER_MM / scale * y / length
    return np.array([[cosine, sine], [-sine, cosine]])


def _scores(grey: UInt8, opening: UInt8) -> tuple[Array, Array, Array]:
    """Return votes and darkness (h, w) of each place, and where the middle may be."""
    votes, dark = np.zeros(grey.shape, np.float32), np.zeros(grey.shape, np.float32)
    _vote(grey, cv2.dilate(opening, _WIDER), votes)
    _darken(grey, opening, dark)
    side = 2 * round(0.85 * RADIUS) + 1
    around = cv2.boxFilter(dark, -1, (side, side), borderType=cv2.BORDER_CONSTANT)
    near = cv2.dilate(opening, _NEAR)
    return np.asarray(cv2.GaussianBlur(votes, (7, 7), 1.4)), np.asarray(around), np.asarray(near)


@njit(cache=True, nogil=True)
def _vote(grey, where, votes):  # type: ignore[no-untyped-def]
    """Add to `votes` (h, w) what the edges of `grey` (h, w), `where` it is not 0, vote for."""
    height, width = grey.shape
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            if where[y, x] == 0:
                continue
            across = 0.5 * (np.float64(grey[y, x + 1]) - np.float64(grey[y, x - 1]))
            down = 0.5 * (np.float64(grey[y + 1, x]) - np.float64(grey[y - 1, x]))
            steep = (across * across + down * down) ** 0.5
            if steep < FAINT:
                continue
            across, down = across / steep, down / steep
            weight = min(steep, STRONG) * across * across
            for radius in RADII:
                u, v = x - across * radius, y - down * radius
                if u < 0.0 or v < 0.0 or u >= width - 1 or v >= height - 1:
                    continue
                i, j = int(u), int(v)
                u, v = u - i, v - j
                votes[j, i] += weight * (1.0 - u) * (1.0 - v)
                votes[j, i + 1] += weight * u * (1.0 - v)
                votes[j + 1, i] += weight * (1.0 - u) * v
                votes[j + 1, i + 1] += weight * u * v


@njit(cache=True, nogil=True)
def _darken(grey, where, dark):  # type: ignore[no-untyped-def]
    """Write to `dark` (h, w) 1 for what is darkest of `grey` between the lids, 0 for its white."""
    counts = np.zeros(256, np.int64)
    for y in range(grey.shape[0]):
        for x in range(grey.shape[1]):
            if where[y, x] != 0:
                counts[grey[y, x]] += 1
    total, below, low, high = counts.sum(), 0, 0, 0
    for value in range(256):
        below += counts[value]
        if below < 0.05 * total:
            low = value + 1
        if below < 0.9 * total:
            high = value + 1
    for y in range(grey.shape[0]):
        for x in range(grey.shape[1]):
            if where[y, x] != 0:
                share = (high - np.float64(grey[y, x])) / (high - low + 4.0)
                dark[y, x] = min(max(share, 0.0), 1.0)


@njit(cache=True, nogil=True)
def _peak(votes, dark, near):  # type: ignore[no-untyped-def]
    """Return x and y (2,) of the best place, px; a parabola tells the fraction."""
    height, width = votes.shape
    of_votes, of_dark = 1.0 / (votes.max() + 1e-6), DARKNESS / (dark.max() + 1e-6)
    best, row, column = -1.0, 0, 0
    score = of_votes * votes + of_dark * dark
    for y in range(1, height - 1):
        for x in range(1, width - 1):
            if near[y, x] != 0 and score[y, x] > best:
                best, row, column = score[y, x], y, x
    across = _top(score[row, column - 1], best, score[row, column + 1])
    down = _top(score[row - 1, column], best, score[row + 1, column])
    return np.array([column + across, row + down])


@njit(cache=True, nogil=True)
def _top(before, at, after):  # type: ignore[no-untyped-def]
    """Return where the top of a parabola is that has these values at -1, 0 and 1."""
    bend = before - 2.0 * at + after
    return min(max(0.5 * (before - after) / bend, -0.5), 0.5) if bend < 0.0 else 0.0
