"""`BFM_UV.mat`: texture coordinates of the Basel Face Model 2009.

Its field `UV` (n, 2 or 3) holds u and v of each vertex, v counted from the bottom, for all
53490 vertices or for the 53215 without the inner mouth, as `process_uv` of face3d (YadiraF)
and PRNet (Feng et al. 2018) read it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

import numpy as np

from livemask.models import matlab, stacked
from livemask.records import Array, Float32, Int32

NAME = "BFM_UV.mat"


class Texture(TypedDict, total=False):
    """Arguments of `Published`; none if there are no texture coordinates."""

    uv: Float32
    uv_vertices: Int32
    uv_triangles: Int32


def uv_files(folder: Path) -> tuple[Path, ...]:
    """Return the file of texture coordinates in a folder, if there is one."""
    return tuple(file for file in (folder / NAME,) if file.is_file())


def texture_of(folder: Path, picked: Mapping[int, Array], triangles: Int32) -> Texture:
    """Return the texture coordinates of a model.

    Parameters
    ----------
    folder : Path
        Where `BFM_UV.mat` may lie.
    picked : mapping of int to (n,) int
        For each number of vertices that the file may have, which of them are the model's.
    triangles : (t, 3) int32
        Of the model.

    Raises
    ------
    ModelError
        If the file is there and is broken, or has another number of vertices.
    """
    for file in uv_files(folder):
        fields = matlab.of_mat(file, ("UV",))
        values = stacked.numbers(fields, "UV")
        if values.shape[1] not in (2, 3):
            raise fields.error("UV", f"has shape {values.shape}, expected (n, 2) or (n, 3)")
        if len(values) not in picked:
            raise fields.error("UV", f"has {len(values)} vertices, which are not the model's")
        uv = (values[picked[len(values)], :2] * (1.0, -1.0) + (0.0, 1.0)).astype(np.float32)
        if uv.min() < -0.01 or uv.max() > 1.01:
            raise fields.error("UV", "leaves the texture: u and v must be from 0 to 1")
        vertices = np.arange(len(uv), dtype=np.int32)
        return Texture(uv=np.clip(uv, 0.0, 1.0), uv_vertices=vertices, uv_triangles=triangles)
    return Texture()
