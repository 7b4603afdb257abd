"""Inverse lighting: the colours of a person's skin, without the light that falls on it.

What a matt surface shows is its albedo times the light on it (Lambert); the light is known, so
one division tells the albedo (Marschner & Greenberg 1997, "Inverse lighting for photography").
"""

import numpy as np

from livemask.cropping import crop, grown
from livemask.geometry import transform_points
from livemask.harmonics import shade
from livemask.light.estimate import EVERY
from livemask.light.skin import LINEAR, pixels_of
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float32, Float64, Frame, Light

ON_FACE = 0.3
"""Least face weight of vertices that are looked at."""

FACING = 0.35
"""Least cosine between normal and line of sight."""

DARK = 0.08
"""Least light by which is divided, as a share of a white wall: below, noise would be enlarged."""

SECONDS = 2.0
"""Of looking at a vertex until what was seen before counts half."""

ODD = 0.35
"""A logarithm further off than this from what is known (hands, highlights) counts less."""


class Albedo:
    """A person's albedo, slowly learnt.

    Parameters
    ----------
    model : MorphableModel

    Attributes
    ----------
    value : (n, 3) float32
        Linear RGB of all vertices of the model: the person's where they were seen, else the
        model's times the person's tone.
    seen : (n,) float32
        0 where nothing was learnt, towards 1 the longer a vertex was seen.
    """

    def __init__(self, model: MorphableModel) -> None:
        asked = model.face_weight >= ON_FACE
        around = grown(model.triangles, asked)
        self._model = crop(model, around)
        self._rows = np.flatnonzero(asked[around])
        self._places = np.flatnonzero(asked)
        self._usual = np.maximum(model.albedo.astype(np.float64), 1e-3)
        self._learnt = self._usual[self._places]
        self._weight = np.zeros(len(self._places))
        self._time: float | None = None
        self.value: Float32 = model.albedo
        self.seen = np.zeros(len(model.mean), np.float32)

    def update(self, frame: Frame, fit: Fit, light: Light) -> Float32:
        """Return `value` after `frame`; another array object only when it has changed."""
        passed = EVERY if self._time is None else abs(frame.time - self._time)
        if self._time is not None and passed < EVERY:
            return self.value
        rows, albedo = self._look(frame, fit, light)
        if len(rows):
            self._time = frame.time
            self._learn(rows, albedo, min(passed, 2.0 * EVERY) / SECONDS)
            self._fill()
        return self.value

    def _look(self, frame: Frame, fit: Fit, light: Light) -> tuple[Array, Float64]:
        """Return which of the vertices are seen, and their albedo (s, 3) in this frame."""
        vertices = self._model.vertices(fit.identity, fit.expression)
        normals = self._model.normals(vertices)[self._rows] @ fit.camera_from_head[:3, :3].T
        points = transform_points(fit.camera_from_head, vertices[self._rows])
        pixels, seen = pixels_of(frame, fit, points)
        distance = np.linalg.norm(points, axis=1)
        seen &= np.einsum("ij,ij->i", normals, points) < -FACING * distance
        columns, rows = pixels[seen].T
        lit = np.maximum(shade(light.harmonics, normals[seen]), DARK)
        return np.flatnonzero(seen), np.maximum(LINEAR[frame.image[rows, columns]] / lit, 1e-3)

    def _learn(self, rows: Array, albedo: Float64, share: float) -> None:
        """Mix in what was seen, less of what is far off; the first look is taken as it is."""
        known = self._weight[rows] > 0.0
        tone = np.median(albedo / self._usual[self._places[rows]], axis=0)
        expected = np.where(
            known[:, None], self._learnt[rows], tone * self._usual[self._places[rows]]
        )
        off = np.abs(np.log(albedo / expected)).max(axis=1)
        trust = np.minimum(1.0, ODD / np.maximum(off, 1e-9)) ** 2
        part = trust * share / (np.minimum(self._weight[rows], 1.0) + share)
        self._learnt[rows] = expected + part[:, None] * (albedo - expected)
        self._weight[rows] += trust * share

    def _fill(self) -> None:
        seen = self._weight > 0.0
        tone = np.median(self._learnt[seen] / self._usual[self._places[seen]], axis=0)
        value = self._usual * tone
        value[self._places[seen]] = self._learnt[seen]
        self.value = np.clip(value, 0.0, 1.0).astype(np.float32)
        self.seen = np.zeros(len(value), np.float32)
        self.seen[self._places] = 1.0 - np.exp(-self._weight)
