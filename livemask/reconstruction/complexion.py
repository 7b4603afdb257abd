"""Complexion: a person's own colours in one photo, without its light, hair and background.

Unlike `light.inverse`, which learns from many frames what skin is, this believes the one photo
that there is: beards, brows, lips and eyes are as it shows them.
"""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from scipy.spatial import cKDTree

from livemask.harmonics import of_lamp, shade
from livemask.landmarks import INNER_LIPS, LEFT_EYE, RIGHT_EYE
from livemask.light.skin import LINEAR, LUMINANCE
from livemask.masks.swapping.baking import hairy
from livemask.morphable_model import MorphableModel
from livemask.reconstruction.shape import Shape
from livemask.reconstruction.unwrapped import partners
from livemask.reconstruction.views import INNER
from livemask.records import Array, Float32, Float64, Frame, Light
from livemask.texture import MIRROR_SHARE

DARK = 0.05
"""Least light by which is divided, as a share of a white wall."""

RIM = (0.3, 0.55)
"""Between these cosines with the line of sight a vertex comes to be believed: at the rim, a fit
that is 2 mm off shows the background."""

UNLIKE, SHINE = (0.45, 0.8), 1.6
"""Between these differences of logarithms a colour of the forehead is hair rather than skin; and
how many times as far what is lighter may be off."""

GLOSS = (0.1, 0.4)
"""Of what skin is lighter than the person's tone by more than the first, a logarithm, the second
is believed: on performers the albedo is off by 13 % then, not 16."""

APART, SIDE = (0.5, 1.0), (0.7, 0.9)
"""Between these differences of logarithms, and cosines, the better seen half is believed."""

NEIGHBOURS, EVERY, FADES, STRAYS = 40, 5, 60.0, 1.4
"""Vertices, every so many, whose median tells what one is coloured like; mm at which that fades,
and how many times as bright as all skin, or as dark, it may be."""

AROUND = 3
"""Triangles around hair that are doubted with it."""

SURE = 1.5
"""Times its weight, to 1: how far a vertex is believed rather than what it would be."""

OPENING = 1.15
"""Times the opening between lids or lips as it was detected: beyond, an eyeball is white."""

WHITE = 75.0
"""Percentile of the brightness of an eye from which on it is its white."""

DARKEST, DIM = 2.0, 0.3
"""Percentile of the light on what is seen, and how dark it may be, as a share of the median."""

BRIGHT, WHITEST = 99.0, 0.9
"""Percentile of the albedo, and what it may be at most: no skin is whiter."""

DETAIL = 0.7
"""mm: finer than that, vertices cannot show."""


class Complexion(NamedTuple):
    """Colours and how far the photo showed them. n vertices.

    Attributes
    ----------
    albedo : (n, 3) float32
        Linear RGB, 0 to 1.
    trust : (n,) float64
        1 where the photo shows the person, 0 where it shows hair, background or nothing.
    """

    albedo: Float32
    trust: Array


def complexion(frame: Frame, shape: Shape, light: Light, landmarks: Float64) -> Complexion:
    """Return the colours of a face, its mirror image's where they are hidden, else the model's.

    Parameters
    ----------
    frame : Frame
        The photo.
    shape : Shape
        The head as the photo shows it.
    light : Light
        What is divided by (Lambert; Marschner & Greenberg 1997).
    landmarks : (68, 2) float64
        As detected, px.
    """
    model, usual = shape.model, np.maximum(shape.model.albedo.astype(np.float64), 0.01)
    lit = np.maximum(shade(light.harmonics, shape.seen_normals), DARK)
    ratio = _seen(frame, shape) / lit / usual
    towards = facing(shape)
    seen = shape.weight * _smooth(towards, *RIM) * _smooth(model.face_weight, 0.0, 0.3)
    tone = _tone(model, ratio, seen)
    ratio *= _matt(model, ratio / tone)[:, None]
    trust = seen * (1.0 - _hair(model, ratio / tone, seen))
    trust *= 1.0 - _spilt(model, ratio, trust, towards)
    tones = _nearby(model, ratio, trust, tone)
    _look_into(shape, landmarks, ratio * usual, (trust, tones))
    return Complexion(_mixed(model, ratio, tones, trust) * usual.astype(np.float32), trust)


