"""Match: colours that let skin in the picture pass for the fruit that it lies on."""

import cv2
import numpy as np
from scipy.spatial import cKDTree

from livemask import harmonics
from livemask.light.estimate import EVERY, share
from livemask.light.skin import LINEAR, LUMINANCE
from livemask.masks.face_mesh import cosines
from livemask.masks.fruit.features import AROUND, BEYOND, INSIDE, RINGS, SKIN_RINGS, Features
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Frame, Light, State

DARKEST, LEAST, GREATEST = 0.004, 0.04, 12.0
"""Skin is taken to be no darker than this; bounds of the factors."""

RELIGHT = (0.6, 1.35)
"""Bounds of what the light on the fruit makes of eyes and lips, beside that on the face, if both
are of one room."""

SUNKEN = 0.72
"""How bright the crease is where eyes and lips meet the fruit, as if set in."""

INNER_RINGS, OUTWARD = np.array([5, 6, 7]), (BEYOND[1], BEYOND[4])
"""Rings beside eyes and lips, whose skin may be lighter; between these shares of the way from
outline to rim it becomes that of the rim."""

SMOOTH = 2.0
"""Corners around a piece over which the skin's colour is averaged."""

NEAREST = 60
"""Vertices whose mean normal is the face's at a place: lids and lips have none of their own."""


TURNED_AWAY = (0.12, 0.3)
"""Cosine between a feature and the line of sight at which it is gone, and at which it is whole:
a camera sees no more of it than the nose beside it."""


class Match:
    """What to multiply the picture with, around eyes and mouth and on them.

    The skin beyond the rim of each piece is followed, all around it: divided by that, and
    multiplied by the fruit as it is lit at a place, the piece has no edge there (as in
    Perez et al. 2003, "Poisson image editing", with ratios for differences).

    Parameters
    ----------
    features : Features
    model : MorphableModel
    lighter : float
        How many times as light as they are eyes and lips may become.
    """

    def __init__(
        self, features: Features, model: MorphableModel, lighter: float = RELIGHT[1]
    ) -> None:
        self._features, self._relight = features, (RELIGHT[0], lighter)
        self._skin: Float64 = np.full((2, 3, AROUND, 3), 0.3)  # beside eyes and lips; at the rim
        self._time: float | None = None
        still = np.zeros(len(model.expression_names))
        rest = model.landmark_model.points(np.zeros(len(model.identity)), still)[:68]
        cut, _ = features.cut(rest)
        normals = model.normals(model.mean)
        _, near = cKDTree(model.mean).query(cut, k=min(NEAREST, len(normals)))
        mean = normals[near].mean(1)
        self._face_normals: Float64 = mean / np.linalg.norm(mean, axis=1, keepdims=True)

    def update(self, frame: Frame, fit: Fit, uv: Float32) -> None:
        """Look at the skin of a face that is seen; `uv` (n, 2) is where its features lie.

        What lies outside of it is left as it was; the first look is taken as it is.
        """
        passed = np.inf if self._time is None else frame.time - self._time
        if 0.0 <= passed < EVERY or fit.state is State.HELD:
            return
        spots = uv.reshape(3, RINGS, AROUND, 2)
        rim, known = _seen(frame, spots[:, SKIN_RINGS])
        rim = np.where(known[..., None], rim, self._skin[1])
        beside, known = _seen(frame, spots[:, INNER_RINGS])
        lighter = known & (beside @ LUMINANCE > rim @ LUMINANCE)
        skin = np.stack([_even(np.where(lighter[..., None], beside, rim)), _even(rim)])
        self._skin = self._skin + share(passed) * (skin - self._skin)
        self._time = frame.time

    def colours(
        self,
        fit: Fit,
        light: Light,
        normals: Float64,
        fruit: Float64,
        shown: Array | slice = slice(None),
    ) -> Float32:
        """Return (n, 3) factors, for pieces laid on a fruit with `normals` (n, 3), head frame.

        `fruit` (n, 3) is its linear colour below them; `shown` (n,) says which vertex's part of
        the picture lies at each, if not its own.
        """
        turn = fit.camera_from_head[:3, :3].T
        there = harmonics.shade(light.harmonics, normals @ turn)
        here = harmonics.shade(light.harmonics, self._face_normals @ turn)
        own = np.clip((there @ LUMINANCE + 0.05) / (here @ LUMINANCE + 0.05), *self._relight)
        skin = np.maximum(self._skin, DARKEST)
        skin = skin[0][:, None] + _OUTWARD[:, None, None] * (skin[1] - skin[0])[:, None]
        skin = skin.reshape(-1, 3)[shown]
        other = np.clip(fruit * there / skin, LEAST, GREATEST)
        mixed = own[:, None] + self._features.foreign[:, None] * (other - own[:, None])
        return np.asarray(mixed * self._crease(), np.float32)

    def seen(self, fit: Fit, places: Float64) -> Float32:
        """Return (n,) 0 for pieces, cut at `places` (n, 3), that look away from the camera."""
        normals = self._face_normals.astype(np.float32)
        cosine = cosines(fit, places.astype(np.float32), normals).reshape(3, -1).mean(1)
        least, enough = TURNED_AWAY
        return np.repeat(np.clip((cosine - least) / (enough - least), 0.0, 1.0), len(places) // 3)

    def _crease(self) -> Float64:
        return np.asarray(1.0 - (1.0 - SUNKEN) * self._features.crease[:, None], np.float64)


_OUTWARD = np.clip(
    (np.concatenate([INSIDE - 1.0, BEYOND]) - OUTWARD[0]) / (OUTWARD[1] - OUTWARD[0]), 0.0, 1.0
)
"""(RINGS,) 0 beside eyes and lips, 1 at the rim."""


def _seen(frame: Frame, spots: Array) -> tuple[Float64, Array]:
    """Return of rings of `spots` (3, r, AROUND, 2), as `uv`, the colour of each corner.

    It is (3, AROUND, 3) linear, the lightest of its rings: no brow, no beard; and (3, AROUND)
    whether any of them is in the picture.
    """
    inside = (np.abs(spots - 0.5) < 0.5).min(axis=-1)
    columns, rows = (np.clip(spots, 0.0, 0.9999) * frame.size).astype(np.intp).reshape(-1, 2).T
    seen: Float64 = LINEAR[frame.image[rows, columns]].reshape(*spots.shape[:3], 3)
    best = np.where(inside, seen @ LUMINANCE, -1.0).argmax(axis=1)
    chosen = np.take_along_axis(seen, best[:, None, :, None], axis=1)[:, 0]
    return np.asarray(chosen), inside.max(axis=1)


def _even(skin: Float64) -> Float64:
    """Return colours (3, AROUND, 3) averaged around each piece."""
    margin = AROUND // 2
    wrapped = np.concatenate([skin[:, -margin:], skin, skin[:, :margin]], axis=1)
    rows: Array = wrapped.transpose(1, 0, 2).reshape(len(wrapped[0]), -1)
    smooth: Array = cv2.GaussianBlur(rows, (1, 0), sigmaX=0.1, sigmaY=SMOOTH)
    return np.asarray(smooth.reshape(-1, 3, 3).transpose(1, 0, 2)[:, margin : margin + AROUND])
