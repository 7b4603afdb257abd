"""Whether points are of one face or of two."""

import numpy as np

from livemask.records import Face, Float64

SAME = 0.4
"""Two faces whose middles are nearer than this share of a face are one."""


def are_one(points: Float64, others: Float64) -> bool:
    """Whether two sets of points (68, 2) px are of one face."""
    apart = float(np.linalg.norm(points[17:].mean(axis=0) - others[17:].mean(axis=0)))
    return apart < SAME * float(max(np.ptp(points, axis=0).max(), np.ptp(others, axis=0).max()))


def kept_apart(faces: list[Face]) -> list[Face]:
    """Return the faces without those that sit on another one, which is more like itself."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: -face.confidence):
        if not any(are_one(face.landmarks, other.landmarks) for other in kept):
            kept.append(face)
    return sorted(kept, key=lambda face: face.id)