def eased(light: Light, frame: Frame, shape: Shape) -> Light:
    """Return a light as even and as bright as it must be for no skin to be black or over white.

    Nine numbers cannot tell a cast shadow, and nobody can tell dark skin from little light.
    """
    lit = shade(light.harmonics, shape.seen_normals)
    sure = (shape.weight > 0.5) & (shape.model.face_weight > 0.5)
    if not sure.any():
        return light
    level, grey = np.median(lit[sure], axis=0), lit[sure] @ LUMINANCE
    usual, low = float(np.median(grey)), float(np.percentile(grey, DARKEST))
    share = max(DIM * usual - low, 0.0) / max(usual - low, 1e-9)
    even = of_lamp(light.direction, np.zeros(3), level)
    softer = (1.0 - share) * light.harmonics + share * even
    lit = np.maximum(shade(softer, shape.seen_normals[sure]), DARK)
    brightest = float(np.percentile((_seen(frame, shape)[sure] / lit).max(axis=1), BRIGHT))
    gain = max(brightest / WHITEST, 1.0)
    fields = {field: gain * getattr(light, field) for field in ("colour", "ambient")}
    return replace(light, harmonics=(gain * softer).astype(np.float32), **fields)


def facing(shape: Shape) -> Float64:
    """Return (n,) cosines between the normals and the lines of sight."""
    along = -np.einsum("ij,ij->i", shape.seen_normals, shape.seen)
    return np.asarray(along / np.maximum(np.linalg.norm(shape.seen, axis=1), 1e-9))


def _smooth(values: Array, low: float, high: float) -> Array:
    share = np.clip((values - low) / (high - low), 0.0, 1.0)
    return share * share * (3.0 - 2.0 * share)


