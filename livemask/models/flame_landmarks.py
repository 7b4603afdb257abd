"""The 68 points of FLAME: embedded in its triangles, or of the table in `BFM/flame.toml`.

An embedding gives for each point a triangle and where in it (barycentric coordinates); of
its corners the nearest is taken. Three are published, and any may be put into the `.npz`:

    full_lmk_faces_idx, full_lmk_bary_coords        68 points (DECA's landmark_embedding.npy)
    static_lmk_faces_idx, static_lmk_bary_coords    51, without the jaw (the same file)
    lmk_face_idx, lmk_b_coords                      51 or 68 (flame_static_embedding.pkl)

With 51 the jaw is that of dynamic_lmk_faces_idx and dynamic_lmk_bary_coords, (79, 17): the
outline at each degree of turn, of which the first row is the face seen from the front.
"""

import numpy as np

from livemask.landmarks import JAW
from livemask.models.fields import Fields
from livemask.models.tables import listed, read_table, vertex
from livemask.records import Array, Int32
from livemask.resources import resource

PAIRS = (
    ("full_lmk_faces_idx", "full_lmk_bary_coords"),
    ("static_lmk_faces_idx", "static_lmk_bary_coords"),
    ("lmk_face_idx", "lmk_b_coords"),
)
DYNAMIC = ("dynamic_lmk_faces_idx", "dynamic_lmk_bary_coords")


def landmarks(fields: Fields, triangles: Array, count: int) -> Int32:
    """Return the (68,) vertices of the iBUG points.

    Parameters
    ----------
    fields : Fields
        Of the `.npz` file.
    triangles : (t, 3) int
        In the order of the file, to which embeddings refer.
    count : int
        Of vertices.

    Raises
    ------
    ModelError
        If the file holds no embedding and has not FLAME's mesh, or if one is broken.
    """
    pair = next((p for p in PAIRS if p[0] in fields.arrays), None)
    if pair is None:
        return _table(fields, PAIRS[0][0], count)
    points = _corners(fields, pair, triangles)
    if len(points) == 68:
        return points.astype(np.int32)
    if len(points) != 51:
        raise fields.error(pair[0], f"has {len(points)} points, expected 68 or 51")
    if DYNAMIC[0] in fields.arrays:
        jaw = _corners(fields, DYNAMIC, triangles)
        if len(jaw) != JAW.stop:
            raise fields.error(DYNAMIC[0], f"has {len(jaw)} points a row, expected {JAW.stop}")
    else:
        jaw = _table(fields, DYNAMIC[0], count)[JAW]
    return np.concatenate([jaw, points]).astype(np.int32)


def _corners(fields: Fields, pair: tuple[str, str], triangles: Array) -> Array:
    """Return the nearest vertices (p,) of an embedding; of its first row if it has several."""
    rows = ("rows",) if np.ndim(fields.arrays[pair[0]]) == 2 else ()
    fields.sizes.pop("rows", None)
    fields.sizes.pop("points", None)
    faces = fields.indices(pair[0], (*rows, "points"), len(triangles))
    shares = fields.array(pair[1], (*rows, "points", 3))
    if not faces.size:
        raise fields.error(pair[0], "is empty")
    if rows:
        faces, shares = faces[0], shares[0]
    if shares.min() < -0.01 or np.abs(shares.sum(1) - 1.0).max() > 0.01:
        raise fields.error(pair[1], "must hold shares that sum to 1 in each triangle")
    return np.asarray(triangles[faces, shares.argmax(1)])


def _table(fields: Fields, missing: str, count: int) -> Int32:
    """Return the points of FLAME's own mesh."""
    source = resource("BFM/flame.toml")
    table = read_table(source)
    if count != table["vertices"]:
        raise fields.error(missing, f"is missing, and the mesh of {count} vertices is not FLAME's")
    points = [vertex(source, "points", v, count) for v in listed(source, table, "points")]
    return np.array(points, np.int32)
