"""The 68 iBUG points: groups, names, mirror image (Sagonas et al. 2013).

Left and right are the subject's, so points 17-21 are the *right* eyebrow.
"""

import numpy as np

JAW = slice(0, 17)
RIGHT_BROW = slice(17, 22)
LEFT_BROW = slice(22, 27)
NOSE_BRIDGE = slice(27, 31)
NOSE_BASE = slice(31, 36)
RIGHT_EYE = slice(36, 42)
LEFT_EYE = slice(42, 48)
OUTER_LIPS = slice(48, 60)
INNER_LIPS = slice(60, 68)

CHIN = 8
NOSE_TIP = 30
RIGHT_EYE_OUTER, RIGHT_EYE_INNER = 36, 39
LEFT_EYE_INNER, LEFT_EYE_OUTER = 42, 45
RIGHT_MOUTH_CORNER, LEFT_MOUTH_CORNER = 48, 54

MIRROR = np.r_[
    16:-1:-1,
    26:16:-1,
    27:31,
    35:30:-1,
    [45, 44, 43, 42, 47, 46],
    [39, 38, 37, 36, 41, 40],
    54:47:-1,
    59:54:-1,
    64:59:-1,
    67:64:-1,
]
"""(68,) int: the point that each becomes in a mirrored picture."""


def eye_distance(points: np.ndarray) -> float:
    """Return the distance between the outer corners of the eyes of `points` (68, 2 or 3)."""
    return float(np.linalg.norm(points[LEFT_EYE_OUTER] - points[RIGHT_EYE_OUTER]))
