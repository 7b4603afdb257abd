"""Where dlib must look for the points of a face that is followed.

The shape predictor was trained inside the boxes of the HOG detector and follows its box: a
large one draws the points outwards, the next region grows, and the outline ends on the neck.
So the box is tied to the fitted head, and the tie is learnt from the detector itself.
"""

import numpy as np

from livemask.geometry import project, transform_points
from livemask.landmarks import eye_distance
from livemask.records import Fit, Float64

SIZE = 1.95
"""Side of the HOG detector's box, in distances between the outer corners of the eyes."""

CENTRE = np.array([0.0, -0.03, -0.33])
"""Centre of that box from the centroid of the inner points, head frame, in eye distances.
Both are means over clips of several people, in the frames in which it saw a face."""

TIGHT = 0.9
"""Share of the detector's box that is handed to the predictor. On portraits the whole box is
0.1 % of the face better; on films a looser one lets the jaw slip to collar and hand."""

CORNERS = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
"""Of a box, in halves of it from its middle."""

FIRST, LATER = 0.6, 0.25
"""Share of a box in what was known. The detector's sizes go in steps of a fifth, so that a
single box is never taken whole."""


def tilted(region: Float64, roll: float) -> Float64:
    """Return the corners (4, 2) px of a region (left, top, right, bottom) px, in order.

    Tilted by `roll` rad about its middle, anticlockwise as seen: what the predictor looks at.
    """
    centre, half = 0.5 * (region[:2] + region[2:]), 0.5 * (region[2:] - region[:2])
    cosine, sine = np.cos(roll), np.sin(roll)
    turn = np.array([[cosine, sine], [-sine, cosine]])
    return np.asarray(centre + (half * CORNERS) @ turn.T)


class Region:
    """The box of one face in the head frame: a centre and a side, mm.

    Parameters
    ----------
    frontal : (68, 3) float64
        The model's mean landmarks, mm, head frame.
    """

    def __init__(self, frontal: Float64) -> None:
        eyes = eye_distance(frontal)
        self._usual = (frontal[17:].mean(axis=0) + CENTRE * eyes, SIZE * eyes)
        self.forget()

    def forget(self) -> None:
        """Go back to what suits most faces."""
        self._centre, self._size = self._usual
        self._learnt = False

    def of(self, fit: Fit) -> Float64:
        """Return the region (left, top, right, bottom) px of the face of `fit`."""
        centre = project(fit.camera, fit.camera_from_head, self._centre[None])[0]
        half = 0.5 * TIGHT * self._size * self._scale(fit)
        return np.concatenate([centre - half, centre + half])

    def learn(self, fit: Fit, box: Float64) -> None:
        """Take in that the detector saw the face of `fit` in `box`."""
        share = LATER if self._learnt else FIRST
        self._learnt = True
        scale = self._scale(fit)
        region = self.of(fit)
        off = (0.5 * (box[:2] + box[2:]) - 0.5 * (region[:2] + region[2:])) / scale
        rotation = fit.camera_from_head[:3, :3]
        self._centre = self._centre + share * (rotation.T @ np.array([off[0], -off[1], 0.0]))
        self._size += share * ((box[2] - box[0]) / scale - self._size)

    def _scale(self, fit: Fit) -> float:
        """Return px per mm at the box."""
        depth = -transform_points(fit.camera_from_head, self._centre[None])[0, 2]
        return fit.camera.focal / max(float(depth), 1.0)
