"""Kernel that lights a drawn face: what each pixel shows of a white surface there."""

import math

from numba import njit

# The constants of `harmonics.basis`.
EVEN, FIRST, SECOND, POLE, ACROSS = 0.282095, 0.488603, 1.092548, 0.315392, 0.546274


@njit(cache=True, nogil=True)
def lighten(drawn, harmonics):  # type: ignore[no-untyped-def]
    """Turn the normals in `drawn` (h, w, 7) to light, and weigh all with alpha.

    A pixel is albedo, normal of any length and alpha before; albedo and light, both times alpha,
    and alpha after. `harmonics` (9, 3) float64, as in `Light`.
    """
    for row in range(drawn.shape[0]):
        for column in range(drawn.shape[1]):
            pixel = drawn[row, column]
            alpha = pixel[6]
            if not alpha > 0.0:
                pixel[:] = 0.0
                continue
            x, y, z = float(pixel[3]), float(pixel[4]), float(pixel[5])
            long = max(math.sqrt(x * x + y * y + z * z), 1e-6)
            x, y, z = x / long, y / long, z / long
            for c in range(3):
                h = harmonics[:, c]
                light = EVEN * h[0] + FIRST * (y * h[1] + z * h[2] + x * h[3])
                light += SECOND * (x * y * h[4] + y * z * h[5] + x * z * h[7])
                light += POLE * (3.0 * z * z - 1.0) * h[6] + ACROSS * (x * x - y * y) * h[8]
                pixel[c] *= alpha
                pixel[3 + c] = max(light, 0.0) * alpha
