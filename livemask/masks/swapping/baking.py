"""The skin and the eyes of a photo as textures, its light taken off."""

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np

from livemask.geometry import project, transform_points
from livemask.harmonics import shade
from livemask.light.estimate import LightEstimate
from livemask.light.skin import LINEAR
from livemask.masks.painting.layout import painting_uv
from livemask.masks.swapping.evening import evened
from livemask.masks.swapping.filling import filled
from livemask.masks.swapping.unrolled import unroll
from livemask.morphable_model import MorphableModel, fit_landmarks
from livemask.records import Array, Fit, Float32, Float64, Frame, Int32, UInt8
from livemask.texture import MIRROR_SHARE
from livemask.visibility import visibility
from livemask.wardrobe import Portrait

SIDE = 1024
"""px of the skin's texture: a face fills it, so that a texel is about a fifth of a mm."""

EYES_SIZE = (512, 256)
"""px of that of both eyes, side by side."""

DARK = 0.55
"""Least light by which is divided, as a share of the usual on the face: below is mostly noise."""

UNLIKE = (0.3, 0.55)
"""Between these differences of logarithms a colour of the forehead is hair rather than skin."""

WHITE = 80.0
"""Percentile of the light of an eye from which on it is its white."""

BETWEEN = 4.0
"""px over which the colours of vertices are averaged: about as far as they are apart."""

BRIGHT = 99.0
"""Percentile of the albedo that becomes white, or nearly: what is brighter are highlights."""

LID = 0.82
"""Of the opening between the lids this share is surely eye: the rest is lashes and their shade."""


class Baked(NamedTuple):
    """What was taken from a photo.

    Attributes
    ----------
    skin : (h, w, 3) uint8
        Albedo, sRGB-coded, in the layout of paintings.
    eyes : (h, w, 3) uint8
        Of the model's eyes, the subject's right one on the left half; sRGB-coded, with light.
    skin_uv, eyes_uv : (n, 2) float32
        Of all vertices.
    albedo : (n, 3) float32
        That of the skin at all vertices, linear.
    """

    skin: UInt8
    eyes: UInt8
    skin_uv: Float32
    eyes_uv: Float32
    albedo: Float32


class _Seen(NamedTuple):
    """Of each vertex in a photo: where it is (n, 2) px, its normal, and how well it is seen."""

    pixels: Float64
    normals: Float64
    weight: Array


def bake(frame: Frame, model: MorphableModel, fit: Fit) -> Baked:
    """Return the textures of the face that `fit` finds in a photo."""
    seen = _looked(model, fit)
    light = LightEstimate(model).update(frame, fit).harmonics.astype(np.float64)
    uv = painting_uv(model)
    skin = _skin(frame, model, uv, seen, light)
    places = np.clip(uv * SIDE, 0, SIDE - 1).astype(np.intp)
    soft = np.asarray(cv2.GaussianBlur(skin, (0, 0), BETWEEN), np.float32)
    albedo = soft[places[:, 1], places[:, 0]]
    eyes_uv = _eyes_uv(model)
    eyes = _eyes(frame, model, fit, eyes_uv, seen)
    return Baked(_coded(skin), _coded(eyes), uv, eyes_uv, albedo)


def _looked(model: MorphableModel, fit: Fit) -> _Seen:
    vertices = model.vertices(fit.identity, fit.expression)
    points = transform_points(fit.camera_from_head, vertices)
    normals = model.normals(vertices) @ fit.camera_from_head[:3, :3].T
    weight = visibility(fit.camera, points, normals, model.triangles)
    pixels = project(fit.camera, fit.camera_from_head, vertices)
    return _Seen(np.nan_to_num(pixels, nan=-1e3), normals, weight)


