"""The body of a melon: a superellipsoid about a head, and what lies on its front."""

from dataclasses import dataclass

import numpy as np

from livemask import landmarks as ibug
from livemask.cropping import crop
from livemask.light.skin import spread
from livemask.morphable_model import MorphableModel
from livemask.records import Array, Fit, Float64

ROUNDNESS = 2.3
"""Of a melon."""

TURNED = np.array([1.0, 1.0, 0.95])
"""Chin and nose need not lie within the melon as long as they do in the picture: seen from up
to 50 degrees aside, this much of their depth counts."""

BELOW, ABOVE = np.array([10.0, 14.0, 18.0]), np.array([10.0, 20.0, 0.0])
"""mm of hair and beard: to the right, down and back; to the left, up and ahead."""

MARGIN = 4.0
"""mm of melon beyond all that."""

SLACK = 0.0
"""mm by which the chin may sink before the melon grows longer."""

OUTMOST = 0.9
"""How far out, of 1, the front goes: there it faces ahead by a third."""

COARSE = 15.0
"""mm between the vertices that are asked how large a head is."""

# An adult head in units of its own landmarks, for models that are a face only: half breadth
# and half depth in distances of the outer eye corners; the eyes are at half of its height.
BREADTH, DEPTH, CROWN = 0.85, 1.1, 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Melon:
    """A superellipsoid in the head frame.

    Attributes
    ----------
    centre, axes : (3,) float64
        Middle and half axes, mm.
    chin : float
        y of the chin at rest, mm.
    roundness : float
        Exponent: 2 is an ellipsoid, more is boxier (Barr 1981, "Superquadrics").
    """

    centre: Float64
    axes: Float64
    chin: float
    roundness: float = ROUNDNESS

    def surface(self, directions: Array) -> Float64:
        """Return the (n, 3) points of the surface in `directions` (n, 3) from the middle."""
        reach = (np.abs(directions / self.axes) ** self.roundness).sum(1) ** (-1.0 / self.roundness)
        return np.asarray(self.centre + directions * reach[:, None])

    def normals(self, points: Array) -> Float64:
        """Return the (n, 3) unit normals at `points` (n, 3) of the surface."""
        flat = (points - self.centre) / self.axes
        slope = np.sign(flat) * np.abs(flat) ** (self.roundness - 1.0) / self.axes
        return np.asarray(slope / np.linalg.norm(slope, axis=1, keepdims=True))

    def stretch(self, chin: float) -> float:
        """Return how many times as high the lower half must be for a chin at y = `chin` mm."""
        return 1.0 + max(self.chin - chin - SLACK, 0.0) / float(self.axes[1])

    def front(self, across: Array, stretch: float, lift: float) -> Float64:
        """Return the points of the front, raised by `lift` mm, at x and y `across` (n, 2).

        What lies beyond the outline is brought back to where the surface still faces ahead.
        """
        axes = np.tile(self.axes, (len(across), 1))
        axes[across[:, 1] < self.centre[1], 1] *= stretch
        flat = (across - self.centre[:2]) / axes[:, :2]
        used = (np.abs(flat) ** self.roundness).sum(1)
        held = np.minimum(1.0, OUTMOST / np.maximum(used, 1e-9))
        flat = flat * held[:, None] ** (1.0 / self.roundness)
        ahead = (1.0 - used * held) ** (1.0 / self.roundness)
        raised = 1.0 + lift / self.axes[2]
        return np.asarray(self.centre + raised * axes * np.column_stack([flat, ahead]))


class HeadSize:
    """Measures heads of a model.

    Parameters
    ----------
    model : MorphableModel
    roundness : float
        Of the melons.
    breadth : float
        Least breadth of a melon beside its height; also least depth.
    """

    def __init__(
        self, model: MorphableModel, roundness: float = ROUNDNESS, breadth: float = 0.0
    ) -> None:
        self._roundness, self._breadth = roundness, breadth
        wanted = np.zeros(len(model.mean), bool)
        wanted[spread(model.mean, np.arange(len(model.mean)), COARSE)] = True
        self._model = crop(model, wanted)
        self._points = model.landmark_model
        self._still = np.zeros(len(model.expression_names))

    def melon(self, fit: Fit) -> Melon:
        """Return the smallest melon around the head of `fit` at rest, hair included."""
        points = self._points.points(fit.identity, self._still)[:68]
        low, high = _usual_head(points)
        vertices = self._model.vertices(fit.identity, self._still).astype(np.float64)
        above = vertices[vertices[:, 1] > low[1]]  # not the neck
        if len(above):
            low, high = np.minimum(low, above.min(0)), np.maximum(high, above.max(0))
        low, high = low - BELOW, high + ABOVE
        centre, half = 0.5 * (low + high), 0.5 * (high - low)
        half = np.maximum(half, self._breadth * np.array([half[1], 0.0, 0.9 * half[1]]))
        inside, power = TURNED * (np.concatenate([above, points]) - centre), self._roundness
        reach = (np.abs(inside / half) ** power).sum(1).max() ** (1.0 / power)
        axes = half * max(float(reach), 1.0) + MARGIN
        return Melon(centre, axes, float(points[ibug.CHIN, 1]), power)


def _usual_head(points: Float64) -> tuple[Float64, Float64]:
    """Return lowest and highest corner (3,) of a head with those 68 points, mm."""
    eyes = points[36:48].mean(0)
    breadth, face = ibug.eye_distance(points), eyes[1] - points[ibug.CHIN, 1]
    nose = points[ibug.NOSE_TIP, 2]
    low = np.array([eyes[0] - BREADTH * breadth, points[ibug.CHIN, 1], nose - 2 * DEPTH * breadth])
    high = np.array([eyes[0] + BREADTH * breadth, eyes[1] + CROWN * face, nose])
    return low, high
