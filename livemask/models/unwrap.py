"""Texture coordinates for a head that has none: unrolled around it, smoothed where it folds.

Longitude and latitude about a point within the head, with a seam at the back. Where the face
bends under itself (nose, lids, lips, chin) such a map folds; those vertices are moved into the
middle of their neighbours until no triangle lies upside down, as Tutte's embedding (1963) does
it for a whole mesh.
"""

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from livemask.records import Array, Float32, Float64, Int32

ROUNDS = 40
"""How often the folded region may grow by its neighbours."""

BEHIND = 0.7
"""How far behind the foremost point of a face the middle lies, in its widths."""

MARGIN = 0.005
"""Of the texture around the whole."""


def unwrap(mean: Array, triangles: Int32, weight: Array) -> tuple[Float32, Int32, Int32]:
    """Return uv (r, 2), its vertices (r,) and its triangles (t, 3), as in `MorphableModel`.

    Parameters
    ----------
    mean : (n, 3) float
        Head frame.
    triangles : (t, 3) int32
        Counter-clockwise seen from outside.
    weight : (n,) float
        Where the face is: there nothing must fold.
    """
    angles = _angles(np.asarray(mean, np.float64), np.asarray(weight))
    vertices, corners, flat = _cut(angles, triangles)
    links = _neighbours(np.asarray(mean, np.float64)[vertices], corners)
    flat = _unfolded(flat, corners, links, np.asarray(weight)[vertices] > 0.0)
    low, high = flat.min(0), flat.max(0)
    uv = MARGIN + (1.0 - 2.0 * MARGIN) * (flat - low) / np.maximum(high - low, 1e-9)
    return uv.astype(np.float32), vertices, corners


def _angles(mean: Float64, weight: Array) -> Float64:
    """Return the (n, 2) turns to the left and down, rad, about the middle of the head."""
    face = mean[weight > 0.5] if (weight > 0.5).any() else mean
    low, high = face.min(0), face.max(0)
    width = float(high[0] - low[0])
    middle = [0.5 * (low[0] + high[0]), 0.5 * (low[1] + high[1]), high[2] - BEHIND * width]
    x, y, z = (mean - middle).T
    return np.column_stack([np.arctan2(x, z), np.arctan2(-y, np.hypot(x, z))])


def _cut(angles: Float64, triangles: Int32) -> tuple[Int32, Int32, Float64]:
    """Return vertices (r,), triangles (t, 3) and angles (r, 2) with the seam at the back open.

    A triangle across it lies at the right edge: its vertices on the other side are doubled.
    """
    turn = angles[triangles, 0]
    across = np.ptp(turn, axis=1) > np.pi
    shift = across[:, None] & (turn < 0.0)
    count = len(angles)
    doubled, rows = np.unique(triangles[shift], return_inverse=True)
    corners = triangles.copy()
    corners[shift] = count + rows
    beyond = np.column_stack([np.full(len(doubled), np.pi), angles[doubled, 1]])
    vertices = np.concatenate([np.arange(count), doubled]).astype(np.int32)
    return vertices, corners.astype(np.int32), np.concatenate([angles, beyond])


def _unfolded(flat: Float64, corners: Int32, links: sparse.csr_array, face: Array) -> Float64:
    """Return the map with folds of the face smoothed away, the rest as it was."""
    enclosed = _enclosed(links, face)
    ours = face[corners].all(1)
    moving, smooth = enclosed.copy(), flat
    for _ in range(ROUNDS):
        folded = ours & (areas(smooth, corners) <= 0.0)
        if not folded.any():
            break
        here = np.zeros(len(flat), bool)
        here[corners[folded]] = True
        moving |= (here | (np.asarray(links @ here) > 0.0)) & (face | enclosed)
        smooth = _harmonic(flat, links, moving)
    return smooth


def _enclosed(links: sparse.csr_array, face: Array) -> Array:
    """Return which vertices (r,) are none of the face but lie in its midst: the inner mouth."""
    others = np.flatnonzero(~face)
    _, number = connected_components(links[others][:, others], directed=False)
    found = np.zeros(len(face), bool)
    if len(others):
        largest = np.bincount(number).argmax()
        beside = np.asarray(links @ face) > 0.0
        for piece in np.setdiff1d(number[beside[others]], largest):
            found[others[number == piece]] = True
    return found


def _harmonic(flat: Float64, links: sparse.csr_array, moving: Array) -> Float64:
    """Return `flat` with each `moving` vertex in the middle of its neighbours."""
    rows, held = np.flatnonzero(moving), np.flatnonzero(~moving)
    if not len(held):
        return flat
    inner = links[rows]
    matrix = sparse.csc_array(sparse.eye_array(len(rows)) - inner[:, rows])
    solve = splu(matrix + 1e-9 * sparse.eye_array(len(rows), format="csc"))
    out = flat.copy()
    out[rows] = solve.solve(np.ascontiguousarray(inner[:, held] @ flat[held]))
    return out


def areas(flat: Array, corners: Array) -> Float64:
    """Return twice the (t,) areas of triangles in a texture; below 0 one lies upside down."""
    a, b, c = np.moveaxis(np.asarray(flat, np.float64)[corners], 1, 0)
    ab, ac = b - a, c - a
    # v points down, so that what is counter-clockwise on the face is clockwise in numbers.
    return np.asarray(ab[:, 1] * ac[:, 0] - ab[:, 0] * ac[:, 1])


def _neighbours(points: Float64, corners: Int32) -> sparse.csr_array:
    """Return the (r, r) matrix that takes the mean of each vertex's neighbours.

    Its weights are the mean value coordinates (Floater 2003), which keep shapes and are never
    negative, so that nothing folds.
    """
    rows, columns, weights = [], [], []
    for turn in range(3):
        i, j, k = np.roll(corners, -turn, axis=1).T
        ij, ik = points[j] - points[i], points[k] - points[i]
        far, near = (np.maximum(np.linalg.norm(edge, axis=1), 1e-6) for edge in (ij, ik))
        cosine = np.clip(np.einsum("ij,ij->i", ij, ik) / (far * near), -1.0, 0.999)
        half = np.sqrt((1.0 - cosine) / np.maximum(1.0 + cosine, 1e-3))  # tan of half the angle
        rows += [i, i]
        columns += [j, k]
        weights += [half / far, half / near]
    places = (np.concatenate(rows), np.concatenate(columns))
    count = len(points)
    links = sparse.coo_array((np.concatenate(weights), places), shape=(count, count)).tocsr()
    total = np.maximum(np.asarray(links.sum(axis=1)).ravel(), 1e-12)
    return sparse.csr_array(sparse.diags_array(1.0 / total) @ links)
