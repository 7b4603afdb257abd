"""How a face looks when it does nothing, and what it does beyond that.

Nobody's face is the model's at rest: brows lie lower, corners of the mouth hang, and what the
identity does not explain of it the expression does. The mesh needs it so; programs and avatars
do not: to them a gesture is what departs from the person's own rest.

The rest follows the coefficients: down at once when they are below it, for most expressions
only add; up slowly, and only while the face is calm, for a smile that lasts is none of it.
"""

import numpy as np
from numba import njit

from livemask.fitting.linear import bounded_solve
from livemask.records import Float64

FALL, RISE = 5.0, 15.0
"""s in which the rest follows coefficients that are below it, and above it in a calm face."""

START, LEAST_SHARE = 0.7, 0.03
"""s after which a new face's rest is no longer the mean of all its frames, and the least share
of a frame in it until then."""

MOST = 0.75
"""Of a coefficient may be rest: who comes in laughing is not taken for one who always laughs."""

CALM, SLOW, LINGER = 0.2, 0.25, 1.0
"""Change of a coefficient within `SLOW` s beyond which a face moves, and s for which it is
taken to go on."""

LONGEST = 0.1
"""s that a frame may count."""

FEW = 3.0
"""The rate of an exponential prior: most expressions are not played at any one time. It keeps
a gesture from being shared out among all that look like it (Tibshirani 1996)."""

TIGHTER = 2.0
"""By which the prior's precision is multiplied: it says how far a face departs from the model's,
and from its own rest it departs less."""


class Rest:
    """The rest of one person.

    Attributes
    ----------
    value : (q,) float64
        Coefficients of the expressions that are fitted.
    """

    def __init__(self, count: int) -> None:
        self.value: Float64 = np.zeros(count)
        self._slow: Float64 = np.zeros(count)
        self._time: float | None = None
        self._age = self._motion = 0.0
        self._frames = 0
        self._is_set = False

    def set(self, value: Float64) -> None:
        """Take `value` (q,) for the rest from now on, whatever is seen: a calibration."""
        self.value, self._is_set = np.array(value, np.float64), True

    def learn(self, expression: Float64, time: float) -> None:
        """Take in the coefficients (q,) of a face that is seen from the front at `time`, s."""
        if self._is_set:
            return
        seconds = 0.0 if self._time is None else min(max(time - self._time, 0.0), LONGEST)
        if self._time is None:
            self._slow = expression.copy()
        self._time = time
        self._age += seconds
        self._frames += 1
        self.value = self.value + self._share(expression, seconds) * (expression - self.value)
        np.clip(self.value, -MOST, MOST, out=self.value)

    def _share(self, expression: Float64, seconds: float) -> Float64:
        """Return how much of each coefficient (q,) is taken."""
        calm = self._calmness(expression, seconds)
        if self._age < START:
            return np.full(len(expression), max(1.0 / self._frames, LEAST_SHARE))
        fall, rise = 1.0 - np.exp(-seconds / FALL), 1.0 - np.exp(-seconds / RISE)
        return np.where(expression < self.value, fall, calm * rise)

    def _calmness(self, expression: Float64, seconds: float) -> float:
        """Return 1 for a face that does not move, 0 for one that does."""
        self._slow += (1.0 - np.exp(-seconds / SLOW)) * (expression - self._slow)
        moved = float(np.abs(expression - self._slow).max(initial=0.0))
        self._motion = max(moved, self._motion * float(np.exp(-seconds / LINGER)))
        return float(1.0 / (1.0 + (self._motion / CALM) ** 4))


@njit(cache=True, nogil=True)
def solve_gesture(matrix, right, prior, rest, gesture, sweeps):  # type: ignore[no-untyped-def]
    """Improve `gesture` (q,), what is played beyond the `rest` (q,), within bounds.

    `matrix` (q, q) and `right` (q,): the quadratic that `solve_expression` has left, about 0;
    here it is moved to lie about the rest. `matrix` is overwritten.
    """
    q = gesture.shape[0]
    moved = np.empty(q)
    for i in range(q):
        moved[i] = right[i] - (FEW if prior.lower[i] == 0.0 else 0.0)
        for j in range(q):
            moved[i] -= matrix[i, j] * rest[j]
    for i in range(q):
        matrix[i, i] += (TIGHTER - 1.0) * prior.precision[i]
    bounded_solve(matrix, moved, prior.lower, prior.upper, gesture, sweeps)
