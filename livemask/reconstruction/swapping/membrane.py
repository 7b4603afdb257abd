"""Poisson blending: what a patch must gain to run into a picture without a seam.

Poisson image editing (Perez, Gangnet & Blake 2003) keeps the gradients of what is put in, and
takes the colours around from the picture. Written for the difference of the two that is
Laplace's equation: a membrane that hangs on the rim (Georgiev 2004), so smooth that it may be
found in small. OpenCV's `seamlessClone` solves the same for the whole rectangle around the
patch, so that the picture beside it changes as well, cannot do without a rim all around, and
believes each pixel of it; here the border of the photo is free, and what of the rim is no skin
(hair over a cheek) is not asked.
"""

import cv2
import numpy as np
from numba import njit

from livemask.masks.face_mesh import smooth
from livemask.masks.swapping.filling import filled
from livemask.records import Float32

SIDE = 220
"""px of the longer side in which the membrane is found."""

RIM = (0.08, 0.7)
"""Opacities between which a patch is rim."""

UNLIKE = (0.05, 0.12)
"""Differences, of 1, up to which the rim and what is around are one skin, and from which on they
are not."""

HELD, FREE = 0.5, 1e-4
"""How strongly the membrane hangs on a rim that is believed, and everywhere holds on to 0."""

ROUNDS = 120


def membrane(patch: Float32, picture: Float32, alpha: Float32, trusted: Float32) -> Float32:
    """Return (h, w, 3) float32 what is to be added to `patch` so that it fits into `picture`.

    Parameters
    ----------
    patch, picture : (h, w, 3) float32
        sRGB-coded, 0 to 1.
    alpha : (h, w) float32
        How much of the patch is shown.
    trusted : (h, w) float32
        How far its rim is to fit there.
    """
    size = _size(alpha)
    apart = picture - patch
    unlike = np.abs(apart).max(axis=2)
    same = 1.0 - smooth((unlike - UNLIKE[0]) / (UNLIKE[1] - UNLIKE[0]))
    weight = trusted * same * (alpha > RIM[0]) * (alpha < RIM[1])
    held = np.dstack([apart * weight[..., None], weight]).astype(np.float32)
    small = cv2.resize(held, size, interpolation=cv2.INTER_AREA)
    wanted = small[..., :3] / np.maximum(small[..., 3:], 1e-5)
    sure = np.minimum(3.0 * small[..., 3], 1.0)
    inside = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > 0.02
    found = filled(np.ascontiguousarray(wanted), sure)
    relax(found, wanted, HELD * sure, inside, FREE, ROUNDS)
    return np.asarray(cv2.resize(found, alpha.shape[::-1], interpolation=cv2.INTER_LINEAR))


def _size(alpha: Float32) -> tuple[int, int]:
    height, width = alpha.shape
    scale = min(1.0, SIDE / max(height, width))
    return max(2, round(scale * width)), max(2, round(scale * height))


@njit(cache=True, nogil=True)
def relax(found, wanted, held, inside, free, rounds):  # type: ignore[no-untyped-def]
    """Let `found` (h, w, 3) become smooth `inside` (h, w) and near `wanted` where `held` (h, w).

    Gauss-Seidel, over-relaxed; cells beyond the picture or not inside are not asked.
    """
    height, width = held.shape
    for _ in range(rounds):
        for y in range(height):
            for x in range(width):
                if not inside[y, x]:
                    continue
                for k in range(3):
                    total, count = held[y, x] * wanted[y, x, k], held[y, x] + free
                    if y > 0 and inside[y - 1, x]:
                        total, count = total + found[y - 1, x, k], count + 1.0
                    if y < height - 1 and inside[y + 1, x]:
                        total, count = total + found[y + 1, x, k], count + 1.0
                    if x > 0 and inside[y, x - 1]:
                        total, count = total + found[y, x - 1, k], count + 1.0
                    if x < width - 1 and inside[y, x + 1]:
                        total, count = total + found[y, x + 1, k], count + 1.0
                    found[y, x, k] += 1.7 * (total / count - found[y, x, k])