def _seen(frame: Frame, shape: Shape) -> Float64:
    """Return the (n, 3) linear colours of a photo at the vertices, not finer than they are."""
    pixels = np.nan_to_num(shape.pixels, nan=-9.0)
    shown = pixels[shape.weight > 0.0]
    if not len(shown):
        return np.zeros((len(pixels), 3))
    low = np.maximum(np.floor(shown.min(axis=0)).astype(int) - 2, 0)
    high = np.ceil(shown.max(axis=0)).astype(int) + 3
    part = frame.image[low[1] : high[1], low[0] : high[0]]
    wide = DETAIL * np.ptp(shown[:, 0]) / max(float(np.ptp(shape.seen[shape.weight > 0.0, 0])), 1.0)
    if wide > 0.5:
        part = np.asarray(cv2.GaussianBlur(part, (0, 0), wide), np.uint8)
    places = (pixels - low).astype(np.float32)
    colours = [
        cv2.remap(part, some[:, None, 0], some[:, None, 1], cv2.INTER_LINEAR,
                  borderMode=cv2.BORDER_REPLICATE)[:, 0]
        for some in np.array_split(places, 1 + len(places) // 32000)
    ]  # fmt: skip
    return np.asarray(LINEAR[np.concatenate(colours)])


def _tone(model: MorphableModel, ratio: Float64, seen: Array) -> Float64:
    """Return the (3,) median of a person's skin over the model's."""
    sure = (seen > 0.7) & (model.face_weight > 0.9) & (_where_hair_falls(model) < 0.5)
    sure[_inner(model)] = False
    tone = np.median(ratio[sure], axis=0) if sure.any() else np.ones(3)
    return np.asarray(np.maximum(tone, 1e-3))


def _matt(model: MorphableModel, ratio: Float64) -> Float64:
    """Return (n,) by what skin lighter than all is darkened: most of that is gloss or sun."""
    over = np.log(np.maximum(ratio @ LUMINANCE, 1e-3)) - GLOSS[0]
    share = np.where(over > 0.0, np.exp((GLOSS[1] - 1.0) * over), 1.0)
    share[_inner(model)] = 1.0
    return share


def _hair(model: MorphableModel, ratio: Float64, seen: Array) -> Array:
    """Return (n,) 1 where forehead and temples are not coloured like skin, 0 elsewhere."""
    apart = np.log(np.maximum(ratio, 1e-3))
    apart = np.maximum(-apart, apart / SHINE).max(axis=1)
    unlike = np.where(seen > 0.0, _smooth(apart, *UNLIKE), 0.0) * _where_hair_falls(model)
    for turn in range(2 * AROUND):  # wider, then softer
        corners = unlike[model.triangles]
        of_triangles = corners.max(axis=1) if turn < AROUND else corners.mean(axis=1)
        for corner in model.triangles.T:
            np.maximum.at(unlike, corner, of_triangles)
    return unlike


def _spilt(model: MorphableModel, ratio: Float64, trust: Array, towards: Float64) -> Array:
    """Return (n,) 1 where the half that is seen better is coloured otherwise."""
    partner, there = partners(model)
    logs = np.log(np.maximum(ratio, 1e-3))
    apart = np.abs(logs - logs[partner]).max(axis=1)
    better = there * (trust[partner] > 0.5) * _smooth(towards[partner] - towards, 0.0, 0.1)
    return _smooth(apart, *APART) * better * (1.0 - _smooth(towards, *SIDE))


def _nearby(model: MorphableModel, ratio: Float64, trust: Array, tone: Float64) -> Float64:
    """Return (n, 3) what the skin nearby is coloured like: far from all, the `tone` (3,)."""
    tones = np.tile(tone, (len(ratio), 1))
    known = (trust > 0.8) & (model.face_weight > 0.5)
    known[_inner(model)] = False
    sure = np.flatnonzero(known)[::EVERY]
    asked = np.flatnonzero((trust < 0.8) & (model.face_weight > 0.0))
    if len(sure) < NEIGHBOURS or not len(asked):
        return tones
    away, which = cKDTree(model.mean[sure]).query(model.mean[asked], NEIGHBOURS)
    near = np.exp(-np.asarray(away).mean(axis=1, keepdims=True) / FADES)
    like = np.clip(np.median(ratio[sure][which], axis=1), tone / STRAYS, tone * STRAYS)
    tones[asked] = near * like + (1.0 - near) * tone
    return tones


@lru_cache(maxsize=4)
def _where_hair_falls(model: MorphableModel) -> Array:
    """Return (n,) 1 on forehead and temples, 0 where beards grow; 0 if it is not known where."""
    if (model.landmark_vertices[17:] < 0).any():
        return np.zeros(len(model.mean))
    marks = model.mean[model.landmark_vertices]
    mouth, nose = marks[[48, 54], 1].mean(), marks[33, 1]
    falls = hairy(model) * _smooth(model.mean[:, 1], mouth, nose)
    falls[_inner(model)] = 0.0
    return falls


def _inner(model: MorphableModel) -> Array:
    nothing = np.empty(0, np.int32)
    return np.concatenate([model.parts.get(part, nothing) for part in INNER])


def _look_into(
    shape: Shape, landmarks: Float64, colours: Float64, found: tuple[Array, Float64]
) -> None:
    """Write to `found`, trust and tone, those of eyes and mouth: seen between lids and lips."""
    trust, tones = found
    model, usual = shape.model, np.maximum(shape.model.albedo.astype(np.float64), 0.01)
    inner, eyes = _inner(model), np.asarray(model.parts.get("eyes", []), np.intp)
    seen = shape.weight > 0.0
    mouth = landmarks[INNER_LIPS]
    trust[inner] = (seen & _within(shape.pixels, mouth))[inner]
    tones[inner] = float(
        np.sqrt(np.median(tones @ LUMINANCE))
    )  # as light as the skin, not of its hue
    for side, lids in ((-1.0, landmarks[RIGHT_EYE]), (1.0, landmarks[LEFT_EYE])):
        eye = eyes[side * model.mean[eyes, 0] > 0.0]
        trust[eye] = (seen & _within(shape.pixels, lids))[eye]
        bright = colours[eye[trust[eye] > 0.0]]
        if len(bright):
            grey = bright @ LUMINANCE
            white = bright[grey >= np.percentile(grey, WHITE)].mean(axis=0)
            tones[eye] = 0.5 * (white + white @ LUMINANCE) / usual[eye]


def _within(pixels: Float64, outline: Float64) -> Array:
    """Return which of `pixels` (n, 2) lie in a polygon (k, 2) a little grown (crossing number)."""
    middle = outline.mean(axis=0)
    grown = middle + OPENING * (outline - middle)
    x, y = np.nan_to_num(pixels, nan=-1e9).T
    inside = np.zeros(len(pixels), np.bool_)
    for (ax, ay), (bx, by) in zip(grown, np.roll(grown, -1, axis=0), strict=True):
        rise = by - ay if by != ay else 1e-9
        inside ^= ((ay > y) != (by > y)) & (x < ax + (y - ay) * (bx - ax) / rise)
    return inside


def _mixed(model: MorphableModel, ratio: Float64, tones: Float64, trust: Array) -> Float32:
    """Return (n, 3) the ratio to the model's albedo: seen, else mirrored, else the tone."""
    partner, there = partners(model)
    other = MIRROR_SHARE * (1.0 - trust) * trust[partner] * there
    other[_inner(model)] = 0.0
    total = (trust + other)[:, None]
    shown = (trust[:, None] * ratio + other[:, None] * ratio[partner]) / np.maximum(total, 1e-6)
    sure = np.minimum(SURE * total, 1.0)
    usual = np.maximum(model.albedo.astype(np.float64), 0.01)
    return np.clip(sure * shown + (1.0 - sure) * tones, 0.0, 1.0 / usual).astype(np.float32)
