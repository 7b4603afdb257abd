"""How much of a face passes unchanged from the picture that was taken to the one that is shown."""

import cv2
import numpy as np

from livemask.records import Float64, UInt8

INNER = 0.36
"""Half axes of the ellipse that is looked at, in sides of a detector's box: brows to mouth."""

EQUAL = 3
"""Steps of 8 bits by which a pixel may differ that counts as unchanged."""

BARE, PART = 0.5, 0.25
"""Share of unchanged pixels of a bare face, and of one that is seen in part: eyes and mouth of a
mask that leaves them open are less."""


def unchanged(before: UInt8, after: UInt8, box: Float64) -> float:
    """Return the share of a face's pixels that are the same in both pictures (h, w, 3).

    A face of which less than a tenth is in the picture counts as covered.
    """
    ellipse = np.zeros(before.shape[:2], np.uint8)
    middle, side = (box[:2] + box[2:]) / 2.0, box[2:] - box[:2]
    axes = tuple(np.maximum(np.rint(INNER * side), 1).astype(int).tolist())
    cv2.ellipse(ellipse, np.rint(middle).astype(int).tolist(), axes, 0.0, 0.0, 360.0, 1, -1)
    inside = ellipse > 0
    if inside.sum() < 0.1 * np.pi * axes[0] * axes[1]:
        return 0.0
    apart = np.abs(before[inside].astype(np.int16) - after[inside]).max(axis=1)
    return float((apart <= EQUAL).mean())
