"""Whether what is followed still looks like the face that was found.

dlib sees a face on a bare wall too, and the head model fits it well: neither proves one.
So the grey values at fixed places between the landmarks are compared with those of the
frames before (shape-indexed features: Cao et al. 2014, section 4). They turn, tilt and
talk with the face; a wall does not.
"""

import cv2
import numpy as np
from scipy.spatial import Delaunay

from livemask.records import Array, Float64, UInt8

SAMPLES = 300
PATCH = 64
"""px: the face is reduced to this size first, so that noise and sharpness do not count."""

LEARN = 0.05
"""Share of a frame in the remembered appearance."""


class Appearance:
    """Remembers how a face looks, as values at places between its inner landmarks.

    Parameters
    ----------
    frontal : (68, 2 or 3) float64
        Landmarks of a frontal face; only its triangles are used.
    """

    def __init__(self, frontal: Float64) -> None:
        rng = np.random.default_rng(68)
        inner = frontal[17:, :2]
        triangles = Delaunay(inner).simplices
        corners = inner[triangles]
        edges = corners[:, 1:] - corners[:, :1]
        areas = np.abs(edges[:, 0, 0] * edges[:, 1, 1] - edges[:, 0, 1] * edges[:, 1, 0])
        chosen = rng.choice(len(triangles), SAMPLES, p=areas / areas.sum())
        weights = rng.dirichlet(np.ones(3), SAMPLES)
        self._places = np.zeros((SAMPLES, 68))
        rows = np.arange(SAMPLES)[:, None]
        self._places[rows, 17 + triangles[chosen]] = weights
        self._known: Float64 | None = None
        # The last look: a face is judged, judged again and learnt from the same one.
        self._last: tuple[UInt8, Float64, Float64] | None = None

    def likeness(self, image: UInt8, landmarks: Float64) -> float:
        """Return how like the remembered face this one is: 1 alike, 0 unrelated, -1 inverse.

        1 if none is remembered. `image` (h, w, 3) uint8, `landmarks` (68, 2) px.
        """
        if self._known is None:
            return 1.0
        return float(self._known @ self._look(image, landmarks))

    def learn(self, image: UInt8, landmarks: Float64) -> None:
        """Let the frame into the memory."""
        look = self._look(image, landmarks)
        mixed = look if self._known is None else self._known + LEARN * (look - self._known)
        self._known = _normalised(mixed)

    def forget(self) -> None:
        """Remember nothing."""
        self._known = None

    def _look(self, image: UInt8, landmarks: Float64) -> Float64:
        """Return the (SAMPLES,) grey values, zero mean and unit length."""
        last = self._last
        if last is not None and last[0] is image and last[1] is landmarks:
            return last[2]
        look = self._seen(image, landmarks)
        self._last = image, landmarks, look
        return look

    def _seen(self, image: UInt8, landmarks: Float64) -> Float64:
        places = self._places @ landmarks
        patch, corner, scale = _patch(image, places)
        grid = ((places - corner + 0.5) * scale - 0.5).astype(np.float32)
        x, y = grid[:, None, 0], grid[:, None, 1]
        values = cv2.remap(patch, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return _normalised(values.reshape(-1).astype(np.float64))


def _patch(image: UInt8, places: Float64) -> tuple[UInt8, Array, Array]:
    """Return the grey neighbourhood of `places` reduced to PATCH, its corner and its scale."""
    height, width = image.shape[:2]
    limit = np.array([width, height])
    low = np.clip(np.floor(places.min(axis=0)), 0, limit - 2).astype(int)
    high = np.clip(np.ceil(places.max(axis=0)) + 1, low + 2, limit).astype(int)
    part = np.ascontiguousarray(image[low[1] : high[1], low[0] : high[0]])
    grey = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY)
    patch = cv2.resize(grey, (PATCH, PATCH), interpolation=cv2.INTER_AREA)
    return np.asarray(patch, np.uint8), low, PATCH / (high - low)


def _normalised(values: Float64) -> Float64:
    centred = values - values.mean()
    return np.asarray(centred / max(float(np.linalg.norm(centred)), 1e-6))
