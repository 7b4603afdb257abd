"""The texture of a head: skin with pores, brows of single hairs, stubble, lips and teeth."""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.landmarks import (
    LEFT_BROW,
    NOSE_TIP,
    OUTER_LIPS,
    RIGHT_BROW,
)
from livemask.morphable_model import MorphableModel
from livemask.performer import eyes
from livemask.performer.bake import Bake
from livemask.performer.colour import encode
from livemask.performer.noise import spots
from livemask.performer.style import Style
from livemask.records import Array, Float32, Float64, UInt8

SIZE = 2048
"""Texels a side: half a millimetre each, about a pixel when the face is near."""

BROW_HALF = (2.4, 2.9, 2.6, 1.9, 0.8)  # mm; half the width at the five points, inside first
BROW_RISE = ((0.0, 1.5), (-0.9, -2.2))  # mm above the points, which dlib puts on the upper edge
INWARDS = 0.35  # by how much of a step between points a brow begins before the first
BROW_HAIRS = 125
GLOSS = {"skin": 0.34, "eyes": 1.0, "teeth": 0.15, "tongue": 0.06, "mouth": 0.015}


@dataclass(frozen=True, slots=True, eq=False)
class Skin:
    """What is drawn of the head.

    Attributes
    ----------
    texture : (s, s, 4) uint8
        sRGB-coded colour; alpha is the gloss.
    uv : (r, 2) float32
        The model's, but the eyes', which have a place of their own.
    """

    texture: UInt8
    uv: Float32


def paint(person: MorphableModel, style: Style, scalp: Float32) -> Skin:
    """Return the skin of a person.

    Parameters
    ----------
    person : MorphableModel
        From `cast`.
    style : Style
        The person's.
    scalp : (n,) float32
        Where hair grows on the head, 0 to 1: the skin is dark below.
    """
    values = np.column_stack([_without_brows(person), scalp, _gloss(person)])
    bake = Bake.of(person.uv, person.uv_triangles, SIZE)
    baked = bake.values(values[person.uv_vertices].astype(np.float32))
    colour, gloss = _detailed(baked, bake.texels, style)
    texture = np.empty((SIZE, SIZE, 4), np.uint8)
    texture[:] = (*encode(colour.mean(0)).tolist(), 80)
    texture.reshape(-1, 4)[bake.texels, :3] = encode(colour)
    texture.reshape(-1, 4)[bake.texels, 3] = np.rint(255.0 * np.clip(gloss, 0.0, 1.0))
    for brow in (LEFT_BROW, RIGHT_BROW):
        _draw_brow(texture, person, brow, style)
    return Skin(texture, eyes.paint(texture, person, style))


def _detailed(baked: Float32, texels: Array, style: Style) -> tuple[Float32, Float32]:
    """Return colours (m, 3) and gloss (m,) with blotches, pores and hair roots."""
    colour, scalp, gloss = baked[:, :3], baked[:, 3:4], baked[:, 4]
    blotch, grain, pores = (
        spots(SIZE, cell, style.seed + i).ravel()[texels, None]
        for i, cell in enumerate((26.0, 7.0, 2.2))
    )
    skin = (gloss < GLOSS["eyes"])[:, None]
    rough = 1.0 + skin * (0.030 * grain + 0.028 * np.minimum(pores, 1.0))
    colour = colour * rough * (1.0 + skin * 0.045 * blotch * np.array([0.6, 1.0, 1.0], np.float32))
    share = np.clip(0.95 * scalp * (1.0 + 0.45 * pores + 0.3 * grain), 0.0, 0.96)
    colour = colour + share * (np.array(style.hair, np.float32) * 0.8 - colour)
    gloss = gloss * (1.0 - 0.8 * scalp[:, 0])
    return np.maximum(colour, 0.002), gloss


def _without_brows(person: MorphableModel) -> Float32:
    """Return the albedo (n, 3) with bare skin where the model paints its brows."""
    marks, albedo = person.mean[person.landmark_vertices], person.albedo.copy()
    for brow in (LEFT_BROW, RIGHT_BROW):
        line = np.stack(
            [np.interp(np.linspace(-0.4, 4.4, 60), range(5), axis) for axis in marks[brow].T], 1
        )
        away = np.linalg.norm(person.mean[:, None] - line, axis=2).min(1)
        share = np.clip((13.0 - away) / 4.0, 0.0, 1.0)[:, None]
        near = (away > 12.0) & (away < 20.0) & (person.mean[:, 1] > line[:, 1].max())
        albedo += share * (np.median(person.albedo[near], axis=0) - albedo)
    return np.asarray(albedo, np.float32)


