"""What is worn on the mean head: sweater, lashes, beard, glasses and hats as parts."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from livemask.geometry import rigid
from livemask.masks.props.frames import STYLES as FRAMES
from livemask.masks.props.headgear import STYLES as HATS
from livemask.masks.props.headgear import Headgear
from livemask.masks.props.solid import Solid
from livemask.masks.props.spectacles import Spectacles
from livemask.masks.props.wearer import Wearer
from livemask.morphable_model import MorphableModel
from livemask.performer.body import Neck, dress
from livemask.performer.lashes import COLUMNS, Lashes
from livemask.performer.style import Style
from livemask.records import Array, Camera, Fit, State
from livemask.synthesis.part import Binding, Kind, Part, Surface
from livemask.synthesis.textures import beard_area

WHITE = (1.0, 1.0, 1.0)
ENDS = 0.3
"""What is less opaque is left out: arms of glasses behind the ears."""

DARK = (0.012, 0.013, 0.015)
"""Of sunglasses' lenses, linear RGB."""

BEARD = 13.0
"""mm that a full beard stands off the chin."""


def sweater(model: MorphableModel, neck: Neck) -> Part:
    """Return shoulders in a sweater."""
    piece = dress(neck, Style(0, True, WHITE, WHITE))
    part = Part.of(Kind.CLOTHES, Surface.CLOTH, piece.vertices, piece.triangles)
    part.uv[:], part.albedo[:] = piece.uv, piece.tint
    low = np.intersect1d(model.parts["skin"], neck.own)
    below = low[model.mean[low, 1] < neck.base[1] + 30.0]
    return replace(
        part, binding=Binding.near(part.vertices, model.mean, below, 40.0, 8), on_body=True
    )


def fringe(model: MorphableModel, lashes: Lashes) -> Part:
    """Return lashes, whose vertices are grown anew on each face."""
    part = Part.of(Kind.SKIN, Surface.HAIR, lashes.grow(model.mean), lashes.triangles)
    part.alpha[:] = lashes.alpha
    rows, columns = len(part.vertices) // (2 * COLUMNS), 2 * COLUMNS
    across = np.tile(np.arange(columns) * 0.11, rows)
    part.uv[:] = np.stack([across, np.repeat(np.arange(rows) * 0.1, columns)], 1)
    return part


def beard(model: MorphableModel) -> tuple[Part, Array]:
    """Return a full beard, and the vertex of the face that each of its own goes with."""
    area = beard_area(model)
    faces = model.triangles[(area[model.triangles] > 0.02).all(1)]
    own, corners = np.unique(faces, return_inverse=True)
    up = model.normals(model.mean)[own]
    long = BEARD * area[own] ** 1.5
    high = model.mean[own, 1] > model.mean[model.landmark_vertices[48], 1]
    long *= np.where(high, 0.45, 1.0)
    way = up + np.array([0.0, -0.45, 0.0])
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    vertices = model.mean[own] + (0.4 + long)[:, None] * way
    part = Part.of(Kind.HAIR, Surface.HAIR, vertices, corners.reshape(-1, 3))
    part.alpha[:] = np.clip(area[own] * 1.6 - 0.25, 0.0, 0.97)
    part.albedo[:] = np.clip(0.6 + 0.03 * long, 0.6, 1.0)[:, None]
    turn = np.arctan2(model.mean[own, 0], model.mean[own, 2])
    part.uv[:] = np.stack([turn * 2.2, -model.mean[own, 1] / 70.0], 1)
    shares = np.ones((len(own), 1), np.float32)
    return replace(part, binding=Binding(own[:, None].astype(np.int32), shares)), own


def glasses(model: MorphableModel, name: str) -> tuple[Part, ...]:
    """Return a frame of a style, and its lenses where they are dark."""
    style, skin = FRAMES[name], model.parts["skin"]
    frame, lens = Spectacles(style, WHITE).made(measured(model))
    parts = [_solid(frame, Kind.GLASSES)]
    if max(style.tint) > 0.5:
        parts.append(_solid(lens, Kind.GLASSES).coloured(np.array(DARK)))
    near = [Binding.near(p.vertices, model.mean, skin, 45.0, 24) for p in parts]
    return tuple(replace(p, binding=b) for p, b in zip(parts, near, strict=True))


def hat(model: MorphableModel, name: str) -> tuple[Part, ...]:
    """Return a hat of a style, in white."""
    solids = Headgear(HATS[name], WHITE, 1.15).made(measured(model))
    parts = [_solid(solid, Kind.HAT) for solid in solids]
    skin = model.parts["skin"]
    near = [Binding.near(p.vertices, model.mean, skin, 70.0, 16) for p in parts]
    return tuple(replace(p, binding=b) for p, b in zip(parts, near, strict=True))


@lru_cache(maxsize=1)
def measured(model: MorphableModel) -> Wearer:
    """Return the mean head, to be measured for things that are worn."""
    camera = Camera.from_field_of_view((256, 256))
    nobody = np.zeros(len(model.identity))
    rest = np.zeros(len(model.expression_names))
    pose = rigid(np.eye(3), np.array([0.0, 0.0, -600.0]))
    wearer = Wearer(model, lambda points: points[:, 2] > points[:, 2].max() - 1.0)
    wearer.follow(Fit(0, camera, pose, nobody, rest, 0.0, 1.0, State.TRACKED))
    return wearer


def _solid(solid: Solid, kind: Kind) -> Part:
    triangles = solid.triangles
    if solid.alpha is not None and kind is Kind.GLASSES and solid.alpha.max() > 0.99:
        triangles = triangles[(solid.alpha[triangles] > ENDS).all(1)]
    surface = Surface.HARD if kind is Kind.GLASSES else Surface.MATT
    part = Part.of(kind, surface, solid.vertices, triangles)
    return part if solid.colours is None else part.coloured(solid.colours)
