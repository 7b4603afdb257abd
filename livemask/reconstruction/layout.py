"""The layout of a reconstruction's texture: the face large, what lies in its openings below.

The skin lies as on paintings, see `masks.painting.layout`, in the upper part of the square; eyes,
teeth, tongue and mouth lie side by side in the lower, as seen from the front. The layouts that
models bring along give the face a small part of the square, each another.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from livemask.masks.painting.layout import loose_uv
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Int32

SKIN = 0.82
"""Height of the skin's part; the parts below it have a fifth of the width each."""

EDGE = 0.008
"""That stays free around each part, so that no colours run over."""

SPAN = 0.5
"""A triangle wider than this lies across the back of the head, where left meets right."""


class Layout(NamedTuple):
    """Where on a square texture a model's vertices lie. r corners, more than vertices at seams.

    Attributes
    ----------
    uv : (r, 2) float32
        As in `Mesh.uv`.
    vertices : (r,) int32
        The vertex of each corner; the first n are the vertices in their order.
    triangles : (t, 3) int32
        The model's, of corners.
    order : (t,) int32
        Triangles as they are drawn on the texture: those in front last.
    """

    uv: Float32
    vertices: Int32
    triangles: Int32
    order: Int32


@lru_cache(maxsize=4)
def layout_of(model: MorphableModel) -> Layout:
    """Return the layout of a model's texture."""
    own, skin, island = _places(model)
    opposite = np.column_stack([np.full(len(skin), 1.0 - EDGE), skin[:, 1]])
    sets = np.concatenate([own, skin, opposite])  # where a vertex may lie: three places of each
    of = island[model.triangles]
    between = (of != of[:, :1]).any(axis=1)  # lips belong to skin and mouth: drawn with the skin
    across = (np.ptp(skin[model.triangles, 0], axis=1) > SPAN) & (between | (of[:, 0] == 0))
    which = np.where(between[:, None] & (of > 0), 1, 0)
    which = np.where(across[:, None] & (skin[model.triangles, 0] < SPAN), 2, which)
    corners = which * len(own) + model.triangles
    more = np.unique(corners[which > 0])
    number = np.arange(len(sets))
    number[more] = len(own) + np.arange(len(more))
    vertices = np.concatenate([np.arange(len(own)), more % len(own)]).astype(np.int32)
    uv = np.concatenate([own, sets[more]]).astype(np.float32)
    depth = model.mean[model.triangles, 2].mean(axis=1)
    order = np.argsort(depth, kind="stable").astype(np.int32)
    return Layout(uv, vertices, number[corners].astype(np.int32), order)


def _places(model: MorphableModel) -> tuple[Array, Array, Array]:
    """Return (n, 2) where each vertex lies, and would lie on the skin; (n,) its part, 0 skin."""
    low, high = np.array([EDGE, EDGE]), np.array([1.0 - EDGE, SKIN - EDGE])
    skin = low + (high - low) * loose_uv(model).astype(np.float64)
    own, island = skin.copy(), np.zeros(len(skin), np.int32)
    cells = _cells(model)
    for number, inside in enumerate(cells):
        start = np.array([number / len(cells), SKIN]) + EDGE
        size = np.array([1.0 / len(cells), 1.0 - SKIN]) - 2 * EDGE
        points = model.mean[inside, :2] * (1.0, -1.0)
        reach = np.maximum(np.ptp(points, axis=0), 1e-6)
        own[inside] = start + size * (points - points.min(axis=0)) / reach
        island[inside] = 1 + number
    return own, skin, island


def _cells(model: MorphableModel) -> list[Array]:
    """Return the vertices of what lies below the skin: each eye, teeth, tongue, mouth."""
    eyes = model.parts.get("eyes", np.empty(0, np.int32))
    halves = [eyes[model.mean[eyes, 0] < 0.0], eyes[model.mean[eyes, 0] >= 0.0]]
    others = [model.parts.get(part, eyes[:0]) for part in ("teeth", "tongue", "mouth")]
    return [part for part in (*halves, *others) if len(part)]
