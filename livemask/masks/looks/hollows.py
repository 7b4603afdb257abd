"""Where a head is hollow: light comes there from few sides, and dirt and patina gather."""

import numpy as np
from scipy import sparse

from livemask.geometry import vertex_normals
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Float32, Float64, Int32

ROUNDS = (4, 40)
"""Steps of smoothing: creases of some millimetres, and the sockets of the eyes."""

DEPTHS = (0.35, 3.0)
"""mm below the smoothed surface at which a place is wholly hollow, for each."""

SHARES = (1.0, 0.25)
"""How hollow a place can be, for each: beside the nose light comes in, and in creases little."""


def hollows(model: MorphableModel) -> Float32:
    """Return (n,) 0 on what is flat or stands out, to 1 in the deepest creases.

    A vertex is as hollow as it lies below the surface with the details smoothed away
    (Laplacian smoothing, Taubin 1995), at two scales.
    """
    mean = model.mean.astype(np.float64)
    normals = np.empty_like(model.mean)
    vertex_normals(model.mean, model.triangles, normals)
    links, rim = _links(model.triangles, len(mean))
    total, smooth, done = np.zeros(len(mean)), mean, 0
    for rounds, depth, share in zip(ROUNDS, DEPTHS, SHARES, strict=True):
        for _ in range(rounds - done):
            smooth = np.where(rim[:, None], mean, 0.5 * (smooth + links @ smooth))
        done = rounds
        below = np.einsum("ij,ij->i", smooth - mean, normals)
        total = np.maximum(total, share * np.clip(below / depth, 0.0, 1.0))
    for _ in range(2):
        total = 0.5 * (total + links @ total)
    return total.astype(np.float32)


def _links(triangles: Int32, count: int) -> tuple[sparse.csr_array, Array]:
    """Return the (n, n) matrix of the mean of each vertex's neighbours, and who is at a rim."""
    sides = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    both = np.concatenate([sides, sides[:, ::-1]])
    links = sparse.csr_array((np.ones(len(both)), both.T), shape=(count, count))
    rim = np.zeros(count, bool)
    rows = np.repeat(np.arange(count), np.diff(links.indptr))
    rim[rows[links.data == 1.0]] = True
    total: Float64 = np.maximum(np.asarray(links.sum(axis=1)).ravel(), 1.0)
    return sparse.csr_array(sparse.diags_array(1.0 / total) @ links), rim
