"""Pictures that surfaces are made of, made once, each with its smaller copies.

All are grey: colours are a person's own. Brows and beards are drawn hair by hair at the places
that they have on the model, so they go with any face.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from livemask.landmarks import CHIN, LEFT_BROW, OUTER_LIPS, RIGHT_BROW
from livemask.masks.face_mesh import INNER_PARTS
from livemask.morphable_model import MorphableModel
from livemask.performer.bake import Bake
from livemask.performer.noise import spots, streaks
from livemask.reconstruction.layout import Layout
from livemask.records import Array, Float32, Float64, UInt8

STRANDS = 256
CLOTH = 128
LEVELS = 6
BROW_RISE = ((0.0, 1.5), (-0.9, -2.2))  # mm above the points, which dlib puts on the upper edge


@dataclass(frozen=True, slots=True)
class Brows:
    """How brows are: number of hairs, times the usual width, and how long hairs are, mm."""

    hairs: int
    wide: float
    long: float


BROWS = (Brows(50, 0.7, 4.0), Brows(85, 0.85, 4.5), Brows(125, 1.0, 5.0), Brows(190, 1.25, 5.6),
         Brows(260, 1.5, 6.2))  # fmt: skip


def smaller(image: UInt8) -> tuple[UInt8, ...]:
    """Return an image (s, s, c) and its copies at half the size each."""
    copies = [np.ascontiguousarray(image)]
    for _ in range(LEVELS - 1):
        half = cv2.resize(copies[-1], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        copies.append(np.ascontiguousarray(half.reshape(*half.shape[:2], -1)))
    return tuple(copies)


def strands() -> tuple[UInt8, ...]:
    """Return hair (s, s, 2): how bright it is, and above which density a strand is there."""
    bright = 0.5 * streaks((STRANDS, STRANDS), (90.0, 1.6), 3)
    bright = _tiled(bright + 0.45 * streaks((STRANDS, STRANDS), (70.0, 6.0), 4))
    gaps = _tiled(streaks((STRANDS, STRANDS), (60.0, 2.2), 5))
    share = np.argsort(np.argsort(gaps.ravel())).reshape(gaps.shape) / gaps.size
    both = np.dstack([np.clip(118.0 + 46.0 * bright, 20, 255), 250.0 * share])
    # The second must not be averaged: hair that is far away has gaps, too.
    copies = smaller(both.astype(np.uint8))
    for copy in copies[1:]:
        step = STRANDS // len(copy)
        copy[..., 1] = both[::step, ::step, 1]
    return copies


def _tiled(noise: Float32) -> Float32:
    """Return noise whose edges fit together."""
    size = len(noise)
    share = np.clip(np.arange(size) / (0.25 * size), 0.0, 1.0)
    across = noise * share + np.roll(noise, size // 2, 1) * (1.0 - share)
    both = across * share[:, None] + np.roll(across, size // 2, 0) * (1.0 - share[:, None])
    return np.asarray(both, np.float32)


def cloths() -> tuple[UInt8, ...]:
    """Return patterns (s, s, 2) of cloth: how bright, and the share of a second colour."""
    weave = 1.0 + 0.05 * _tiled(spots(CLOTH, 2.5, 61))
    x, y = np.meshgrid(np.arange(CLOTH), np.arange(CLOTH))
    knit = weave * (1.0 + 0.10 * np.sin(y * 2.0 * np.pi / 8.0))
    stripes = ((y // 16) % 2).astype(float)
    checks = 0.5 * ((y // 16) % 2) + 0.5 * ((x // 16) % 2)
    pins = ((x % 16) < 2).astype(float)
    dots = (np.hypot(x % 32 - 16, y % 32 - 16) < 6).astype(float)
    blobs = np.clip(_tiled(spots(CLOTH, 22.0, 9)) * 2.0, 0.0, 1.0)
    plain = np.zeros_like(stripes)
    pairs = ((weave, plain), (knit, plain), (weave, stripes), (weave, checks), (weave, pins),
             (weave, dots), (knit, stripes), (weave, blobs))  # fmt: skip
    return tuple(
        np.dstack([np.clip(160.0 * bright, 0, 255), 255.0 * share]).astype(np.uint8)
        for bright, share in pairs
    )


def skin(model: MorphableModel, layout: Layout, size: int) -> list[tuple[UInt8, ...]]:
    """Return for each of `BROWS` skin (s, s, 4): pores, freckles, brows and beard.

    Pores are 128 where skin is even; the others are shares. Smaller copies follow each.
    """
    bake = Bake.of(layout.uv, layout.triangles[layout.order[::-1]], size)
    mask = bake.values(beard_area(model)[layout.vertices][:, None])[:, 0]
    grain = np.full((size, size), 128.0)
    rough = 0.5 * spots(size, size / 300.0, 1) + 0.7 * spots(size, size / 900.0, 2)
    rough = 9.0 * (rough + spots(size, size / 80.0, 3)).ravel()[bake.texels]
    grain.ravel()[bake.texels] += rough * bake.values(_even(model)[layout.vertices])[:, 0]
    freckles = np.clip(spots(size, size / 280.0, 4) - 1.15, 0.0, 1.0) * 220.0
    stubble = np.zeros((size, size))
    hairs = np.clip(150.0 + 70.0 * spots(size, size / 700.0, 7), 60, 255).ravel()[bake.texels]
    stubble.ravel()[bake.texels] = mask * hairs
    found = []
    for i, brows in enumerate(BROWS):
        share = np.zeros((size, size), np.uint8)
        for side in (LEFT_BROW, RIGHT_BROW):
            _draw_brow(share, model, layout, side, (brows, i))
        soft = cv2.GaussianBlur(share, (0, 0), size / 512.0).astype(np.float32)
        dense = np.minimum(1.1 * share + 0.85 * soft, 240.0)
        layers = np.dstack([grain, freckles, dense, stubble])
        found.append(smaller(np.clip(layers, 0, 255).astype(np.uint8)))
    return found


def beard_area(model: MorphableModel) -> Float32:
    """Return where a beard grows, (n,) 0 to 1: jaw, chin and upper lip, not the lips."""
    marks = model.mean[model.landmark_vertices].astype(np.float64)
    points = model.mean.astype(np.float64)
    nose, mouth, chin = marks[33], marks[OUTER_LIPS].mean(0), marks[CHIN]
    side = np.abs(points[:, 0])
    corner = abs(float(marks[48, 0]))
    line = np.interp(
        side, (0.0, corner, 1.6 * corner, 2.6 * corner, 70.0),
        (nose[1] - 1.0, nose[1] - 9.0, mouth[1] - 4.0, mouth[1] + 6.0, nose[1] + 14.0),
    )  # fmt: skip
    area = np.clip((line - points[:, 1]) / 6.0, 0.0, 1.0)
    slope = chin[1] - 26.0 + 0.35 * (chin[2] - points[:, 2])
    area *= np.clip((points[:, 1] - slope) / 16.0, 0.0, 1.0)
    area *= np.clip((points[:, 2] - (marks[[2, 14], 2].mean() - 4.0)) / 12.0, 0.0, 1.0)
    lips = _away_from_lips(points, marks)
    area *= np.clip(lips / 3.0, 0.0, 1.0)
    for part in INNER_PARTS:
        area[model.parts.get(part, [])] = 0.0
    return area.astype(np.float32)


def _away_from_lips(points: Float64, marks: Float64) -> Float64:
    """Return how far points are outside of the lips as seen from before, (n,) mm; less inside."""
    outline = np.ascontiguousarray(marks[OUTER_LIPS, :2], np.float32)
    found = [-cv2.pointPolygonTest(outline, p, True) for p in points[:, :2].tolist()]
    return np.array(found) - 0.6


def _even(model: MorphableModel) -> Float32:
    """Return (n, 1) how fine skin is: nothing below the chin, where the texture is stretched."""
    below = model.mean[:, 1:2] - model.mean[model.landmark_vertices[CHIN], 1] + 25.0
    return np.clip(below / 20.0, 0.0, 1.0).astype(np.float32)


def lips_area(model: MorphableModel) -> Float32:
    """Return where lips are, (n,) 0 to 1."""
    marks = model.mean[model.landmark_vertices].astype(np.float64)
    points = model.mean.astype(np.float64)
    area = np.clip(0.5 - _away_from_lips(points, marks) / 2.0, 0.0, 1.0)
    area *= points[:, 2] > marks[48, 2] - 8.0
    for part in INNER_PARTS:
        area[model.parts.get(part, [])] = 0.0
    return area.astype(np.float32)


def _draw_brow(
    mask: UInt8, model: MorphableModel, layout: Layout, brow: slice, how: tuple[Brows, int]
) -> None:
    """Draw one brow hair by hair into `mask` (s, s); `how`: its style, and a seed."""
    style, seed = how
    random = np.random.default_rng([seed, brow.start])
    marks = model.mean[model.landmark_vertices]
    inner_first = marks[brow] if brow == LEFT_BROW else marks[brow][::-1]
    side = np.sign(inner_first[2, 0])
    to_texel = _map(model, layout, inner_first.mean(0), len(mask))
    for _ in range(style.hairs):
        place = random.beta(1.1, 1.2) * 4.35 - 0.35
        at = [np.interp(place, range(5), inner_first[:, axis]) for axis in (0, 1)]
        at[0] -= max(-place, 0.0) * (inner_first[1, 0] - inner_first[0, 0])
        half = style.wide * np.interp(place, range(5), (2.4, 2.9, 2.6, 1.9, 0.8))
        across = random.uniform(-1.0, 1.0)
        root = np.array([at[0], at[1] + across * half + np.interp(place, *BROW_RISE)])
        lean = np.radians(np.interp(place, (0.0, 0.8, 4.0), (75.0, 30.0, -14.0)) - 14.0 * across)
        bend, length = lean - np.radians(22.0), style.long * random.uniform(0.7, 1.3)
        first = root + 0.5 * length * np.array([side * np.cos(lean), np.sin(lean)])
        tip = first + 0.5 * length * np.array([side * np.cos(bend), np.sin(bend)])
        line = (np.array([root, first, tip]) @ to_texel[:2] + to_texel[2]) * 16
        shade = int(random.uniform(90, 200))
        cv2.polylines(mask, [line.astype(np.int32)], False, shade, 1, cv2.LINE_AA, 4)


def _map(model: MorphableModel, layout: Layout, centre: Array, size: int) -> Float64:
    """Return the (3, 2) affine map from x, y, mm, around `centre` (3,) to texels."""
    points, uv = model.mean, layout.uv[: len(model.mean)]
    near = np.linalg.norm(points - centre, axis=1) < 26.0
    near &= points[:, 2] > centre[2] - 14.0  # not the lids' inner sides, which lie elsewhere
    near &= np.linalg.norm(uv - np.median(uv[near], axis=0), axis=1) < 0.1
    known = np.column_stack([points[near, :2], np.ones(near.sum())])
    return np.asarray(np.linalg.lstsq(known, uv[near] * size - 0.5, rcond=None)[0])
