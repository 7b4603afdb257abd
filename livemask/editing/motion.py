"""Where in the photo each pixel of the changed head comes from, and how well it is seen there."""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.editing.easel import Easel
from livemask.editing.neck import neck_share
from livemask.editing.pair import Pair
from livemask.reconstruction.raster import draw
from livemask.reconstruction.unwrapped import partners
from livemask.records import Array, Camera, Float32

STRETCHED = (0.3, 0.6)
"""Cosine of a place with the line of sight in the photo, over that of now: up to the first it is
stretched too far to be used, from the second on it is used as it is."""

BEHIND = 2.5
"""mm by which a place may lie behind what the photo shows there and still be it."""

ASIDE, EDGE = 0.68, 0.35
"""Where `Pair.frontal` is less than the first, the least cosine with the line of sight."""

STEP = 15.0
"""mm by which what is around a place lies behind it, if that is an edge."""

FINE = (0.5, 0.85)
"""The same where the other half of the face is seen better."""

CORE = 0.2
"""Face weight from which on a place is where the model has it: beyond lie hair and ears, of which
the model knows little."""

FRONTAL = (0.45, 0.65)
"""The same of `Pair.frontal`: at the sides of the head, as photographed, hair, ears and what is
behind it are seen where the model has cheeks."""

INNER = ("teeth", "tongue", "mouth")
"""Parts behind the lips."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Places of a head in the photo, for each pixel of the maps. h rows, w columns.

    Attributes
    ----------
    places : (h, w, 2) float32
        px of the photo.
    good, fine : (h, w) float32
        How well it shows them, 0 to 1, and with more asked of it.
    turned : (h, w) float32
        Cosine of them with the line of sight, as they are there.
    normals : (h, w, 3) float32
        As they are there, camera frame.
    """

    places: Float32
    good: Float32
    fine: Float32
    turned: Float32
    normals: Float32


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """The changed head, pixel by pixel.

    Attributes
    ----------
    there : (h, w) bool
        Where face and neck are.
    head, head_before : (h, w) bool
        Where the whole head is, and where it was.
    smooth : (h, w) bool
        Where the head goes on around a pixel: it is not at an edge that hides what is behind.
    own, mirrored : Seen
        What is there in the photo, and its mirror image on the other half of the face.
    normals : (h, w, 3) float32
        As they are now, camera frame.
    face, mouth, eyes, neck : (h, w) float32
        How much of each: weight of the face, what is behind the lips, the eyeballs, how far the
        neck stays.
    """

    there: Array
    head: Array
    head_before: Array
    smooth: Array
    own: Seen
    mirrored: Seen
    normals: Float32
    face: Float32
    mouth: Float32
    eyes: Float32
    neck: Float32


def motion_of(pair: Pair, camera: Camera, easel: Easel) -> Motion:
    """Draw a pair; `camera` took the photo."""
    before, after, model = pair.before, pair.after, pair.model
    partner, _ = partners(model)
    other = before.points[partner], before.normals[partner]
    values = np.column_stack([before.points, before.normals, *other, after.normals, _marks(pair)])
    drawn = draw(easel.camera, after.points, _core(pair), values)
    depth, depth_before = (
        draw(easel.camera, head.points, model.triangles, np.zeros((len(partner), 0))).depth
        for head in (after, before)
    )
    there = np.isfinite(drawn.depth) & (drawn.depth < depth + BEHIND)
    head, head_before = np.isfinite(depth), np.isfinite(depth_before)
    normals = _unit(drawn.values[..., 12:15])
    shown = np.where(head_before, depth_before, 0.0).astype(np.float32)
    look = _Look(camera, easel, shown, _facing(_rays(easel), normals), there)
    face, mouth, eyes, neck, half, core = (drawn.values[..., i] for i in range(15, 21))
    own, mirrored = look.at(drawn.values[..., :6], core), look.at(drawn.values[..., 6:12], half)
    far = cv2.dilate(np.where(head, depth, np.float32(1e9)), np.ones((7, 7)))
    smooth = far < drawn.depth + STEP
    return Motion(there, head, head_before, smooth, own, mirrored, normals, face, mouth, eyes, neck)


