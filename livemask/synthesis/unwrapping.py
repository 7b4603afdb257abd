"""Where on a square each vertex of a head lies: for the labels `uv` and `position`."""

from typing import NamedTuple

import numpy as np

from livemask.morphable_model import MorphableModel
from livemask.reconstruction.layout import layout_of
from livemask.records import Float32, Int32


class Unwrapping(NamedTuple):
    """A head laid flat, r corners of n vertices.

    Attributes
    ----------
    uv : (r, 2) float32
        As in `Mesh.uv`.
    vertices : (r,) int32
    triangles : (t, 3) int32
        The model's, of corners; what is drawn first stays.
    """

    uv: Float32
    vertices: Int32
    triangles: Int32


def unwrapped(model: MorphableModel) -> Unwrapping:
    """Return the model's own texture coordinates, made as large as fits; else a layout of ours.

    The model's own hardly overlap, so that a place on the square is one on the skin.
    """
    if not len(model.uv):
        layout = layout_of(model)
        return Unwrapping(layout.uv, layout.vertices, layout.triangles)
    low, high = model.uv.min(0), model.uv.max(0)
    uv = (model.uv - low) / np.maximum(high - low, 1e-6)
    return Unwrapping(uv.astype(np.float32), model.uv_vertices, model.uv_triangles)
