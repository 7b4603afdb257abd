"""Complexion: how a person's skin, brows and lips differ from the model's, place by place.

The model's albedo, lit, is compared with what is seen on some hundreds of places. A smooth
surface through the logarithms of the ratios (a polynomial of degree 2, robustly) says how light
and how red the skin is from chin to forehead, whatever the estimate of the light missed; brows
and lips then differ from that by one number a colour each. If that is asked for, what is left of
the model's colours varies as much as the person's (Reinhard et al. 2001, "Color transfer between
images"), brightness and colour each.
"""

import numpy as np

from livemask.cropping import crop, grown
from livemask.geometry import project, transform_points
from livemask.harmonics import shade
from livemask.light.estimate import EVERY, share
from livemask.light.skin import ENOUGH, FACING, LINEAR, LUMINANCE, spread
from livemask.masks.looks.drawing import on_brows, on_lips
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Frame, Light

SPACING = 6.0
"""mm between the places that are looked at."""

ON_FACE = 0.8
"""Least face weight of such a place: hair is no skin."""

DARKEST = 0.004
"""Linear; noise below it says nothing of a ratio."""

TRUST = np.array([1e-6, 0.02, 0.02, 0.06, 0.06, 0.06])
"""How strongly each term of the polynomial holds on to 0, per place."""

ROUNDS, TOLERANCE = 4, 1.5
"""Of reweighting; errors beyond this many median errors count less (Huber 1964)."""

UNEVEN = 0.7
"""By how much, in logarithms, a place may differ from the middle of the face."""

BROWS = (3.2, 3.6)
"""Half width of the brows, and mm over which they end."""

HAIRS = 25.0
"""Percentile of a brow's region that is its colour: skin is between the hairs."""

VARIED = (0.35, 1.1)
"""Bounds of how many times as varied as the model's the person's skin may be."""

BROW, LIPS = (-1.5, 0.3), (-0.5, 0.5)
"""Bounds, in logarithms, of how brows and lips differ from the model's."""


class Complexion:
    """A person's complexion, slowly followed.

    Parameters
    ----------
    model : MorphableModel
    varied : bool
        Whether skin shall be as varied as the person's, no more and no less.

    Attributes
    ----------
    factors : (n, 3) float32
        What brings the model's albedo to the person's; another array only when they change.
    """

    def __init__(self, model: MorphableModel, *, varied: bool = False) -> None:
        count = len(model.mean)
        self.factors: Float32 = np.ones((count, 3), np.float32)
        self._time: float | None = None
        wanted = np.zeros(count, bool)
        wanted[spread(model.mean, np.flatnonzero(_is_face(model)), SPACING)] = True
        around = grown(model.triangles, wanted)  # normals need the triangles around
        self._model, self._rows = crop(model, around), np.flatnonzero(wanted[around])
        self._terms = _terms(model, wanted)
        self._regions = np.column_stack([on_brows(model, *BROWS), on_lips(model)])
        self._at = np.flatnonzero(wanted)
        self._value: Float64 = np.zeros((10, 3))  # six terms, brows, lips, brightness, colour
        self._detail = _detail(model, self._terms, self._at) if varied and len(self._at) else None

    def update(self, frame: Frame, fit: Fit, light: Light) -> Float32:
        """Return `factors` after `frame`. The first is taken as it is."""
        passed = np.inf if self._time is None else frame.time - self._time
        if 0.0 <= passed < EVERY or not len(self._at):
            return self.factors
        found = self._look(frame, fit, light)
        if found is not None:
            self._value = self._value + share(passed) * (found - self._value)
            self._time, self.factors = frame.time, self._spread_out()
        return self.factors

    def _look(self, frame: Frame, fit: Fit, light: Light) -> Float64 | None:
        """Return the (10, 3) numbers of one frame; None if too little is seen."""
        vertices = self._model.vertices(fit.identity, fit.expression)
        normals = self._model.normals(vertices)[self._rows] @ fit.camera_from_head[:3, :3].T
        points = transform_points(fit.camera_from_head, vertices[self._rows])
        facing = -np.einsum("ij,ij->i", normals, points) / np.linalg.norm(points, axis=1)
        pixels = project(fit.camera, fit.camera_from_head, vertices[self._rows])
        inside = (np.abs(pixels - fit.camera.centre) < 0.5 * np.array(frame.size) - 1.0).all(1)
        seen = inside & (facing > FACING) & (points[:, 2] < -1.0)
        plain = seen & (self._regions[self._at].max(1) < 0.1)
        if np.count_nonzero(plain) < ENOUGH:
            return None
        columns, rows = np.rint(pixels[seen]).astype(np.intp).T
        colours = np.log(np.maximum(LINEAR[frame.image[rows, columns]], DARKEST))
        made = self._model.albedo[self._rows[seen]] * shade(light.harmonics, normals[seen])
        ratio = colours - np.log(np.maximum(made, DARKEST))
        terms, regions = self._terms[self._at[seen]], self._regions[self._at[seen]]
        value = np.zeros((10, 3))
        value[:6] = _fitted(terms[plain[seen]], ratio[plain[seen]])
        apart = ratio - terms @ value[:6]
        value[6] = np.clip(_level(apart, regions[:, 0], HAIRS) @ LUMINANCE, *BROW)
        value[7] = np.clip(_level(apart, regions[:, 1], 50.0), *LIPS)
        if self._detail is not None:
            places = self._at[seen][plain[seen]]
            value[8:] = _variety(apart[plain[seen]], self._detail[:, places])[:, None]
        return value

    def _spread_out(self) -> Float32:
        """Return the (n, 3) factors that these numbers mean."""
        skin = self._terms @ self._value[:6]
        skin = self._value[0] + np.clip(skin - self._value[0], -UNEVEN, UNEVEN)
        skin += self._regions @ self._value[6:8]
        if self._detail is not None:
            bright, colour = np.exp(self._value[8:, 0]) - 1.0
            skin += bright * self._detail[0] + colour * self._detail[1]
        return np.exp(skin).astype(np.float32)


