"""Who it is: the identity coefficients, gathered over the whole run until they settle.

Every frame says a little about the shape of the head. What it says is kept as information
(the normal equations of a Gaussian, pose and expression marginalised), and the estimate is
their mean with the prior N(0, 1) of the model (recursive least squares; Maybeck 1979,
section 5.5). One person's points err the same way in every frame, so that a thousand frames
are not worth a thousand independent ones: the information is averaged, then weighted.
"""

import numpy as np
from numba import njit

from livemask.fitting.kernels import basis_rows, missing_row, pose_rows, residuals, weigh
from livemask.fitting.linear import eliminate, gram
from livemask.records import Float64

INDEPENDENT_FRAMES = 4.0
"""How many independent frames a long run is worth."""

MEMORY = 400
"""Frames over which the average runs once it is full."""

SETTLED = 0.02
"""Standard deviations: an estimate that moves less (rms) is not handed on as a new one."""

PRIOR_WIDTH = 1.0
"""The prior's sigma. A wider one follows the points of films more closely, a narrower one is
nearer to the shape of heads whose shape is known (`benchmarks`)."""


@njit(cache=True, nogil=True)
def information(points, basis, moves, view, precision, solution, matrix, right):  # type: ignore[no-untyped-def]
    """Write what one frame says of the identity: `matrix` (k, k) and `right` (k,).

    `points` (68, 3) of the current estimate; `basis` (k, 3, 68) identity; `moves` (q, 3, 68)
    expressions, now at `solution` (q,), with the `precision` (q,) of their prior. Linear about
    the estimate. The expression is integrated out about 0, not about its solution: bounds make
    noise look like small smiles, which the identity would learn to undo.
    """
    n, q, k = points.shape[0], solution.shape[0], right.shape[0]
    seen, missing = np.empty((n, 3)), np.empty((n, 2))
    rows, whole = np.empty((7 + q + k, 2 * n)), np.empty((7 + q + k, 7 + q + k))
    residuals(points, view, seen, missing)
    pose_rows(view, seen, rows)
    first = rows.shape[0] - 1 - k
    basis_rows(moves, view, rows, first - q)
    basis_rows(basis, view, rows, first)
    missing_row(missing, solution, first - q, rows)
    weigh(view.weights, rows)
    gram(rows, whole)
    for i in range(q):
        whole[first - q + i, first - q + i] += precision[i]
    eliminate(whole, first)
    for i in range(k):
        right[i] = whole[first + i, first + k]
        for j in range(i, k):
            matrix[i, j] = matrix[j, i] = whole[first + i, first + j]


class IdentityEstimate:
    """The identity of one person, from all frames seen.

    `value` (k,) float64 in standard deviations is a new array only when it has changed by
    more than `SETTLED`, so that whoever made vertices from it can keep them.
    """

    def __init__(self, components: int) -> None:
        self.value: Float64 = np.zeros(components)
        self.frames = 0
        self._matrix = np.zeros((components, components))
        self._right = np.zeros(components)
        self._prior = np.eye(components) / PRIOR_WIDTH**2

    def learn(self, matrix: Float64, right: Float64) -> None:
        """Take in what one frame says of `value`: `information` about the current estimate."""
        self.frames += 1
        share = 1.0 / min(self.frames, MEMORY)
        self._matrix += share * (matrix - self._matrix)
        self._right += share * (right + matrix @ self.value - self._right)

    def solve(self) -> Float64:
        """Bring `value` up to date and return it."""
        worth = self.frames / (1.0 + self.frames / INDEPENDENT_FRAMES)
        system = worth * self._matrix + self._prior
        value = np.asarray(np.linalg.solve(system, worth * self._right), np.float64)
        if np.sqrt(np.mean((value - self.value) ** 2)) > SETTLED:
            self.value = value
        return self.value

    def restart(self) -> None:
        """Forget the frames, keep `value` as the point to linearise about."""
        self.frames = 0

    @property
    def settled(self) -> bool:
        """Whether so much was seen that a look now and then suffices."""
        return self.frames >= MEMORY // 8
