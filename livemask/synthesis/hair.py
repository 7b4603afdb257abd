"""Hair of many cuts: a shell over the scalp and, where it is long, a curtain around the neck."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from livemask.landmarks import LEFT_EYE
from livemask.morphable_model import MorphableModel
from livemask.performer.noise import spots
from livemask.performer.scalp import flattened
from livemask.records import Array, Float32, Float64
from livemask.synthesis.part import Binding, Kind, Part, Surface, normals_of

LINE = {
    0: 61.0, 20: 62.0, 36: 59.0, 50: 44.0, 60: 26.0, 70: 6.0, 80: -8.0, 88: 2.0, 96: 14.0,
    108: 8.0, 122: -22.0, 150: -58.0, 180: -64.0,
}  # fmt: skip
"""Degrees around the head from the front: mm above the eyes where hair begins."""

ROWS, COLUMNS = 22, 72
"""Of a curtain."""


class Cut(NamedTuple):
    """How hair is cut.

    Attributes
    ----------
    top, sides, fringe : float
        mm; how thick it is, and by how much thicker at the front.
    back : float
        mm by which the hair line has gone back over the forehead.
    fade : float
        mm over which the hair line fades.
    lumps, cell : float
        By which share thickness varies, and over how many texels of 256.
    length : float
        mm that a curtain hangs down below the eyes; 0 none.
    open : float
        Degrees from the front to where a curtain begins.
    down : float
        mm by which a fringe hangs over the forehead.
    """

    top: float
    sides: float
    fringe: float = 0.0
    back: float = 0.0
    fade: float = 13.0
    lumps: float = 0.1
    cell: float = 16.0
    length: float = 0.0
    open: float = 62.0
    down: float = 0.0


CUTS = {
    "shaved": Cut(0.6, 0.5, fade=10.0, lumps=0.0),
    "crew": Cut(9.0, 3.0, 4.0, fade=12.0),
    "short": Cut(19.0, 7.0, 12.0),
    "receding": Cut(7.0, 5.0, 0.0, back=26.0, fade=22.0),
    "tousled": Cut(25.0, 11.0, 14.0, lumps=0.2, cell=15.0, down=8.0),
    "fringe": Cut(20.0, 12.0, 10.0, down=30.0, fade=8.0),
    "curly": Cut(36.0, 28.0, 8.0, lumps=0.17, cell=10.0),
    "afro": Cut(60.0, 52.0, 4.0, lumps=0.07, cell=8.0),
    "bob": Cut(20.0, 13.0, 6.0, length=95.0, open=50.0),
    "long": Cut(17.0, 11.0, 4.0, length=190.0, open=56.0),
    "full": Cut(24.0, 20.0, 8.0, lumps=0.14, cell=16.0, length=150.0, open=47.0, down=10.0),
}
"""The cuts that people have, but none."""


def depth(model: MorphableModel, cut: Cut) -> Float64:
    """Return how far behind the hair line each vertex lies, (n,) mm."""
    points = model.mean.astype(np.float64)
    eyes = points[model.landmark_vertices][LEFT_EYE].mean(0)
    around = np.degrees(np.arctan2(np.abs(points[:, 0]), points[:, 2] - (eyes[2] - 85.0)))
    ragged = np.random.default_rng(21).normal(0.0, 1.1, 90)
    turn = np.degrees(np.arctan2(points[:, 0], points[:, 2] - (eyes[2] - 85.0)))
    line = np.interp(around, list(LINE), list(LINE.values()))
    line += np.interp(turn, np.linspace(-180, 180, 90), ragged)
    front = np.clip(1.0 - around / 58.0, 0.0, 1.0)
    temples = np.exp(-(((around - 38.0) / 15.0) ** 2))
    line += cut.back * (0.6 * np.minimum(3.0 * front, 1.0) + 0.7 * temples) - cut.down * front
    found = points[:, 1] - eyes[1] - line
    bare = np.ones(len(found), np.bool_)
    bare[model.parts["skin"]] = False
    found[bare] = -1e3
    return np.asarray(found)


def scalp(model: MorphableModel, cut: Cut) -> Float32:
    """Return where hair grows on the skin, (n,): 0 on bare skin, rising to 1."""
    behind = depth(model, cut._replace(down=0.0))
    return np.clip(behind / cut.fade + 0.5, 0.0, 1.0).astype(np.float32)


def grow(model: MorphableModel, cut: Cut) -> tuple[Part, ...]:
    """Return the hair of a cut on the mean head: shell, and curtain if it is long."""
    shell = _shell(model, cut)
    return (shell, _curtain(model, cut)) if cut.length else (shell,)


def _shell(model: MorphableModel, cut: Cut) -> Part:
    behind = depth(model, cut)
    cover = np.clip(behind / cut.fade + 0.5, 0.0, 1.0)
    faces = model.triangles[(cover[model.triangles] > 0.0).any(1)]
    own, corners = np.unique(faces, return_inverse=True)
    roots, behind = model.mean[own], behind[own]
    flat = _flat(roots, model)
    up = model.normals(model.mean)[own]
    thick = _thickness(roots, behind, flat, cut)
    points = (roots + thick[:, None] * _lean(up, roots, behind, cut)).astype(np.float32)
    triangles = corners.reshape(-1, 3).astype(np.int32)
    part = Part.of(Kind.HAIR, Surface.HAIR, points, triangles)
    dark = np.clip(0.55 + 0.45 * behind / 30.0, 0.55, 1.0)
    part.albedo[:] = dark[:, None] * _parting(flat, cut)[:, None]
    part.alpha[:] = np.clip(2.6 * cover[own] - 0.1, 0.0, 1.0)
    part.uv[:] = _strand_uv(flat, cut)
    fixed = Binding(own[:, None].astype(np.int32), np.ones((len(own), 1), np.float32))
    return _bound(part, fixed)


def _bound(part: Part, binding: Binding) -> Part:
    normals = normals_of(part.vertices, part.triangles)
    return replace(part, normals=normals, binding=binding)


def _parting(flat: Float64, cut: Cut) -> Float64:
    """Return how dark hair is along a parting, (v,): only where it is long."""
    if not cut.length:
        return np.ones(len(flat))
    return np.asarray(1.0 - 0.45 * np.exp(-((flat[:, 0] / 0.035) ** 2)) * (flat[:, 1] < 0.2))


def _strand_uv(flat: Float64, cut: Cut) -> Float64:
    """Return where on the picture of strands each vertex lies: across them and along them."""
    radius = np.hypot(flat[:, 0], flat[:, 1])
    turn = np.arctan2(flat[:, 0], -flat[:, 1]) + 0.6 * radius
    if cut.length:  # combed from the parting to the sides
        return np.stack([1.3 * flat[:, 1] + 0.2 * flat[:, 0] ** 2, 0.5 * np.abs(flat[:, 0])], 1)
    # Strands run outwards from the crown: across them goes the angle, without a seam.
    return np.stack([turn / (2.0 * np.pi) * 3.0, 0.8 * radius], 1)


def _flat(points: Float32, model: MorphableModel) -> Float64:
    """Return a map (v, 2) of the scalp."""
    return flattened(points, model, np.array([0.0, 0.86, -0.51]), np.array([1.0, 0.0, 0.0]))


def _thickness(roots: Float32, behind: Float64, flat: Float64, cut: Cut) -> Float64:
    """Return how far the shell stands off the scalp, (v,) mm."""
    height = roots[:, 1] - roots[:, 1].max()
    top = 1.0 / (1.0 + np.exp(-(height + 62.0) / 12.0))
    front = np.clip(roots[:, 2] / 90.0, 0.0, 1.0) * top
    thick = cut.sides + (cut.top - cut.sides) * top + cut.fringe * front
    at = np.clip(((0.5 + flat / 2.0) * 256).astype(int), 0, 255)
    thick = thick * (1.0 + cut.lumps * spots(256, cut.cell, 50)[at[:, 1], at[:, 0]])
    rise = np.clip((behind + 1.0) / (6.0 + 1.5 * thick), 0.0, 1.0)
    return np.asarray(0.3 + np.maximum(thick, 0.2) * (1.0 - (1.0 - rise) ** 2))


def _lean(up: Float32, roots: Float32, behind: Float64, cut: Cut) -> Float64:
    """Return which way hair stands, (v, 3): off the skin, at the front more up than forward."""
    front = np.clip(1.0 - behind / 40.0, 0.0, 1.0) * np.clip(roots[:, 2] / 60.0, 0.0, 1.0)
    raised = 0.55 if cut.down < 15.0 else 0.0
    towards = up + front[:, None] * np.array([0.0, raised, -0.05])
    return np.asarray(towards / np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1e-9))


def _curtain(model: MorphableModel, cut: Cut) -> Part:
    """Return what hangs down beside and behind the face, of vertices row by row from above."""
    skin = model.mean[model.parts["skin"]].astype(np.float64)
    eyes = float(model.mean[model.landmark_vertices[LEFT_EYE], 1].mean())
    turn = np.radians(np.linspace(cut.open, 360.0 - cut.open, COLUMNS))
    fall = np.linspace(0.0, 1.0, ROWS)[:, None]
    y = eyes + 44.0 - fall * (44.0 + cut.length)
    out = _outline(skin, turn, np.linspace(eyes + 44.0, eyes - 60.0, 6), cut.sides)
    level = np.clip((eyes + 44.0 - y) / 104.0, 0.0, 1.0) * 5.0
    below = np.floor(np.minimum(level, 4.0)).astype(int)
    column = np.broadcast_to(np.arange(COLUMNS), (ROWS, COLUMNS))
    share = level - below
    radius = out[below, column] * (1.0 - share) + out[below + 1, column] * share
    radius = radius - 0.10 * np.clip(-(y - eyes) - 60.0, 0.0, 200.0)
    waves = spots(128, 12.0, 77)[:ROWS, :COLUMNS] * (2.0 + 14.0 * cut.lumps)
    radius = radius + waves * np.minimum(4.0 * fall, 1.0)
    front = np.cos(turn)[None]
    points = np.stack(
        np.broadcast_arrays(np.sin(turn) * radius, y + 0.0 * radius, front * radius - 14.0), -1
    )
    part = Part.of(Kind.HAIR, Surface.HAIR, points.reshape(-1, 3), _sheet())
    edge = np.minimum(np.arange(COLUMNS), np.arange(COLUMNS)[::-1])[None]
    dense = np.clip((1.0 - fall) / 0.16, 0.0, 1.0) * np.clip((edge + 0.4) / 3.0, 0.0, 1.0)
    part.alpha[:] = dense.ravel()
    turns = np.broadcast_to(turn / (2.0 * np.pi) * 4.0, (ROWS, COLUMNS))
    part.uv[:] = np.stack([turns, np.broadcast_to(0.9 * fall, turns.shape)], -1).reshape(-1, 2)
    part.albedo[:] = (0.8 + 0.2 * np.minimum(edge / 8.0, 1.0) + 0.0 * fall).reshape(-1, 1)
    skin_rows = model.parts["skin"]
    binding = Binding.near(part.vertices, model.mean, skin_rows, 30.0, 8)
    return _bound(part, binding)


def _outline(skin: Float64, turn: Float64, heights: Array, off: float) -> Float64:
    """Return the radius (h, c) of the head about the vertical, and what hair adds to it, mm."""
    angle = np.arctan2(skin[:, 0], skin[:, 2] + 14.0) % (2.0 * np.pi)
    radius = np.hypot(skin[:, 0], skin[:, 2] + 14.0)
    found = np.zeros((len(heights), len(turn)))
    for i, height in enumerate(heights):
        near = np.abs(skin[:, 1] - height) < 12.0
        for j, towards in enumerate(turn):
            beside = near & (np.abs(np.angle(np.exp(1j * (angle - towards)))) < 0.16)
            found[i, j] = radius[beside].max() if beside.any() else 0.0
    found = np.maximum.accumulate(found, axis=0)  # hair hangs: it does not go back in
    kernel = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9.0
    smooth = [np.convolve(np.pad(row, 2, mode="edge"), kernel, "valid") for row in found]
    return np.asarray(smooth) + off + 2.0


def _sheet() -> Array:
    at = np.arange(ROWS * COLUMNS).reshape(ROWS, COLUMNS)
    a, b, c, d = (at[:-1, :-1], at[:-1, 1:], at[1:, :-1], at[1:, 1:])
    return np.concatenate(
        [np.stack([a, c, b], -1).reshape(-1, 3), np.stack([b, c, d], -1).reshape(-1, 3)]
    )