def _is_face(model: MorphableModel) -> Array:
    """Return which vertices (n,) are skin of the face."""
    found = model.face_weight >= ON_FACE
    if "skin" in model.parts:
        skin = np.zeros(len(found), bool)
        skin[model.parts["skin"]] = True
        found &= skin
    return found


def _terms(model: MorphableModel, asked: Array) -> Float64:
    """Return the (n, 6) terms of degree 2 in x and y, which end where nothing is asked."""
    if not asked.any():
        return np.zeros((len(asked), 6))
    low, high = model.mean[asked, :2].min(0), model.mean[asked, :2].max(0)
    flat = 2.0 * (model.mean[:, :2] - low) / np.maximum(high - low, 1e-6) - 1.0
    x, y = np.clip(flat.astype(np.float64), -1.0, 1.0).T
    return np.column_stack([np.ones_like(x), x, y, x * x, x * y, y * y])


def _fitted(terms: Float64, ratio: Float64) -> Float64:
    """Return the (6, 3) coefficients of the surface through `ratio` (s, 3)."""
    weights = np.ones(len(ratio))
    for _ in range(ROUNDS):
        weighted = terms * weights[:, None]
        normal = weighted.T @ terms + np.diag(TRUST * weights.sum())
        solution = np.linalg.solve(normal, weighted.T @ ratio)
        error = np.linalg.norm(terms @ solution - ratio, axis=1)
        scale = TOLERANCE * max(float(np.median(error)), 1e-3)
        weights = np.minimum(1.0, scale / np.maximum(error, 1e-9))
    return np.asarray(solution)


def _level(apart: Float64, share_of: Float64, percentile: float) -> Float64:
    """Return (3,) percentiles of `apart` (s, 3) where a region is; 0 if too little of it is."""
    there = share_of > 0.5
    if np.count_nonzero(there) < 3:
        return np.zeros(3)
    return np.asarray(np.percentile(apart[there], percentile, axis=0))


def _detail(model: MorphableModel, terms: Float64, at: Array) -> Float64:
    """Return (2, n, 3) what of the model's colours, as logarithms, is no smooth surface: of
    brightness, the same in all three, and of colour.
    """
    colours = np.log(np.maximum(model.albedo.astype(np.float64), DARKEST))
    apart = colours - terms @ _fitted(terms[at], colours[at])
    bright = np.repeat((apart @ LUMINANCE)[:, None], 3, axis=1)
    return np.stack([bright, apart - bright])


def _variety(apart: Float64, detail: Float64) -> Float64:
    """Return (2,) logarithms of how many times as varied a person's skin is as the model's.

    Of brightness and of colour: `apart` (s, 3) is how the two differ but for what is smooth,
    `detail` (2, s, 3) as `_detail` returns it.
    """
    own = apart + detail.sum(0)
    bright = own @ LUMINANCE
    person = bright, own - bright[:, None]
    model = detail[0] @ LUMINANCE, detail[1]
    ratios = [_spread(a) / max(_spread(b), 1e-3) for a, b in zip(person, model, strict=True)]
    return np.asarray(np.log(np.clip(ratios, *VARIED)))


def _spread(values: Float64) -> float:
    """Return how far values (s,) or (s, 3) usually are from 0: the median, for there are spots."""
    return float(np.median(np.abs(values) if values.ndim == 1 else np.linalg.norm(values, axis=1)))
