"""The few rows of a morphable model that 68 points see: landmarks and contour candidates."""

from dataclasses import dataclass

import numpy as np

from livemask.contour import outline, strips
from livemask.records import Array, Float32, Float64, Int32


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkModel:
    """Rows 0 to 67 are the iBUG points, the rest contour candidates. Head frame, mm.

    Attributes
    ----------
    mean : (N, 3) float64
    identity : (k, N, 3) float64
        Per standard deviation.
    expressions : (m, N, 3) float64
    known : (68,) bool
        False where the model has no such point; its row is 0 then.
    strips : (17, c) int32
        Rows of each jaw point's candidates; -1 fills up.
    """

    mean: Float64
    identity: Float64
    expressions: Float64
    known: Array
    strips: Int32

    @classmethod
    def of(
        cls,
        mean: Float32,
        identity: Float32,
        expressions: Float32,
        landmark_vertices: Int32,
        contour: tuple[Int32, ...],
    ) -> "LandmarkModel":
        """Gather the rows. Arguments are the fields of `MorphableModel`."""
        candidates = np.unique(np.concatenate([np.empty(0, np.int32), *contour]))
        rows = np.concatenate([np.maximum(landmark_vertices, 0), candidates]).astype(np.int64)
        table = strips(contour)
        moved = np.where(table >= 0, 68 + np.searchsorted(candidates, table), -1)
        known = landmark_vertices >= 0
        picked = [mean[rows], identity[:, rows], expressions[:, rows]]
        parts = [np.ascontiguousarray(part, np.float64) for part in picked]
        for part in parts:
            part[..., :68, :][..., ~known, :] = 0.0
        return cls(parts[0], parts[1], parts[2], known, moved.astype(np.int32))

    def points(self, identity: Float64, expression: Float64) -> Float64:
        """Return the (N, 3) rows of a person with an expression, mm."""
        moved = np.tensordot(identity, self.identity, 1) + np.tensordot(
            expression, self.expressions, 1
        )
        return np.asarray(self.mean + moved)

    def landmarks(self, identity: Float64, expression: Float64, rotation: Float64) -> Float64:
        """Return the (68, 3) points, the jaw on the outline that `rotation` shows, mm."""
        return outline(self.points(identity, expression), self.strips, rotation)