def _skin(frame: Frame, model: MorphableModel, uv: Float32, seen: _Seen, light: Float64) -> Float32:
    """Return the (SIDE, SIDE, 3) linear albedo of the skin, hidden places filled."""
    lit = shade(light, seen.normals)
    usual = np.median(lit[seen.weight > 0.5], axis=0) if (seen.weight > 0.5).any() else np.ones(3)
    lit = np.maximum(lit / usual, DARK)
    values = np.column_stack([seen.pixels, seen.weight, hairy(model), lit])
    texels, covered = _unrolled(uv * SIDE - 0.5, _skin_triangles(model), values, (SIDE, SIDE))
    albedo = np.asarray(_sampled(frame, texels) / np.maximum(texels[..., 4:], DARK), np.float32)
    weight = np.asarray(texels[..., 2] * covered, np.float32)
    albedo, weight = evened(albedo, weight)
    albedo = _without_hair(albedo, texels[..., 3], weight * (texels[..., 3] == 0.0))
    return _brought_to_range(_mirrored(albedo, weight), weight)


def hairy(model: MorphableModel) -> Array:
    """Return (n,) 1 on forehead, temples and sides, where a photo may show hair, 0 within."""
    marks = model.landmark_vertices
    brows = model.mean[marks[17:27], 1].max()
    wide = np.abs(model.mean[marks[[36, 45]], 0]).mean()
    up, out = model.mean[:, 1] - brows, np.abs(model.mean[:, 0]) - wide
    corner = np.clip((up + 6.0) / 6.0, 0.0, 1.0) * np.clip(out / 6.0, 0.0, 1.0)
    return np.clip(np.maximum(corner, np.maximum((up - 4.0) / 8.0, (out - 8.0) / 6.0)), 0.0, 1.0)


def _without_hair(albedo: Float32, hairy: Float32, weight: Float32) -> Float32:
    """Return `albedo` with skin in place of hair, where it is `hairy` (h, w).

    What skin looks like is known from where its `weight` (h, w) is large.
    """
    sure = albedo[weight > 0.7]
    if not len(sure):
        return albedo
    tone = np.median(sure, axis=0)
    apart = np.abs(np.log(np.maximum(albedo, 1e-3)) - np.log(np.maximum(tone, 1e-3))).max(2)
    unlike = np.clip((apart - UNLIKE[0]) / (UNLIKE[1] - UNLIKE[0]), 0.0, 1.0).astype(np.float32)
    around = cv2.GaussianBlur(cv2.dilate(unlike, np.ones((21, 21))), (0, 0), 7.0)
    share = (np.maximum(around, unlike) * hairy)[..., None]
    return np.asarray(albedo + share * (tone - albedo))


def _mirrored(albedo: Float32, weight: Float32) -> Float32:
    """Return `albedo` with its mirror image where little was seen, and the rest filled."""
    other = np.float32(MIRROR_SHARE) * (1.0 - weight) * weight[:, ::-1]
    total = weight + other
    mixed = weight[..., None] * albedo + other[..., None] * albedo[:, ::-1]
    mixed = np.asarray(mixed / np.maximum(total, 1e-3)[..., None], np.float32)
    return filled(mixed, np.minimum(3.0 * total, 1.0))


def _brought_to_range(albedo: Float32, weight: Array) -> Float32:
    sure = albedo[weight > 0.5]
    white = np.percentile(sure.max(1), BRIGHT) if len(sure) else 1.0
    return np.clip(albedo * (0.9 / max(float(white), 1e-3)), 0.0, 1.0)


