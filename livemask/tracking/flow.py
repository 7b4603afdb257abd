"""Points that stay on the skin: optical flow carries them, the detector keeps them from drifting.

dlib scatters by one percent of the distance between the eyes from frame to frame, but does not
drift; flow scatters hardly at all, but drifts, and knows nothing of a lid that closes. Each point
is predicted by flow, as far as the points agree on it (`motion.py`), and corrected towards the
detector's: slightly at rest, more where it moves by itself, wholly where the two keep disagreeing
or where the flow does not lead back to where it came from. So calm costs no lag.

References
----------
Lucas & Kanade, An iterative image registration technique, IJCAI 1981, in pyramids: Bouguet 2000.
Kalal, Mikolajczyk & Matas, Forward-backward error, ICPR 2010.
"""

from dataclasses import replace

import cv2
import numpy as np

from livemask.landmarks import LEFT_EYE, OUTER_LIPS, RIGHT_EYE
from livemask.records import Array, Face, Float64, Frame, UInt8
from livemask.tracking.motion import calmed

CROP, EYES = 144, 54.0
"""px: the face is brought upright and to this size first, so that what is left is small."""

WINDOW, LEVELS, STEPS = 13, 1, 5
"""px, halvings, and steps at each, of the search for a point. Twice as much of each costs 0.5 ms
more and gives nothing."""

FRONTAL_EYES, EYES_TO_MOUTH = 1.45, 1.35
"""Lengths of the face that are one eye distance if it looks ahead: of the middles of the
eyes from one another, and from the mouth. The longer of the two shortens in no turn."""

AT_REST = 0.05
"""Share of the detector's point that is taken where the two agree."""

GAIN, MEMORY = 6.0, 0.4
"""By how much this share grows with their lasting disagreement, per eye distance; share of a
frame in what is taken for lasting."""

OWN = 30.0
"""By how much it grows with what the point moves by itself, per eye distance and frame: between
lips that open there is nothing that flow could follow."""

ERROR = 0.6
"""px of the crop: a point whose flow leads back so far from where it came is half believed."""

UNBELIEVED, APART = 0.7, 0.25
"""Least share of the detector's point where the flow is not believed; from how many eye
distances between the two on it is taken as it is."""

_STOP = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, STEPS, 0.03)


class Flow:
    """Follows the points of one face through the frames."""

    def __init__(self) -> None:
        self._crop: UInt8 | None = None
        self._points = np.empty((68, 2))  # px of the last crop
        self._apart = np.zeros((68, 2))  # how the detector disagrees, lately, in eye distances

    def __call__(self, image: UInt8, points: Float64) -> Float64:
        """Return where the points are, given where the detector sees them.

        Parameters
        ----------
        image : (h, w, 3) uint8
            RGB.
        points : (68, 2) float64
            px.

        Returns
        -------
        (68, 2) float64
            px.
        """
        crop_from_image = _upright(points)
        crop = _cut(image, crop_from_image)
        seen = points @ crop_from_image[:, :2].T + crop_from_image[:, 2]
        self._points = seen if self._crop is None else self._corrected(crop, seen)
        self._crop = crop
        back = (self._points - crop_from_image[:, 2]).T
        return np.asarray(np.linalg.solve(crop_from_image[:, :2], back).T)

    def _corrected(self, crop: UInt8, seen: Float64) -> Float64:
        """Return the points in this crop: predicted, and drawn towards where they were `seen`."""
        carried, trust, own = self._carried(crop)
        off = (seen - carried) / EYES
        self._apart += MEMORY * (off - self._apart)
        share = AT_REST + GAIN * np.linalg.norm(self._apart, axis=1) + OWN / EYES * own
        share = trust * share + (1.0 - trust) * np.maximum(share, UNBELIEVED)
        share = np.minimum(share, 1.0)
        share[np.linalg.norm(off, axis=1) > APART] = 1.0
        self._apart *= 1.0 - share[:, None]
        return np.asarray(carried + share[:, None] * EYES * off)

    def _carried(self, crop: UInt8) -> tuple[Float64, Float64, Float64]:
        """Return where flow carries the points (68, 2), how far each is believed (68,), and moves
        by itself (68,), px.
        """
        assert self._crop is not None  # noqa: S101 - for mypy
        start = self._points.astype(np.float32)
        there, went = _flow(self._crop, crop, start)
        back, came = _flow(crop, self._crop, there)
        error = np.linalg.norm(back - start, axis=1)
        trust = went * came / (1.0 + (error / ERROR) ** 2)
        moves, own = calmed(self._points, there - self._points, trust)
        return self._points + moves, trust, own


class Steady:
    """The flows of several faces; forgets a face that was lost."""

    def __init__(self) -> None:
        self._faces: dict[int, Flow] = {}
        calmed(np.zeros((68, 2)), np.zeros((68, 2)), np.ones(68))  # let it be compiled now

    def steady(self, frame: Frame, face: Face) -> Face:
        """Return `face`, detected in `frame`, with calm points."""
        flow = self._faces.setdefault(face.id, Flow())
        return replace(face, landmarks=flow(frame.image, face.landmarks))

    def forget(self, id: int) -> None:  # noqa: A002 - the record's word
        """Reset: the next points of this face are taken as they are."""
        self._faces.pop(id, None)


def _flow(old: UInt8, new: UInt8, points: Array) -> tuple[Array, Float64]:
    """Return where `points` (n, 2) float32 went, and 1 for each that was found, else 0."""
    found, status, _ = cv2.calcOpticalFlowPyrLK(
        old,
        new,
        points,
        np.empty_like(points),
        winSize=(WINDOW, WINDOW),
        maxLevel=LEVELS,
        criteria=_STOP,
    )
    return np.asarray(found), np.asarray(status)[:, 0].astype(np.float64)


def _upright(points: Float64) -> Float64:
    """Return the (2, 3) similarity that brings the face of `points` to the middle of the crop."""
    right, left = points[RIGHT_EYE].mean(axis=0), points[LEFT_EYE].mean(axis=0)
    across, middle = left - right, 0.5 * (left + right)
    down = points[OUTER_LIPS].mean(axis=0) - middle
    apart = max(np.hypot(*across), 1e-6)
    size = max(FRONTAL_EYES * apart, EYES_TO_MOUTH * np.hypot(*down), 1.0)
    cosine, sine = EYES / size * (across / apart if apart > 1e-6 else np.array([1.0, 0.0]))
    turn = np.array([[cosine, sine], [-sine, cosine]])
    return np.column_stack([turn, 0.5 * CROP - turn @ (middle + 0.45 * down)])


def _cut(image: UInt8, crop_from_image: Float64) -> UInt8:
    """Return the grey crop (CROP, CROP)."""
    crop = cv2.warpAffine(
        image,
        crop_from_image,
        (CROP, CROP),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY))
