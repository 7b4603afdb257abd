"""Takes the hard crease out of the source's smiles."""

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from head_model.cut import Cage
from head_model.rings import rings
from livemask.records import Array, Float64

STRENGTH = 0.9  # the corner of the mouth then moves 11 mm, as in a broad smile
LIPS = 6  # rings around the mouth that keep their shape
SPREAD = 4.0  # how far smoothing reaches, in squared edges


def soften(cage: Cage, smiles: Float64) -> Float64:
    """Return displacements `smiles` (s, c, 3), weaker, and smooth on the cheeks.

    Solves (W + SPREAD L) x = W smiles with the mesh's Laplacian L, where W holds the lips
    (Taubin 1995 calls such smoothing implicit).
    """
    count = len(cage.base)
    near = rings(cage, "mouth", LIPS + 1)
    hold = np.where(near >= 0, 1000.0 * 0.1 ** np.maximum(near - 1, 0), 1.0)
    hold[cage.quads[cage.parts != "skin"]] = 1000.0
    system = sparse.diags_array(hold) + SPREAD * _laplacian(cage, count)
    wanted = hold[:, None] * np.moveaxis(smiles, 0, 1).reshape(count, -1)
    smooth = spsolve(system.tocsc(), wanted)
    return STRENGTH * np.moveaxis(smooth.reshape(count, len(smiles), 3), 1, 0)


def _laplacian(cage: Cage, count: int) -> Array:
    ends = np.stack([cage.quads, np.roll(cage.quads, -1, 1)], 2).reshape(-1, 2)
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    joined = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(count, count))
    joined.data[:] = 1.0
    return sparse.diags_array(joined.sum(1)) - joined