def _eyes(frame: Frame, model: MorphableModel, fit: Fit, uv: Float32, seen: _Seen) -> Float32:
    """Return the (h, w, 3) linear texture of both eyes."""
    width, height = EYES_SIZE
    eyes = model.parts.get("eyes", np.empty(0, np.int32))
    inside = np.zeros(len(model.mean), bool)
    inside[eyes] = True
    triangles = _front_last(model, inside)
    open_eyes = _between_lids(
        frame, project(fit.camera, fit.camera_from_head, fit_landmarks(model, fit))
    )
    values = np.column_stack([seen.pixels, seen.weight > 0.0])
    texels, covered = _unrolled(uv * EYES_SIZE - 0.5, triangles, values, (height, width))
    x, y = (np.ascontiguousarray(texels[..., i], np.float32) for i in (0, 1))
    weight = cv2.remap(open_eyes, x, y, cv2.INTER_LINEAR) * covered * texels[..., 2]
    colours = _sampled(frame, texels)
    halves = [slice(0, width // 2), slice(width // 2, width)]
    return np.concatenate([_whole_eye(colours[:, h], weight[:, h]) for h in halves], axis=1)


def _whole_eye(colours: Float32, weight: Float32) -> Float32:
    """Return one eye: what the lids hid of it is nearly as white as what is beside the iris."""
    seen = colours[weight > 0.5]
    if not len(seen):
        return np.full_like(colours, 0.3)
    white = seen[seen.sum(1) >= np.percentile(seen.sum(1), WHITE)].mean(0)
    even = np.full_like(colours, 1.0) * (0.8 * white)
    near = cv2.GaussianBlur(weight, (0, 0), 10.0)[..., None]
    around = filled(colours, weight)
    beyond = even + np.clip(2.0 * near, 0.0, 1.0) * 0.5 * (around - even)
    soft = np.minimum(cv2.GaussianBlur(weight, (0, 0), 1.5), weight)[..., None]
    return np.asarray(soft * colours + (1.0 - soft) * beyond)


def _between_lids(frame: Frame, points: Float64) -> Float32:
    """Return (h, w) float32, 1 where the picture shows an eye and no lid."""
    shown = np.zeros(frame.image.shape[:2], np.uint8)
    for eye in (points[36:42], points[42:48]):
        if np.isfinite(eye).all():
            shrunk = eye.mean(0) + LID * (eye - eye.mean(0))
            cv2.fillPoly(shown, [np.rint(shrunk * 16).astype(np.int32)], 255, shift=4)
    return (shown / np.float32(255.0)).astype(np.float32)


def _eyes_uv(model: MorphableModel) -> Float32:
    """Return the (n, 2) places of the eyes on their texture: from the front, each in a half."""
    uv = np.zeros((len(model.mean), 2), np.float32)
    eyes = model.parts.get("eyes", np.empty(0, np.int32))
    for half, side in enumerate((eyes[model.mean[eyes, 0] < 0], eyes[model.mean[eyes, 0] >= 0])):
        if len(side):
            points = model.mean[side, :2]
            low, high = points.min(0), points.max(0)
            across = (points - low) / np.maximum(high - low, 1e-6)
            uv[side] = 0.02 + 0.96 * (across * (1, -1) + (0, 1))
            uv[side, 0] = 0.5 * (uv[side, 0] + half)
    return uv


def _skin_triangles(model: MorphableModel) -> Int32:
    """Return the triangles of the skin, those seen from the front last."""
    skin = np.ones(len(model.mean), bool)
    for part in ("eyes", "teeth", "tongue", "mouth"):
        skin[model.parts.get(part, [])] = False
    return _front_last(model, skin)


def _front_last(model: MorphableModel, inside: Array) -> Int32:
    """Return the triangles between vertices (n,) that are `inside`, the foremost last."""
    triangles = model.triangles[inside[model.triangles].all(1)]
    depth = model.mean[triangles, 2].mean(1)
    return np.ascontiguousarray(triangles[np.argsort(depth, kind="stable")])


def _unrolled(
    places: Array, triangles: Int32, values: Array, shape: tuple[int, int]
) -> tuple[Float32, Array]:
    texels = np.zeros((*shape, values.shape[1]), np.float32)
    covered = np.zeros(shape, np.bool_)
    unroll(places.astype(np.float64), triangles, values.astype(np.float64), texels, covered)
    return texels, covered


def _sampled(frame: Frame, texels: Float32) -> Float32:
    """Return the linear colours (h, w, 3) that the photo shows at the pixels of `texels`."""
    x, y = (np.ascontiguousarray(texels[..., i], np.float32) for i in (0, 1))
    shown = cv2.remap(frame.image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(LINEAR.astype(np.float32)[shown])


def _coded(linear: Float32) -> UInt8:
    coded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    made = np.rint(255.0 * np.clip(coded, 0.0, 1.0)).astype(np.uint8)
    made.setflags(write=False)
    return made


@lru_cache(maxsize=8)
def baked(portrait: Portrait) -> Baked:
    """Return what `bake` makes of a portrait; made once for all who wear it."""
    return bake(portrait.frame, portrait.model, portrait.fit)
