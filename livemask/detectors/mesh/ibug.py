"""Ibug: the 68 points of iBUG among the 468 of the mesh.

Each is a weighted sum of mesh points near it. `tools/build_facemesh.py` learns the weights from
rendered heads, so that the points mean what livemask's own head means by them, the jaw on the
visible outline.
"""

import numpy as np

from livemask.records import Float64
from livemask.resources import resource


class Ibug:
    """Picks the 68 points."""

    def __init__(self) -> None:
        with np.load(resource("assets/facemesh.npz"), allow_pickle=False) as data:
            self._near = data["near"].astype(np.intp)
            self._weights = data["weights"].astype(np.float64)[..., None]

    def __call__(self, mesh: Float64) -> Float64:
        """Return the points (68, 2) px of a `mesh` (468, 2) px."""
        return np.asarray((self._weights * mesh[self._near]).sum(axis=1))
