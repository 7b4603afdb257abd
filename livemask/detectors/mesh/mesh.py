"""Mesh: the 468 points of a face, and how sure it is that there is one.

References
----------
Kartynnik et al., Real-time facial surface geometry from monocular video on mobile GPUs,
arXiv:1907.06724, 2019.
"""

import math

import cv2
import numpy as np

from livemask.detectors.mesh.network import Network
from livemask.records import Float64, UInt8

SIDE = 192
"""px: what the network looks at."""

POINTS = 468

SUREST = 80.0
"""Logits beyond this are as sure as this."""


class Mesh:
    """Finds the points in a square.

    Parameters
    ----------
    network : Network
        Of the face mesh.
    """

    OUTPUTS = (3 * POINTS, 1)

    def __init__(self, network: Network) -> None:
        self._network = network

    def __call__(
        self, image: UInt8, centre: Float64, side: float, roll: float
    ) -> tuple[Float64, float]:
        """Return the points (468, 2) px, and the sureness, 0 to 1.

        Parameters
        ----------
        image : (h, w, 3) uint8
            RGB.
        centre : (2,) float64
            Of the square, px.
        side : float
            px; a half more than the face has.
        roll : float
            By how much the head is tilted anticlockwise as seen, rad.
        """
        square_from_image = _upright(centre, side, roll)
        square = cv2.warpAffine(
            image,
            square_from_image,
            (SIDE, SIDE),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        numbers, (logit,) = self._network(np.asarray(square), 0.0)
        points = numbers.reshape(POINTS, 3)[:, :2].astype(np.float64)
        back = np.linalg.inv(square_from_image[:, :2])
        sure = 1.0 / (1.0 + math.exp(-min(max(float(logit), -SUREST), SUREST)))
        return (points - square_from_image[:, 2]) @ back.T, sure


def _upright(centre: Float64, side: float, roll: float) -> Float64:
    """Return the (2, 3) similarity that brings a tilted square to the network's."""
    scale = SIDE / side
    cosine, sine = scale * math.cos(roll), scale * math.sin(roll)
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([turn, (SIDE - 1) / 2 - turn @ centre])