def _gloss(person: MorphableModel) -> Float32:
    gloss = np.zeros(len(person.mean), np.float32)
    for part, value in GLOSS.items():
        gloss[person.parts[part]] = value
    marks, skin = person.mean[person.landmark_vertices], person.parts["skin"]
    points = person.mean[skin]
    gloss[skin] += 0.14 * _bell(points, marks[NOSE_TIP], 13.0)
    between = marks[[21, 22]].mean(0) + np.array([0.0, 22.0, 0.0])
    gloss[skin] += 0.08 * _bell(points, between, 30.0)
    lips = _inside(points[:, :2], marks[OUTER_LIPS, :2]) & (points[:, 2] > marks[48, 2] - 6.0)
    gloss[skin[lips]] = 0.52
    return gloss


def _bell(points: Float32, centre: Float64, radius: float) -> Float64:
    return np.asarray(np.exp(-(((points - centre) / radius) ** 2).sum(1)))


def _inside(points: Float32, outline: Float32) -> Array:
    """Return which of `points` (n, 2) lie in a polygon (m, 2)."""
    outline = np.ascontiguousarray(outline, np.float32)
    return np.array([cv2.pointPolygonTest(outline, p, False) >= 0 for p in points.tolist()])


def _draw_brow(texture: UInt8, person: MorphableModel, brow: slice, style: Style) -> None:
    """Draw one brow hair by hair, over a soft shadow of itself."""
    random = np.random.default_rng([style.seed, brow.start])
    marks = person.mean[person.landmark_vertices]
    inner_first = marks[brow] if brow == LEFT_BROW else marks[brow][::-1]
    side = np.sign(inner_first[2, 0])
    to_texel = _map(person, inner_first.mean(0))
    mask = np.zeros((SIZE, SIZE), np.uint8)
    for _ in range(BROW_HAIRS):
        place = random.beta(1.1, 1.2) * (4.0 + INWARDS) - INWARDS
        at = [np.interp(place, range(5), inner_first[:, axis]) for axis in (0, 1)]
        inside = max(-place, 0.0)  # before the first point a brow runs on level
        at[0] -= inside * (inner_first[1, 0] - inner_first[0, 0])
        half = np.interp(place, range(5), BROW_HALF)
        across = random.uniform(-1.0, 1.0)
        root = np.array([at[0], at[1] + across * half + np.interp(place, *BROW_RISE)])
        lean = np.radians(np.interp(place, (0.0, 0.8, 4.0), (75.0, 30.0, -14.0)) - 14.0 * across)
        bend = lean - np.radians(22.0)
        length = random.uniform(3.5, 6.5)
        first = root + 0.5 * length * np.array([side * np.cos(lean), np.sin(lean)])
        tip = first + 0.5 * length * np.array([side * np.cos(bend), np.sin(bend)])
        line = (np.array([root, first, tip]) @ to_texel[:2] + to_texel[2]) * 16
        shade = int(random.uniform(90, 200))
        cv2.polylines(mask, [line.astype(np.int32)], False, shade, 1, cv2.LINE_AA, 4)
    _darken(texture, mask, style)


def _map(person: MorphableModel, centre: Float64) -> Float64:
    """Return the (3, 2) affine map from x, y, mm, around `centre` (3,) to texels."""
    points = person.mean[person.uv_vertices]
    near = np.linalg.norm(points - centre, axis=1) < 26.0
    near &= points[:, 2] > centre[2] - 14.0  # not the lids' inner sides, which lie elsewhere in uv
    near &= np.linalg.norm(person.uv - np.median(person.uv[near], axis=0), axis=1) < 0.06
    known = np.column_stack([points[near, :2], np.ones(near.sum())])
    return np.asarray(np.linalg.lstsq(known, person.uv[near] * SIZE - 0.5, rcond=None)[0])


def _darken(texture: UInt8, mask: UInt8, style: Style) -> None:
    soft = cv2.GaussianBlur(mask, (0, 0), 4.0).astype(np.float32)
    share = np.minimum((mask.astype(np.float32) * 0.8 + 0.45 * soft) / 255.0, 0.92)
    rows, columns = np.nonzero(share > 0.004)
    share, under = share[rows, columns, None], texture[rows, columns].astype(np.float32)
    hair = np.array([*encode(np.array(style.hair) * 0.45).tolist(), 50.0], np.float32)
    texture[rows, columns] = np.rint(under + share * (hair - under)).astype(np.uint8)
