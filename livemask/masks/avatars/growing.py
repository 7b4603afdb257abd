"""Grown: solids that become part of a model and move with the skin at their root."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import cKDTree

from livemask.masks.avatars.solids import Solid
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Int32


@dataclass(frozen=True, slots=True, eq=False)
class Grown:
    """A solid and which vertex of the skin each of its own moves with.

    Attributes
    ----------
    solid : Solid
    roots : (n,) int32
    """

    solid: Solid
    roots: Int32


def rooted(model: MorphableModel, solid: Solid, point: Array) -> Grown:
    """Return a solid that moves as a whole with the skin nearest to `point` (3,)."""
    skin = model.parts["skin"]
    _, nearest = cKDTree(model.mean[skin]).query(np.asarray(point, np.float64))
    return Grown(solid, np.full(len(solid.vertices), skin[nearest], np.int32))


def grown(model: MorphableModel, solids: list[Grown]) -> MorphableModel:
    """Return `model` with solids as its last vertices; `albedo` holds their colours; uv is lost."""
    counts = [len(g.solid.vertices) for g in solids]
    starts = len(model.mean) + np.cumsum([0, *counts[:-1]])
    roots = np.concatenate([g.roots for g in solids])
    new = [g.solid.triangles + start for g, start in zip(solids, starts, strict=True)]
    return replace(
        model,
        mean=np.concatenate([model.mean, *(g.solid.vertices for g in solids)]),
        identity=np.zeros((0, len(model.mean) + len(roots), 3), np.float32),
        expressions=np.concatenate([model.expressions, model.expressions[:, roots]], axis=1),
        albedo=np.concatenate([model.albedo, *(g.solid.colours for g in solids)]),
        albedo_components=np.zeros((0, len(model.mean) + len(roots), 3), np.float32),
        triangles=np.concatenate([model.triangles, *new]).astype(np.int32),
        uv=np.zeros((0, 2), np.float32),
        uv_vertices=np.zeros(0, np.int32),
        uv_triangles=np.zeros((0, 3), np.int32),
        face_weight=np.append(model.face_weight, np.zeros(len(roots), np.float32)),
    )
