"""The head frame: mm, 63 between the eyes, the origin between the ears.

A head nods about the joint under the skull, a little behind and below the ear canals:
with the origin near it a turning head moves its frame little.
"""

from dataclasses import dataclass

import numpy as np

from livemask.geometry import rotation_matrix
from livemask.records import Array, Float64

EYE_DISTANCE = 63.0
"""mm; the mean of adults (Dodgson 2004)."""

UPWARD = np.radians(9.0)
"""By how much the source's heads look down while people look ahead: the median pitch of
portraits as annotated (AFLW2000-3D, yaw within 35 degrees) less the pitch fitted to them."""


def looking_ahead(points: Float64) -> Float64:
    """Turn points or displacements (..., 3) so that the identity rotation looks ahead.

    Done last: sculpting and painting know the source's own, sinking gaze.
    """
    return np.asarray(points @ rotation_matrix(np.array([-UPWARD, 0.0, 0.0])).T)


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """What brings aligned heads into the head frame: first move by -origin, then scale."""

    origin: Float64
    scale: float

    @classmethod
    def of(cls, mean: Float64, left_pupil: Array, ears: Float64) -> "Frame":
        """Return the frame of the (c, 3) mean.

        `left_pupil` (v,) are the vertices around a pupil; `ears` (c,) weighs those of the ears.
        """
        origin = (ears @ mean) / ears.sum()
        origin[0] = 0.0
        return cls(origin, float(0.5 * EYE_DISTANCE / mean[left_pupil, 0].mean()))

    def points(self, heads: Float64) -> Float64:
        """Return `heads` (..., c, 3) in the head frame."""
        return self.scale * (heads - self.origin)

    def moves(self, displacements: Float64) -> Float64:
        """Return `displacements` (..., c, 3) in mm of the head frame."""
        return np.asarray(self.scale * displacements)
