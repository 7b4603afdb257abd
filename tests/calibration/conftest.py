"""Fits of a face that nobody sees."""

import numpy as np
import pytest

from livemask.geometry import rigid, rotation_matrix
from livemask.records import Camera, Fit, State

NAMES = ("jawOpen", "eyeBlinkRight", "eyeBlinkLeft", "browDownLeft", "eyeLookUpLeft")


@pytest.fixture
def fit_of():
    """Return a function that makes a fit of some coefficients, in the order of NAMES."""

    def make(*expression, turn=(0.0, 0.0, 0.0), at=(0.0, 0.0, -600.0), face=0, state="tracked"):
        values = np.zeros(len(NAMES))
        values[: len(expression)] = expression
        pose = rigid(rotation_matrix(np.array(turn)), np.array(at))
        camera = Camera.from_field_of_view((640, 480))
        return Fit(face, camera, pose, np.zeros(3), values, 1.0, 1.0, State(state))

    return make
