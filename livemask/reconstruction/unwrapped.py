"""The skin of a photo laid flat: texture and position map of a reconstructed face."""

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from scipy.spatial import cKDTree

from livemask.harmonics import shade
from livemask.light.skin import LINEAR
from livemask.masks.swapping.filling import filled
from livemask.masks.swapping.unrolled import unroll
from livemask.morphable_model import MorphableModel
from livemask.reconstruction.layout import layout_of
from livemask.reconstruction.shape import Shape
from livemask.reconstruction.views import alpha_of, coded
from livemask.records import Array, Float32, Frame, Light, UInt8
from livemask.texture import MIRROR_SHARE, MIRROR_WITHIN

if TYPE_CHECKING:
    from livemask.reconstruction.complexion import Complexion

DARK, FACTOR = 0.05, 2.0
"""Least light that is divided by, and the most by which light is taken to differ between halves."""

EVEN = (0.35, 1.3)
"""Times the usual light: what is not seen is not much darker or lighter than that."""

SURE = 3.0
"""Times its weight, to 1: how far a texel is believed rather than what was put below it."""


def unroll_values(model: MorphableModel, values: Array, size: int) -> tuple[Float32, Array]:
    """Return `values` (n, k) of the vertices on a (size, size, k) texture, and where it has any."""
    layout = layout_of(model)
    texels = np.zeros((size, size, values.shape[1]), np.float32)
    covered = np.zeros((size, size), np.bool_)
    places = layout.uv.astype(np.float64) * size - 0.5
    corners = np.ascontiguousarray(values[layout.vertices], np.float64)
    unroll(places, layout.triangles[layout.order], corners, texels, covered)
    return texels, covered


def texture(
    frame: Frame, shape: Shape, skin: "Complexion", light: Light, size: int, *, hidden: bool = True
) -> UInt8:
    """Return the (size, size, 3) texture of a face, sRGB-coded, as the photo shows it.

    What the photo does not show, or hair covers, is the mirror image, in the light of its own
    side, or else of the person's tone; beyond the face it is the model's, toned alike. With
    `hidden` False it is black instead.
    """
    own = skin.trust * alpha_of(shape)
    partner, there = partners(shape.model)
    lit = np.maximum(shade(light.harmonics, shape.seen_normals), DARK)
    usual = np.median(lit[own > 0.5], axis=0) if (own > 0.5).any() else np.ones(3)
    base = skin.albedo * np.clip(lit, EVEN[0] * usual, EVEN[1] * usual)
    relit = np.clip(lit / lit[partner], 1.0 / FACTOR, FACTOR)
    pixels = np.nan_to_num(shape.pixels, nan=-1e3)
    values = np.column_stack([pixels, own, pixels[partner], own[partner] * there, relit, base])
    texels, covered = unroll_values(shape.model, values, size)
    if not hidden:
        shown = _sampled(frame, texels[..., :2]) * (texels[..., 2:3] > 0.0)
        return coded(shown * covered[..., None])
    return coded(filled(_mixed(frame, texels, texels[..., 9:]), covered.astype(np.float32)))


def _mixed(frame: Frame, texels: Float32, below: Float32) -> Float32:
    """Return linear colours (h, w, 3): seen, else mirrored, else those `below`."""
    weight = texels[..., 2:3]
    other = np.float32(MIRROR_SHARE) * (1.0 - weight) * texels[..., 5:6]
    mirrored = _sampled(frame, texels[..., 3:5]) * texels[..., 6:9]
    total = weight + other
    shown = weight * _sampled(frame, texels[..., :2]) + other * mirrored
    sure = np.minimum(SURE * total, 1.0)
    return np.asarray(sure * shown / np.maximum(total, 1e-6) + (1.0 - sure) * below, np.float32)


@lru_cache(maxsize=4)
def partners(model: MorphableModel) -> tuple[Array, Array]:
    """Return (n,) the vertex on the other half of each, and (n,) whether it is really there."""
    distance, nearest = cKDTree(model.mean).query(model.mean * np.array([-1.0, 1.0, 1.0]))
    return np.asarray(nearest), np.asarray(distance) < MIRROR_WITHIN


def _sampled(frame: Frame, places: Array) -> Float32:
    """Return the linear colours (h, w, 3) of a photo at `places` (h, w, 2) px."""
    x, y = (np.ascontiguousarray(places[..., i], np.float32) for i in (0, 1))
    shown = cv2.remap(frame.image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(LINEAR.astype(np.float32)[shown])


def colours_of(shape: Shape, texture: UInt8) -> Float32:
    """Return the (n, 3) colours of the vertices on a texture, sRGB-coded, 0 to 1."""
    layout, side = layout_of(shape.model), len(texture)
    places = np.clip(np.rint(layout.uv * side - 0.5), 0, side - 1).astype(np.intp)
    colours = np.zeros((len(shape.vertices), 3), np.float32)
    colours[layout.vertices] = texture[places[:, 1], places[:, 0]] / np.float32(255.0)
    return colours


def position_map(shape: Shape, focal: float, size: int) -> Float32:
    """Return the (size, size, 3) position map: where in the photo each texel is, px.

    x to the right, y down, z towards the camera from 0 at the farthest point, all in px at the
    head's distance; 0 where the texture shows nothing (Feng et al. 2018, "Joint 3D face
    reconstruction and dense alignment with position map regression network").
    """
    texels, _ = unroll_values(shape.model, picture_points(shape, focal), size)
    return texels


def picture_points(shape: Shape, focal: float) -> Float32:
    """Return the (n, 3) vertices in the photo: x, y px and z px towards the camera, from 0."""
    scale = focal / np.abs(np.mean(shape.seen[:, 2]))
    depth = scale * (shape.seen[:, 2] - shape.seen[:, 2].min())
    return np.column_stack([shape.pixels, depth]).astype(np.float32)
