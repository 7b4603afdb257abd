"""The light on moving surfaces: what was passed on at rest, and what turned since."""

import numpy as np
from numba import njit

from livemask.performer import harmonics
from livemask.records import Float32, Float64

BOUNCE = (0.30, 0.20, 0.16)
"""Share of the light, linear RGB, that skin around a hollow throws into it."""


class Around:
    """The light of a room around a body that turns in it.

    Parameters
    ----------
    directions : (d, 3) float64
        Camera frame.
    light : (d, 3) float32
        From each, times its share of the sphere.
    """

    def __init__(self, directions: Float64, light: Float32) -> None:
        self._directions, self._light = directions, light.astype(np.float64)

    def seen_from(self, camera_from_body: Float64) -> Float32:
        """Return the light's harmonics, (16, 3) float32, in the frame of the body."""
        return np.asarray(
            harmonics.basis(self._directions @ camera_from_body[:3, :3]).T @ self._light, np.float32
        )


def open_light(around: Float32) -> Float32:
    """Return what an open surface passes on, (16, 3): times the harmonics of its normal."""
    return np.asarray(harmonics.COSINE[:, None] * around, np.float32)


@njit(cache=True, nogil=True, fastmath=True)
def shade(passed, normals, rest, around, open_around, tint, lit):  # type: ignore[no-untyped-def]
    """Write to `lit` (n, 3) the light that vertices show, linear RGB.

    `passed` (n, 16) is their transfer at rest, `rest` (n, 3) their normals there, `normals`
    those now; `around` and `open_around` (16, 3) the light. A surface that turned gets what
    an open surface would get more or less. `tint` (n, 3) multiplies the result.
    """
    for i in range(passed.shape[0]):
        free = passed[i, 0] * np.float32(3.544908)  # 1 where nothing hides the sky
        hollow = np.float32(1.0) - min(free, np.float32(1.0))
        for c in range(3):
            total = np.float32(0.0)
            for k in range(16):
                total += passed[i, k] * around[k, c]
            then = _open(rest[i, 0], rest[i, 1], rest[i, 2], open_around, c)
            now = _open(normals[i, 0], normals[i, 1], normals[i, 2], open_around, c)
            total += (now - then) * min(free * np.float32(1.4), np.float32(1.0))
            total += hollow * np.float32(BOUNCE[c]) * max(then, np.float32(0.0))
            lit[i, c] = max(total, np.float32(0.01)) * tint[i, c]


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _open(x, y, z, light, c):  # type: ignore[no-untyped-def]
    """Return the light on an open surface with normal x, y, z: `harmonics.basis` to degree 2."""
    return (
        np.float32(0.282095) * light[0, c]
        + np.float32(0.488603) * (y * light[1, c] + z * light[2, c] + x * light[3, c])
        + np.float32(1.092548) * (x * y * light[4, c] + y * z * light[5, c] + x * z * light[7, c])
        + np.float32(0.315392) * (np.float32(3.0) * z * z - np.float32(1.0)) * light[6, c]
        + np.float32(0.546274) * (x * x - y * y) * light[8, c]
    )
