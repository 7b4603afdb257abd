"""What a face does, by ARKit's names and as ARKit means them."""

import numpy as np

from livemask.arkit import NAMES, arkit_rows
from livemask.morphable_model import MorphableModel
from livemask.records import Fit, Float64, State
from livemask.tracking.gaze import FULL

ROW = {name: row for row, name in enumerate(NAMES)}

CLOSE = 0.6
"""Of ARKit's jawOpen + mouthClose is the mouthClose of livemask's own head: lips that stay closed
over a lowered jaw. ARKit's only closes an open jaw, and is nothing without it."""


class Gestures:
    """Reads gestures from fits, of any model that has ARKit's names.

    Parameters
    ----------
    output : str
        What needs them, for the message.
    """

    def __init__(self, output: str) -> None:
        self._output = output
        self._model: MorphableModel | None = None
        self._rows: Float64 = np.empty(0)

    def read(self, model: MorphableModel, fit: Fit) -> Float64:
        """Return the (52,) coefficients of a face in the order of `NAMES`, 0 to 1.

        Raises
        ------
        ModelError
            If the model has not these names.
        """
        if model is not self._model:
            self._rows = np.array(arkit_rows(model, self._output))
            self._model = model
        values = np.where(self._rows >= 0, fit.gesture[self._rows], 0.0)
        if model.name == "head":
            close = CLOSE * values[ROW["mouthClose"]]
            values[ROW["mouthClose"]] = close
            values[ROW["jawOpen"]] += close
        return np.clip(values, 0.0, 1.0)


def glance(values: Float64, side: str) -> tuple[float, float]:
    """Return how far an eye looks to the subject's left and down, rad.

    `values` (52,) as `Gestures.read` returns them; `side` is Left or Right.
    """

    def of(way: str) -> float:
        return float(values[ROW[f"eyeLook{way}{side}"]]) * FULL[way]

    left = of("Out") - of("In") if side == "Left" else of("In") - of("Out")
    return float(np.radians(left)), float(np.radians(of("Down") - of("Up")))


def seen(fits: tuple[Fit, ...]) -> tuple[Fit, ...]:
    """Return the faces of which something is known in this frame, those tracked first."""
    known = [fit for fit in fits if fit.state is not State.LOST]
    return tuple(sorted(known, key=lambda fit: fit.state is not State.TRACKED))


def first_tracked(fits: tuple[Fit, ...]) -> Fit | None:
    """Return the face of those that can send but one: the first that is seen in this frame."""
    return next((fit for fit in fits if fit.state is State.TRACKED), None)