def _marks(pair: Pair) -> Array:
    """Return (n, 6) of each vertex what `Motion` has of a pixel, and how sure both halves are."""
    model = pair.model
    marks = np.zeros((len(model.mean), 6))
    marks[:, 0] = np.clip(model.face_weight, 0.0, 1.0)
    for part in INNER:
        marks[model.parts.get(part, []), 1] = 1.0
    marks[model.parts.get("eyes", []), 2] = 1.0
    marks[:, 3] = neck_share(model, model.mean.astype(np.float64))
    partner, alike = partners(model)
    frontal = _eased(pair.frontal, *FRONTAL)
    marks[:, 4] = alike * marks[:, 0] * frontal[partner]
    sure = np.maximum(marks[:, 0] / CORE, under_jaw(pair)) * frontal
    marks[:, 5] = np.clip(np.maximum(sure, marks[:, 1:3].max(axis=1)), 0.0, 1.0)
    return marks


def under_jaw(pair: Pair) -> Array:
    """Tell which vertices (n,) are of the neck, or between it and the chin."""
    return neck_share(pair.model, pair.model.mean.astype(np.float64), early=True) > 0.0


def _core(pair: Pair) -> Array:
    """Return the triangles of face and neck, and of what is seen through their openings."""
    model = pair.model
    other = (pair.frontal[partners(model)[0]] > FRONTAL[1]) & (model.face_weight > 0.0)
    kept = (model.face_weight > 0.0) | under_jaw(pair)
    turned = _facing(pair.before.points, pair.before.normals)
    kept &= (pair.frontal > FRONTAL[0]) & ((pair.frontal > ASIDE) | (turned > EDGE)) | other
    for part in (*INNER, "eyes"):
        kept[model.parts.get(part, [])] = True
    return model.triangles[kept[model.triangles].all(axis=1)]


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """Looks up places of the head in the photo.

    `depth` (h, w) mm of the head as photographed, 0 beside it; `facing` (h, w) cosine of what is
    there now with the line of sight; `there` (h, w) where the head is now.
    """

    camera: Camera
    easel: Easel
    depth: Float32
    facing: Float32
    there: Array

    def at(self, drawn: Float32, sure: Array) -> Seen:
        """Return what is known of points and normals (h, w, 6), camera frame; `sure` (h, w)."""
        points, normals = drawn[..., :3], _unit(drawn[..., 3:])
        away = np.maximum(-points[..., 2:], 1.0)
        ways = points[..., :2] / away * np.array([1.0, -1.0], np.float32)
        places = (self.camera.centre + self.camera.focal * ways).astype(np.float32)
        cosine = _facing(points, normals)
        open_view = self.there * self._shown(places, away[..., 0], cosine)
        share = cosine / np.maximum(self.facing, 0.05)
        good, fine = (
            (_eased(share, *span) * open_view * sure).astype(np.float32)
            for span in (STRETCHED, FINE)
        )
        return Seen(places, good, fine, cosine.astype(np.float32), normals)

    def _shown(self, places: Float32, away: Float32, cosine: Float32) -> Array:
        """Tell where places are in the picture and nothing of the head lies before them."""
        easel = self.easel
        x, y = (
            (places[..., i] - easel.box[i] + 0.5) * np.float32(easel.scale) - 0.5 for i in (0, 1)
        )
        nearest = cv2.remap(self.depth, x, y, cv2.INTER_NEAREST, borderValue=0.0)
        slope = easel.mm * np.minimum(1.0 / np.maximum(cosine, 0.1), 6.0)
        size = np.array(self.camera.size, np.float32)
        inside = ((places > -0.5) & (places < size - 0.5)).all(axis=2)
        return np.asarray(inside & (away < nearest + BEHIND + slope))


def _eased(value: Array, low: float, high: float) -> Array:
    """Return 0 up to `low`, 1 from `high` on, softly between."""
    ease = np.clip((value - low) / (high - low), 0.0, 1.0)
    return np.asarray(ease * ease * (3.0 - 2.0 * ease))


def _rays(easel: Easel) -> Float32:
    """Return (h, w, 3) a point on the line of sight of each pixel, camera frame."""
    camera = easel.camera
    x = (np.arange(camera.size[0]) - camera.centre[0]) / camera.focal
    y = (camera.centre[1] - np.arange(camera.size[1])) / camera.focal
    rays = np.empty((camera.size[1], camera.size[0], 3), np.float32)
    rays[..., 0], rays[..., 1], rays[..., 2] = x, y[:, None], -1.0
    return rays


def _facing(points: Array, normals: Array) -> Float32:
    """Return (...) the cosine of `normals` (..., 3) with the way from `points`."""
    far = np.sqrt(np.einsum("...i,...i->...", points, points))
    return np.asarray(-np.einsum("...i,...i->...", points, normals) / np.maximum(far, 1e-6))


def _unit(vectors: Array) -> Float32:
    long = np.sqrt(np.einsum("hwi,hwi->hw", vectors, vectors))
    return np.asarray(vectors / np.maximum(long, 1e-6)[..., None], np.float32)
