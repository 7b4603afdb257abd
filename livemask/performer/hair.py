"""Hair: a shell over the scalp with the look of strands that run from the crown."""

import cv2
import numpy as np

from livemask.landmarks import LEFT_EYE
from livemask.morphable_model import MorphableModel
from livemask.performer.colour import encode
from livemask.performer.noise import spots
from livemask.performer.piece import Piece, normals
from livemask.performer.scalp import flattened
from livemask.performer.style import Style
from livemask.records import Array, Float32, Float64, Int32, UInt8

SIZE = 1024
STRANDS = 9000
LINE = {  # degrees around the head from the front: mm above the eyes where hair begins
    0: 61.0, 20: 62.0, 36: 59.0, 50: 44.0, 60: 26.0, 70: 6.0, 80: -8.0, 88: 2.0, 96: 14.0,
    108: 8.0, 122: -22.0, 150: -58.0, 180: -64.0,
}  # fmt: skip
FADE = 13.0  # mm over which the hair line fades
DEEP = 26.0  # mm behind the hair line, where no skin shows
TOP, SIDES, FRINGE = 19.0, 7.0, 12.0  # mm; how thick


def scalp(person: MorphableModel, style: Style) -> Float32:
    """Return where hair grows, (n,) float32: 0 on bare skin, rising to 1 behind the hair line."""
    depth = _depth(person, style)
    bare = np.ones(len(depth), np.bool_)
    bare[person.parts["skin"]] = False
    mask = np.clip(depth / FADE + 0.5, 0.0, 1.0)
    mask[bare] = 0.0
    return np.asarray(mask, np.float32)


def hidden(person: MorphableModel, style: Style) -> Array:
    """Return which vertices (n,) of the skin lie deep under the hair."""
    own = np.zeros(len(person.mean), np.bool_)
    own[person.parts["skin"]] = True
    return own & (_depth(person, style) > DEEP)


def _depth(person: MorphableModel, style: Style) -> Float64:
    """Return how far behind the hair line each vertex lies, (n,) mm."""
    points = person.mean.astype(np.float64)
    eyes = points[person.landmark_vertices][LEFT_EYE].mean(0)
    middle = eyes[2] - 85.0
    around = np.degrees(np.arctan2(np.abs(points[:, 0]), points[:, 2] - middle))
    ragged = np.interp(
        np.degrees(np.arctan2(points[:, 0], points[:, 2] - middle)),
        np.linspace(-180, 180, 90),
        np.random.default_rng([style.seed, 21]).normal(0.0, 1.1, 90),
    )
    line = np.interp(around, list(LINE), list(LINE.values()))
    return np.asarray(points[:, 1] - eyes[1] - line + ragged)


def grow(person: MorphableModel, style: Style) -> Piece:
    """Return the hair of a person at rest."""
    mask = scalp(person, style)
    faces = person.triangles[(mask[person.triangles] > 0.0).any(1)]
    own, corners = np.unique(faces, return_inverse=True)
    triangles: Int32 = corners.reshape(-1, 3).astype(np.int32)
    roots, depth = person.mean[own], _depth(person, style)[own]
    up = normals(person.mean, person.triangles)[own]
    flat = _flat(roots, person)
    shell = roots + _thickness(roots, depth, flat, style)[:, None] * _lean(up, roots, depth)
    vertices: Float32 = np.ascontiguousarray(shell, np.float32)
    shade = np.clip(0.55 + 0.45 * depth / 30.0, 0.55, 1.0).astype(np.float32)
    tint = np.repeat(shade[:, None], 3, axis=1)
    return Piece(
        vertices,
        normals(vertices, triangles),
        triangles,
        (0.5 + flat / 2.0).astype(np.float32),
        _texture(style),
        tint,
        np.clip(2.6 * mask[own] - 0.1, 0.0, 1.0).astype(np.float32),
    )


def _flat(points: Float32, person: MorphableModel) -> Float64:
    """Return a map (v, 2) of the scalp, the crown a little to the side."""
    crown = np.array([0.12, 0.86, -0.50])
    crown /= np.linalg.norm(crown)
    right = np.cross([0.0, 0.0, 1.0], crown)
    return flattened(points, person, crown, right / np.linalg.norm(right))


def _thickness(roots: Float32, depth: Float64, flat: Float64, style: Style) -> Float64:
    """Return how far the shell stands off the scalp, (v,) mm."""
    height = roots[:, 1] - roots[:, 1].max()
    top = 1.0 / (1.0 + np.exp(-(height + 62.0) / 12.0))
    front = np.clip(roots[:, 2] / 90.0, 0.0, 1.0) * top
    thick = SIDES + (TOP - SIDES) * top + FRINGE * front
    lumps = spots(SIZE, 60.0, style.seed + 50)
    at = np.clip(((0.5 + flat / 2.0) * SIZE).astype(int), 0, SIZE - 1)
    thick = thick * (1.0 + 0.10 * lumps[at[:, 1], at[:, 0]])
    rise = np.clip((depth + 1.0) / (6.0 + 1.5 * thick), 0.0, 1.0)
    return np.asarray(0.3 + thick * (1.0 - (1.0 - rise) ** 2))


def _lean(up: Float32, roots: Float32, depth: Float64) -> Float64:
    """Return which way hair stands, (v, 3): off the skin, at the front more up than forward."""
    front = np.clip(1.0 - depth / 40.0, 0.0, 1.0) * np.clip(roots[:, 2] / 60.0, 0.0, 1.0)
    towards = up + front[:, None] * np.array([0.15, 0.55, -0.05])
    return np.asarray(towards / np.maximum(np.linalg.norm(towards, axis=1, keepdims=True), 1e-9))


def _texture(style: Style) -> UInt8:
    """Draw strands from the crown outwards, lighter over darker."""
    random = np.random.default_rng([style.seed, 31])
    base = np.array(style.hair)
    image = np.empty((SIZE, SIZE, 3), np.float32)
    image[:] = base * 0.55
    for light in np.sort(random.uniform(0.35, 1.75, STRANDS)):
        cv2.polylines(
            image,
            [_strand(random)],
            False,
            (base * light).tolist(),
            int(random.integers(1, 3)),
            cv2.LINE_AA,
            4,
        )
    shine = np.clip(image.mean(2, keepdims=True) / (2.2 * base.mean()), 0.0, 1.0)
    return np.dstack([encode(image), np.rint(150.0 * shine[..., 0]).astype(np.uint8)])


def _strand(random: np.random.Generator) -> Array:
    turn, start = random.uniform(0.0, 2.0 * np.pi), random.uniform(0.0, 0.95)
    reach = np.linspace(start, start + random.uniform(0.10, 0.28), 5)
    bend = turn + random.normal(0.0, 0.10) * np.linspace(0.0, 1.0, 5) ** 2 + 0.5 * reach
    points = np.stack([np.cos(bend), np.sin(bend)], 1) * reach[:, None]
    return np.asarray(np.round((0.5 + points / 2.0) * SIZE * 16), np.int32)
