"""What published models state differently: units, winding, colours. One way from each to ours."""

import numpy as np

from livemask.landmarks import eye_distance
from livemask.records import Array, Float32, Int32

EYE_DISTANCE = 90.0
"""mm between the outer corners of the eyes of an adult, roughly."""


def millimetres(landmarks: Array) -> float | None:
    """Return the power of ten that turns a model's lengths into mm.

    It brings the outer corners of the eyes of `landmarks` (68, 3) nearest to 90 mm apart;
    None if both are in one place.
    """
    distance = eye_distance(landmarks)
    return float(10.0 ** np.round(np.log10(EYE_DISTANCE / distance))) if distance > 0.0 else None


def outward(mean: Array, triangles: Int32) -> Int32:
    """Return (t, 3) triangles counter-clockwise as seen from outside: the face looks to +z.

    Only the front half is asked: over a whole head the normals sum to nothing.
    """
    a, b, c = np.moveaxis(mean[triangles].astype(np.float64), 1, 0)
    depth = (a + b + c)[:, 2]
    front = depth >= np.median(depth) if len(depth) else np.empty(0, bool)
    facing = np.cross(b - a, c - a)[front, 2].sum()
    return np.ascontiguousarray(triangles if facing >= 0.0 else triangles[:, ::-1])


def linear_albedo(coded: Array, changes: Array) -> tuple[Float32, Float32]:
    """Return linear albedo (n, 3) and its components (a, n, 3), linearised at the mean.

    `coded` (n, 3) and `changes` (a, n, 3) are sRGB-coded, 0 to 1 (IEC 61966-2-1).
    """
    coded = np.clip(coded, 0.0, 1.0)
    low = coded <= 0.04045
    linear = np.where(low, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    slope = np.where(low, 1.0 / 12.92, 2.4 / 1.055 * ((coded + 0.055) / 1.055) ** 1.4)
    return linear.astype(np.float32), (slope * changes).astype(np.float32)
