"""Part of a morphable model: fewer vertices cost less per frame."""

from dataclasses import replace

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.records import Array, Int32


def crop(model: MorphableModel, kept: Array) -> MorphableModel:
    """Return `model` with those vertices only, and with the triangles among them.

    Parameters
    ----------
    model : MorphableModel
        The whole one; it stays as it is.
    kept : (n,) bool
        Which vertices stay; their order does not change. Landmarks that do not stay
        become -1.
    """
    new = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    uv_kept = kept[model.uv_vertices] if len(model.uv_vertices) else np.empty(0, bool)
    new_uv = np.where(uv_kept, np.cumsum(uv_kept) - 1, -1).astype(np.int32)
    whole = kept[model.triangles].all(1)
    part = replace(
        model,
        mean=model.mean[kept],
        identity=np.ascontiguousarray(model.identity[:, kept]),
        expressions=np.ascontiguousarray(model.expressions[:, kept]),
        albedo=model.albedo[kept],
        albedo_components=np.ascontiguousarray(model.albedo_components[:, kept]),
        triangles=new[model.triangles[whole]],
        landmark_vertices=_moved(model.landmark_vertices, new),
        contour=tuple(_among(strip, new) for strip in model.contour),
        face_weight=model.face_weight[kept],
        parts={name: _among(vertices, new) for name, vertices in model.parts.items()},
        uv=model.uv[uv_kept],
        uv_vertices=new[model.uv_vertices[uv_kept]],
        uv_triangles=new_uv[model.uv_triangles[whole]] if len(new_uv) else model.uv_triangles,
    )
    # Where a part ends is no rim of a lid.
    part.take_lids(tuple(lids.among(new) for lids in model.eyelids))
    if model.bent is not None:
        part.bend_normals(np.ascontiguousarray(model.bent[kept]))
    return part


def retriangulated(model: MorphableModel, triangles: Int32) -> tuple[MorphableModel, Array]:
    """Return `model` with other triangles, and which vertices (n,) bool are left.

    Vertices that none of `triangles` (t, 3) has are left out, and so is uv.
    """
    kept = np.zeros(len(model.mean), np.bool_)
    kept[triangles] = True
    none = model.uv[:0], model.uv_vertices[:0], model.uv_triangles[:0]
    other = replace(
        model, triangles=triangles, uv=none[0], uv_vertices=none[1], uv_triangles=none[2]
    )
    other.take_lids(model.eyelids)
    return crop(other, kept), kept


def _moved(indices: Int32, new: Int32) -> Int32:
    return np.where(indices >= 0, new[indices], -1).astype(np.int32)


def _among(indices: Int32, new: Int32) -> Int32:
    moved = new[indices]
    return moved[moved >= 0]


def grown(triangles: Int32, kept: Array) -> Array:
    """Return `kept` (n,) bool with all vertices that share a triangle with one of them."""
    more = kept.copy()
    more[triangles[kept[triangles].any(1)]] = True
    return more
