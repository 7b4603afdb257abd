"""Which way up a picture is stored, in the numbers of EXIF, and turning it upright.

The number says where the first row and column of the file belong: 1 is upright, 3, 6
and 8 are turned by 180, 90 and 270 degrees clockwise when shown, the others mirrored
as well (CIPA DC-008-2019, section 4.6.4).
"""

from collections.abc import Mapping

import cv2
import numpy as np

from livemask.records import Array

UPRIGHT = 1
SIDEWAYS = (5, 6, 7, 8)
"""Those that exchange width and height."""

_TURNS = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
_FLIPS = {2: 1, 4: 0, 7: -1}  # OpenCV: 1 mirrors left and right, 0 top and bottom, -1 both

_OF_SIGNS = {
    (1, 0, 0, 1): 1,
    (-1, 0, 0, 1): 2,
    (-1, 0, 0, -1): 3,
    (1, 0, 0, -1): 4,
    (0, 1, 1, 0): 5,
    (0, 1, -1, 0): 6,
    (0, -1, -1, 0): 7,
    (0, -1, 1, 0): 8,
}
_OF_DEGREES = {0: 1, 90: 6, 180: 3, 270: 8}


def upright(image: Array, orientation: int) -> Array:
    """Turn a picture (h, w) or (h, w, n) upright; an unknown orientation changes nothing."""
    if orientation in _TURNS:
        return np.asarray(cv2.rotate(image, _TURNS[orientation]))
    if orientation in (5, 7):
        image = np.asarray(cv2.transpose(image))
    if orientation in _FLIPS:
        return np.asarray(cv2.flip(image, _FLIPS[orientation]))
    return image


def of_display_matrix(matrix: bytes) -> int:
    """Return the orientation that the display matrix of a film is nearest to.

    Parameters
    ----------
    matrix : bytes
        Nine int32 a, b, u, c, d, v, x, y, w in the machine's byte order: the stored
        point (p, q) is shown at (a p + c q + x, b p + d q + y), y down (ISO/IEC
        14496-12, 6.2.2).
    """
    a, b, _, c, d = np.frombuffer(matrix, np.int32)[:5].tolist()
    nearest = (a, 0, 0, d) if abs(a) >= abs(b) else (0, b, c, 0)
    return _OF_SIGNS.get(tuple(np.sign(nearest).tolist()), UPRIGHT)


def of_tags(tags: Mapping[str, str]) -> int:
    """Return the orientation by the tag `rotate` (degrees clockwise) of older films."""
    for key, value in tags.items():
        if key.lower() == "rotate" and value.lstrip("-").isdigit():
            return _OF_DEGREES.get(int(value) % 360, UPRIGHT)
    return UPRIGHT
