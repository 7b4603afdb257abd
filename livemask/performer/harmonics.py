"""Light from all around as sixteen numbers a colour: real spherical harmonics up to degree 3.

What a vertex passes on of the light around it is sixteen numbers too, made once with the
shadows that the body casts on itself (precomputed radiance transfer: Sloan, Kautz & Snyder
2002). The product of both is soft light with soft shadows, whichever way the head turns.
"""

import numpy as np

from livemask.records import Array, Float64

COUNT = 16
COSINE = np.repeat([1.0, 2.0 / 3.0, 0.25, 0.0], [1, 3, 5, 7])
"""(16,) share of each harmonic that a matt surface passes on (Ramamoorthi & Hanrahan 2001)."""


def basis(directions: Array) -> Float64:
    """Return the (n, 16) harmonics of unit vectors (n, 3), orthonormal over the sphere."""
    x, y, z = np.asarray(directions, np.float64).T
    one = np.ones_like(x)
    return np.stack(
        [
            0.282095 * one,
            0.488603 * y,
            0.488603 * z,
            0.488603 * x,
            1.092548 * x * y,
            1.092548 * y * z,
            0.315392 * (3.0 * z * z - 1.0),
            1.092548 * x * z,
            0.546274 * (x * x - y * y),
            0.590044 * y * (3.0 * x * x - y * y),
            2.890611 * x * y * z,
            0.457046 * y * (5.0 * z * z - 1.0),
            0.373176 * z * (5.0 * z * z - 3.0),
            0.457046 * x * (5.0 * z * z - 1.0),
            1.445306 * z * (x * x - y * y),
            0.590044 * x * (x * x - 3.0 * y * y),
        ],
        1,
    )


def sphere(count: int) -> Float64:
    """Return (count, 3) unit vectors spread evenly (Fibonacci lattice, González 2010)."""
    z = 1.0 - (2.0 * np.arange(count) + 1.0) / count
    turn = np.arange(count) * np.pi * (3.0 - np.sqrt(5.0))
    ring = np.sqrt(1.0 - z * z)
    return np.stack([ring * np.cos(turn), ring * np.sin(turn), z], 1)
