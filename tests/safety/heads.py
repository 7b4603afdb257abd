"""A head somewhere before the tests' camera."""

import numpy as np

from livemask.geometry import rigid
from livemask.records import Fit, State
from tests.heads import CAMERA


def head(x=0.0, state=State.TRACKED, id=0):  # noqa: A002
    """Return the fit of a head that is `x` mm beside the middle."""
    pose = rigid(np.eye(3), np.array([x, 0.0, -600.0]))
    return Fit(id, CAMERA, pose, np.zeros(1), np.zeros(1), 0.0, 1.0, state)
