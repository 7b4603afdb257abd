import numpy as np

from livemask.detectors.mesh.blaze_face import GRIDS
from livemask.detectors.mesh.mesh import POINTS


class Faces:
    """Stands in for the network of BlazeFace: guesses at faces given in px of its square."""

    def __init__(self, *faces, mouth=None):
        self.mouth = mouth  # from the middle of the eyes; or as far below as they are apart
        self.faces = faces  # (index, centre, side, right eye, left eye, logit)
        self.seen = []

    def __call__(self, picture, low):
        self.seen.append((picture, low))
        numbers = np.zeros((896, 16), np.float32)
        logits = np.full(896, -9.0, np.float32)
        for at, centre, side, right, left, logit in self.faces:
            anchor = 128 * middle_of(at)
            numbers[at, :8] = [*(centre - anchor), side, side, *(right - anchor), *(left - anchor)]
            across = left - right
            down = np.array([-across[1], across[0]]) if self.mouth is None else self.mouth
            numbers[at, 10:12] = 0.5 * (left + right) + down - anchor
            logits[at] = logit
        return [numbers.ravel(), logits]


class Points:
    """Stands in for the network of the mesh: points on a circle of the square, and a logit."""

    def __init__(self, logit=9.0):
        self.logit = logit
        self.seen = []

    def __call__(self, picture, low):
        self.seen.append((picture, low))
        return [circle().astype(np.float32).ravel(), np.array([self.logit], np.float32)]


def circle():
    angles = np.linspace(0.0, 2.0 * np.pi, POINTS)
    return np.column_stack([96 + 50 * np.cos(angles), 96 + 50 * np.sin(angles), 0 * angles])


def middle_of(index):
    """Return the middle of the cell of a guess, in sides of the square."""
    for cells, each in GRIDS:
        if index < cells * cells * each:
            row, column = divmod(index // each, cells)
            return (np.array([column, row]) + 0.5) / cells
        index -= cells * cells * each
    raise IndexError
