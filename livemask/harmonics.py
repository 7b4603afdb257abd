"""Light on matt surfaces as nine numbers a colour: real spherical harmonics up to degree 2.

What a matt surface shows depends on its normal alone, and varies so softly with it that nine
numbers tell it to about 3 % (Ramamoorthi & Hanrahan 2001, "An efficient representation for
irradiance environment maps"). They are kept here as a surface shows them: already times the
share of each degree that Lambert's cosine passes on, divided by pi.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

COUNT = 9

COSINE = np.repeat([np.pi, 2.0 * np.pi / 3.0, np.pi / 4.0], [1, 3, 5])
"""(9,) what Lambert's cosine passes on of each harmonic (Ramamoorthi & Hanrahan 2001, eq. 8)."""

_EVEN = 0.282095


def basis(normals: NDArray[Any]) -> NDArray[np.float64]:
    """Return the (n, 9) harmonics of unit vectors (n, 3), orthonormal over the sphere.

    As in shaders/include/lighting.glsl.
    """
    x, y, z = np.asarray(normals, np.float64).T
    values = np.empty((len(x), COUNT))
    values[:, 0] = _EVEN
    values[:, 1] = 0.488603 * y
    values[:, 2] = 0.488603 * z
    values[:, 3] = 0.488603 * x
    values[:, 4] = 1.092548 * x * y
    values[:, 5] = 1.092548 * y * z
    values[:, 6] = 0.315392 * (3.0 * z * z - 1.0)
    values[:, 7] = 1.092548 * x * z
    values[:, 8] = 0.546274 * (x * x - y * y)
    return values


def of_lamp(
    direction: NDArray[Any], colour: NDArray[Any], ambient: NDArray[Any]
) -> NDArray[np.float32]:
    """Return the (9, 3) harmonics of one distant light and an even surrounding one.

    `direction` (3,) unit length, `colour` and `ambient` (3,) linear RGB, as in `Light`.
    """
    lobe = COSINE * basis(np.asarray(direction)[None])[0]
    harmonics = lobe[:, None] * np.asarray(colour, np.float64)
    harmonics[0] += np.asarray(ambient, np.float64) / _EVEN
    return harmonics.astype(np.float32)


def shade(harmonics: NDArray[Any], normals: NDArray[Any]) -> NDArray[np.float64]:
    """Return what white matt surfaces with `normals` (n, 3) show, (n, 3) linear RGB."""
    return np.asarray(np.maximum(basis(normals) @ harmonics, 0.0))
